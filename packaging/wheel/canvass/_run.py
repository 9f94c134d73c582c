import os
import sys
from pathlib import Path


def main():
    """Becomes the program; Python is gone while it runs."""
    program = Path(__file__).resolve().parent / "bin" / "canvass"
    os.execv(program, ["canvass", *sys.argv[1:]])
