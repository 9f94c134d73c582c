#!/usr/bin/env python3
"""Fails where compiled kernels send a sum through memory.

    tests/kernels/spills.py [--objdump PROGRAM] LIBRARY

The kernels are fast because what accumulates stays in registers. Nothing but speed tells when it no
longer does: after a change of lanes, of rows at once, or of compiler. This reads the machine code of
every variant and fails where an innermost loop that multiplies and adds vectors stores one to the
stack, and where attention has no loop with the multiply-adds of a whole tile.
"""

import argparse
import re
import subprocess
import sys
from dataclasses import dataclass

# What a tile of the smallest kind multiplies and adds in one pass of its loop: 4 rows by 2 vectors.
TILE = 8

FUNCTION = re.compile(r"^[0-9a-f]+ <(?P<name>.*)>:$")
INSTRUCTION = re.compile(r"^\s*(?P<address>[0-9a-f]+):\t(?P<operation>\S+)\s*(?P<operands>.*)$")
# Conditional jumps and plain ones, not calls: x86, then ARM.
JUMP = re.compile(r"^(j\w+|b(\.\w+)?|cbn?z|tbn?z)$")
DESTINATION = re.compile(r"(?P<address>[0-9a-f]+) <")
MULTIPLIES = re.compile(r"^(v?mulps|vfn?m(add|sub)\d+ps|fml[as])$")
# A vector's move to memory that the stack pointer, or a frame pointer, points to.
MOVE = re.compile(r"^(v?mov\w+|st[pur]+)$")
STACK = (re.compile(r"^%[xyz]mm\d+,-?(0x[0-9a-f]+)?\(%(?P<base>rsp|rbp)"),
         re.compile(r"^q\d+, (q\d+, )?\[(?P<base>sp|x29)"))
FRAME_POINTERS = {"%rsp,%rbp": "rbp", "x29, sp": "x29"}
VARIANT = re.compile(r"::(?P<variant>\w+)::attend")


@dataclass
class Instruction:
    address: int
    operation: str
    operands: str


def functions(objdump, path):
    """The functions of the kernels: the name of each without arguments, and its instructions."""
    listing = subprocess.run(
        [objdump, "--disassemble", "--no-show-raw-insn", "--demangle", path],
        check=True, capture_output=True, text=True).stdout
    found = []
    body = []
    for line in listing.splitlines():
        if match := FUNCTION.match(line):
            body = []
            found.append((match["name"].split("(")[0], body))
        elif match := INSTRUCTION.match(line):
            operands = match["operands"].split("//")[0].strip()
            body.append(Instruction(int(match["address"], 16), match["operation"], operands))
    return [(name, body) for name, body in found if "canvass::kernels::" in name]


def innermost_loops(body):
    """The instructions of each loop that has no other inside: from a jump's target back to it."""
    ends = {}
    for instruction in body:
        target = DESTINATION.search(instruction.operands)
        if target and JUMP.match(instruction.operation):
            start = int(target["address"], 16)
            if body[0].address <= start <= instruction.address:
                ends[start] = instruction.address
    for start, end in ends.items():
        if not any(start <= s and e <= end for s, e in ends.items() if s != start):
            yield [i for i in body if start <= i.address <= end]


def stack_registers(body):
    """The stack pointer, and the frame pointer where the function has one."""
    return {"rsp", "sp"} | {FRAME_POINTERS[i.operands] for i in body
                            if i.operation == "mov" and i.operands in FRAME_POINTERS}


def is_spill(instruction, registers):
    if not MOVE.match(instruction.operation):
        return False
    matches = (place.match(instruction.operands) for place in STACK)
    return any(match and match["base"] in registers for match in matches)


def faults(name, body):
    registers = stack_registers(body)
    tiles = 0
    for loop in innermost_loops(body):
        multiplications = sum(bool(MULTIPLIES.match(i.operation)) for i in loop)
        tiles += multiplications >= TILE
        spills = [i for i in loop if is_spill(i, registers)]
        if multiplications and spills:
            yield (f"{name}: the loop at {loop[0].address:x} stores {len(spills)} vectors to the "
                   f"stack, the first at {spills[0].address:x}: {spills[0].operation} "
                   f"{spills[0].operands}")
    # Products of queries with keys, and of shares with values.
    if VARIANT.search(name) and tiles < 2:
        yield (f"{name}: {tiles} of its innermost loops multiply and add a whole tile, at least 2 "
               "should: the sums are not in registers")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--objdump", default="objdump")
    parser.add_argument("library", help="libcanvass_kernels.a, or the object file of one variant")
    options = parser.parse_args()
    kernels = functions(options.objdump, options.library)
    matches = (VARIANT.search(name) for name, _ in kernels)
    variants = {match["variant"] for match in matches if match}
    if not variants:
        sys.exit(f"{options.library}: there is no attention in it; give it libcanvass_kernels.a")
    found = [fault for name, body in kernels for fault in faults(name, body)]
    if found:
        sys.exit("\n".join(found) + "\nGive the variant fewer lanes, rows or vectors at once: "
                 "src/kernels/lanes.h, src/kernels/row_products.h.")
    print(f"no sum goes through memory: {', '.join(sorted(variants))}")


if __name__ == "__main__":
    main()
