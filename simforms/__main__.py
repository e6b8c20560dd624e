"""`python -m simforms` is the command line."""

import sys
from pathlib import Path

if not sys.flags.safe_path and Path(sys.path[0]) != Path(__file__).parent.parent:
    del sys.path[0]  # the current folder: nothing in it is run

from simforms.cli.main import main

main(prog_name="simforms")
