"""`python -m simforms` is the command line."""

from simforms.cli import main

main(prog_name="simforms")
