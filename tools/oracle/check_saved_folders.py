"""Checks that canvass reads folders as saved_folders.py wrote them with some transformers, and
computes what that transformers does.

    python tools/oracle/check_saved_folders.py BRIDGE FOLDER...

BRIDGE is the program that bridge.py names; each FOLDER holds what one version wrote. Prints the
greatest difference of each case, and exits 1 if canvass refuses one, or differs in tokens, in a
conversation or by more than 1e-4.
"""

import argparse
import json
import sys
from pathlib import Path

from bridge import Bridge, Refusal

TOLERANCE = 1e-4


def difference(bridge, expected):
    """Of the logits or states, the greatest."""
    compute = bridge.logits if expected["kind"] == "logits" else bridge.states
    worst = 0.0
    for sequence, values in zip(expected["sequences"], expected["values"]):
        found = compute(sequence)
        if len(found) != len(values):
            return float("inf")
        worst = max(worst, *(abs(a - b) for a, b in zip(found, values)))
    return worst


def check(bridge, folder):
    """The greatest difference, and what is wrong, or None."""
    expected = json.loads((folder / "expected.json").read_text(encoding="utf-8"))
    try:
        bridge.open(folder)
        worst = difference(bridge, expected)
        for text, ids in zip(expected["texts"], expected["ids"]):
            found = bridge.encode([text])[0]
            if found != ids:
                return worst, f"tokens of {text!r}: {found} instead of {ids}"
        if "chat" in expected and bridge.render(expected["turns"]) != expected["chat"]:
            return worst, f"conversation: {bridge.render(expected['turns'])!r}"
    except Refusal as refusal:
        return None, str(refusal)
    return worst, f"differs by {worst:.1e}" if worst > TOLERANCE else None


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("bridge", type=Path)
    parser.add_argument("folders", type=Path, nargs="+")
    arguments = parser.parse_args()
    bridge = Bridge(arguments.bridge)
    checked = faults = 0
    for version in arguments.folders:
        for folder in sorted(path.parent for path in version.glob("*/expected.json")):
            worst, fault = check(bridge, folder)
            checked, faults = checked + 1, faults + (fault is not None)
            shown = "refused" if worst is None else f"{worst:.1e}"
            print(f"{version.name:10} {folder.name:24} {shown:8} {fault or ''}", flush=True)
    print(f"{checked} folders, {faults} with a fault")
    sys.exit(faults > 0)


if __name__ == "__main__":
    main()
