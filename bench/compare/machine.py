"""What a comparison says about the machine that it ran on."""

import os
import subprocess
from pathlib import Path

# Instruction sets that decide which products a program can use, the most telling first.
INSTRUCTION_SETS = {"amx_bf16": "AMX BF16", "avx512_bf16": "AVX-512 BF16",
                    "avx512_vnni": "AVX-512 VNNI", "avx512f": "AVX-512", "avx2": "AVX2"}


def processor():
    """The entries of the first processor; empty where the system has no /proc/cpuinfo."""
    path = Path("/proc/cpuinfo")
    if not path.exists():
        return {}
    first = path.read_text(encoding="utf-8").split("\n\n")[0]
    return {name.strip(): value.strip() for name, _, value in
            (line.partition(":") for line in first.splitlines())}


def multiplies_bfloat16():
    flags = processor().get("flags", "").split()
    return "amx_bf16" in flags or "avx512_bf16" in flags


def graphics():
    """Names, memory and drivers of the GPUs."""
    query = ["nvidia-smi", "--query-gpu=name,memory.total,driver_version",
             "--format=csv,noheader"]
    lines = subprocess.run(query, capture_output=True, text=True, check=True).stdout.splitlines()
    return "; ".join(lines)


def describe_machine(threads, device="cpu"):
    entries = processor()
    flags = entries.get("flags", "").split()
    sets = [name for flag, name in INSTRUCTION_SETS.items() if flag in flags]
    name = (f"{entries.get('model name', 'unknown processor')} (family "
            f"{entries.get('cpu family', '?')}, model {entries.get('model', '?')})")
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    gpu = f"{graphics()}; " if device == "cuda" else ""
    return (f"{gpu}{name}, {', '.join(sets) or 'none of the known instruction sets'}; {threads} of "
            f"{os.cpu_count()} processors, {memory:.0f} GB; load before the run "
            f"{os.getloadavg()[0]:.1f}")
