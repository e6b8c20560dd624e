"""A session of `simforms new`: it opens the case, holds the dialogue, and saves the case after each answer."""

from __future__ import annotations

import os
import shlex
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import takewhile
from pathlib import Path

from simforms import clock
from simforms.cases.reference import random_reference
from simforms.cases.written_case import WrittenCase, read_case
from simforms.cases.yaml_writer import case_yaml
from simforms.cli.failures import print_problems
from simforms.cli.options import Overrides
from simforms.cli.output import show
from simforms.cli.ui_language import translated_into, ui_language, ui_option
from simforms.cli.wizard.dialogue import Dialogue, StoppedError
from simforms.cli.wizard.screen import Prompt, Screen
from simforms.errors import CommandLineError
from simforms.interview.answers import Answers
from simforms.interview.drafts import Drafts
from simforms.interview.question import LANGUAGE
from simforms.interview.resume import resume
from simforms.knowledge.content import content
from simforms.language import catalogs
from simforms.messages import say
from simforms.write import digest, write


@dataclass(frozen=True)
class Done:
    """What a session ended with when the person agreed."""

    drafts: Drafts
    answers: Answers
    language: str
    """The language of the dialogue."""


def run_session(path: Path, language: str, wanted: Sequence[str], overrides: Overrides, *, plain: bool) -> Done | None:
    """Ask for what a case still needs, and save it. Return None if the person stopped; the answers are saved then too.

    `language` is that of the papers, if the command line names it; `plain` is without menus. Raises CaseError, and OSError if
    the case cannot be saved.
    """
    case = (read_case(path) if path.exists() else WrittenCase()).overridden(overrides)
    drafts = Drafts(content(), clock.today())
    begun, wrong = resume(drafts, case, wanted)
    texts = dict(begun.answers.texts)
    spoken = dialogue_language(language or texts.get(LANGUAGE, ""))
    print_problems(wrong, spoken or "en")
    if language or spoken in catalogs.companion_languages(content()):
        texts[LANGUAGE] = language or texts.get(LANGUAGE, spoken)
    begun = replace(begun, answers=replace(begun.answers, texts=texts))
    still_wrong = {name: text for name, text in case.texts().items() if name in begun.answers.called_for}
    save = _saver(path, begun.answers, still_wrong)
    drawn = not (plain or os.environ.get("NO_COLOR") or os.environ.get("TERM", "dumb") == "dumb")
    dialogue = Dialogue(Screen(drafts, spoken, drawn), _reader(drawn=drawn), save, begun)
    try:
        dialogue.run()
    except StoppedError:
        save(dialogue.answers)
        again = shlex.join(["simforms", "new", str(path)])
        kept = say("Your answers are saved in %(file)s. To continue: %(command)s", file=path, command=again)
        show(translated_into(dialogue.screen.language or "en", kept))
        return None
    save(dialogue.answers)
    return Done(drafts, dialogue.answers, dialogue.screen.language)


def _saver(path: Path, begun: Answers, wrong: Mapping[str, str]) -> Callable[[Answers], None]:
    """Return a function that writes the answers to the case, with its first comment and with what is still to be corrected."""
    lines = path.read_text(encoding="utf-8-sig").splitlines() if path.exists() else []
    head = "".join(f"{line}\n" for line in takewhile(lambda line: line.startswith("#"), lines))

    reference, known = random_reference(), digest(path)

    def save(answers: Answers) -> None:
        nonlocal known
        if lines and answers.texts == begun.texts:
            return
        if digest(path) != known:  # by an editor, or by the same command in another window
            what = say("another program has changed %(file)s in the meantime; run the same command again", file=path)
            raise CommandLineError(what)
        uncorrected = {name: text for name, text in wrong.items() if name not in answers.skipped}
        texts = {"reference": reference, **uncorrected, **answers.texts}
        write(path, (head + case_yaml(content(), texts.get(LANGUAGE, "en"), texts)).encode())
        known = digest(path)

    return save


def dialogue_language(hint: str) -> str:
    """Return the language of the dialogue; empty if nothing names one that we have, so that the person is asked."""
    locale = next(filter(None, map(os.environ.get, ("LC_ALL", "LC_MESSAGES", "LANG"))), "")
    named = ui_option() or os.environ.get("SIMFORMS_LANG") or hint or locale.startswith("en")
    found = ui_language(hint)
    return found if named or found != "en" else ""


def _reader(*, drawn: bool) -> Callable[[Prompt], str]:
    if drawn:
        from simforms.cli.wizard.menu_input import reader  # noqa: PLC0415 - only a terminal with menus pays for it

        return reader()
    from simforms.cli.wizard.line_input import read  # noqa: PLC0415 - only who is asked pays for it

    return read
