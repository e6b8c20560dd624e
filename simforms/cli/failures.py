"""What goes wrong becomes sentences on stderr and an exit code, or JSON: the last handler of every command."""

from __future__ import annotations

import dataclasses
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

import click

from simforms.cli import output
from simforms.cli.ui_language import translated, translated_into, ui_language
from simforms.errors import CaseError, ContentError, Problem, SimformsError, error_message
from simforms.messages import Message, say, with_last_characters, without_values

_SEVERITIES: Mapping[str, Callable[[Message], Message]] = {
    "error": lambda text: text,
    "warning": lambda text: say("warning: %(text)s", text=text),
    "note": lambda text: say("note: %(text)s", text=text),
}


@contextmanager
def reported_failures(language: str = "") -> Iterator[None]:
    """Turn whatever goes wrong into sentences on stderr and an exit code. The only place that does: no traceback passes it.

    `language` is what the command line names as the language of the output, if it does.
    """
    try:
        yield
    except output.OutputClosedError as error:
        sys.exit(error.exit_code)
    except CaseError as error:
        print_problems(error.problems, error.language)
        sys.exit(error.exit_code)
    except (click.ClickException, click.exceptions.Exit, click.Abort, EOFError):  # they are not failures, or are handled later
        raise
    except (OSError, SimformsError) as error:
        _report(error, language)
        sys.exit(getattr(error, "exit_code", SimformsError.exit_code))
    except Exception as error:  # a fault of ours; its own text may hold values of the case
        _report(SimformsError(say("an error in simforms: %(what)s", what=_kind(error))), language)
        sys.exit(SimformsError.exit_code)


def _report(error: OSError | SimformsError, language: str) -> None:
    """Print what an error says on stderr, if that can be written to. The faults of a file are a line each."""
    text = f"simforms: {sentence(error, language)}"
    with suppress(OSError, output.OutputClosedError):
        for line in text.split("\n") if isinstance(error, ContentError) else [text]:
            output.report(line)


def _kind(error: Exception) -> str:
    """Return the kind of an error and the line of ours where it came up: enough to find it, and no value."""
    import traceback  # noqa: PLC0415 - only a fault of ours pays for it

    ours = [frame for frame in traceback.extract_tb(error.__traceback__) if "simforms" in Path(frame.filename).parts]
    where = f" ({Path(ours[-1].filename).stem}:{ours[-1].lineno})" if ours else ""
    return f"{type(error).__name__}{where}"


def sentence(error: OSError | SimformsError, *hints: str | None) -> str:
    """Return what an error says, in the person's language; in English if no catalog contains it or the catalogs are at fault."""
    location = f"{error.filename}: " if isinstance(error, OSError) and error.filename else ""
    what = error_message(error)
    try:
        return location + translated(what, *hints)
    except Exception:  # whatever is wrong with a catalog, the person gets to know what was wrong before
        return f"{location}{what}"


def print_problems(problems: Iterable[Problem], language: str) -> None:
    """Print problems as `file:line: field: what is wrong; what to write`. The UI language overrides `language`."""
    language = ui_language(language)
    for problem in map(for_the_person, problems):
        place = "".join(f"{part}: " for part in (str(problem.location), problem.name) if part)
        text = _SEVERITIES[problem.severity](say("%(what)s; %(suggestion)s", what=problem.what, suggestion=problem.suggestion))
        output.report(f"{place}{translated_into(language, text)}")


def problems_as_json(problems: Iterable[Problem], language: str) -> str:
    """Return problems for programs; `code` stays the same in every language. What was typed is left out, also as a name."""
    import json  # noqa: PLC0415 - only programs pay for it

    from simforms.knowledge.content import content  # noqa: PLC0415 - the same
    from simforms.knowledge.problem_codes import code  # noqa: PLC0415 - the same
    from simforms.knowledge.vocabulary import vocabulary  # noqa: PLC0415 - the same

    language, words = ui_language(language), vocabulary(content())
    return json.dumps(
        [
            {
                "code": code(problem.what),
                "severity": problem.severity,
                "file": problem.location.file,
                "line": problem.location.line,
                "column": problem.location.column,
                "field": words.known_part(problem.name),
                "message": translated_into(language, without_values(problem.what)),
                "suggestion": translated_into(language, without_values(problem.suggestion)),
            }
            for problem in problems
        ],
        ensure_ascii=False,
        indent=2,
    )


def for_the_person(problem: Problem) -> Problem:
    """Return a problem as the person who typed the value may see it on the terminal: a private value by its end only."""
    from simforms.knowledge.content import content  # noqa: PLC0415 - `--help` does not pay for it
    from simforms.knowledge.vocabulary import vocabulary  # noqa: PLC0415 - the same

    if not problem.name or problem.name not in (words := vocabulary(content())) or not words[problem.name].private:
        return problem
    what, suggestion = map(with_last_characters, (problem.what, problem.suggestion))
    return dataclasses.replace(problem, what=what, suggestion=suggestion)
