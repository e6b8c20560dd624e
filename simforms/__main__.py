"""`python -m simforms` is the command line."""

from simforms.cli.main import main

main(prog_name="simforms")
