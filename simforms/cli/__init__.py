"""The command line: arguments in, exit code out; the only place that knows click."""

import gc

gc.set_threshold(50_000)  # before anything is imported: collecting garbage 70 times as often takes a tenth of a command's time
