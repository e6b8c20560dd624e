"""`python -m simforms` is the command line."""

from simforms.cli import main

main()
