"""What is typed becomes an answer, or what is wrong with it: the same checks as those of a file, at once."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from simforms.errors import CaseError, Location, Problem
from simforms.interview.questions import BANK, BRANCH, PAPERS, Known, Option, Question, planned, settling_answer
from simforms.knowledge import banks, carriers
from simforms.knowledge.documents import ALWAYS_NEEDED, documents
from simforms.knowledge.vocabulary import CHOICE, vocabulary
from simforms.language.catalogs import companion_languages, match_language, translate_message
from simforms.messages import Message, say
from simforms.planning.completeness import unused

MOST = 12
"""Names to choose from at once."""


@dataclass(frozen=True)
class Taken:
    """What became of something typed."""

    known: Known
    problems: tuple[Problem, ...] = ()
    """With an error among them, nothing was taken."""
    options: tuple[Option, ...] = ()
    """What it can mean, where it is not clear; then nothing was taken either."""
    answer: Message | str = ""
    """What the option is called that was taken."""

    @property
    def settled(self) -> bool:
        """Whether it was taken as the answer."""
        return not self.options and not any(problem.severity == "error" for problem in self.problems)


def taken(  # noqa: PLR0913, PLR0917 - where, when, what is known, what was asked, what was typed, in which language
    content: Path, today: date, known: Known, question: Question, typed: str, language: str
) -> Taken:
    """Return what became of something typed. `language` is the one in which the options were shown."""
    text = typed.strip()
    if not text and not question.default:
        return _nothing(known, question)
    if question.name == PAPERS:
        return _papers(content, known, question, text)
    if text:
        options = chosen(content, question.offered, text, language) or meant(content, known, question, text, language)
        if len(options) > 1 or (question.options and not options):
            return Taken(known, options=options) if options else _refused(known, question, *_no_choice(text, question))
        text = options[0].key if options else text
    key = text or question.default
    answer = next((option.label for option in question.options if option.key == key), "")
    return replace(_settle(content, today, known, question.name, key), answer=answer)


def _nothing(known: Known, question: Question) -> Taken:
    if question.name == PAPERS:
        return Taken(replace(known, wanted=tuple(option.key for option in question.options if option.marked)))
    if question.optional:
        given = {name: text for name, text in known.given.items() if name != question.name}
        return Taken(replace(known, given=given, left_out=known.left_out | {question.name}))
    suggestion = say("choose a number") if question.options else say("e.g. %(example)s", example=question.example)
    return _refused(known, question, question.why or say("it is missing"), suggestion)


def _refused(known: Known, question: Question, what: Message, suggestion: Message) -> Taken:
    return Taken(known, (Problem(Location(""), question.name, what, suggestion),))


def _no_choice(text: str, question: Question) -> tuple[Message, Message]:
    shown = "…" if question.private else text
    return say("“%(typed)s” is not one of the choices", typed=shown), say("choose a number")


def _papers(content: Path, known: Known, question: Question, text: str) -> Taken:
    """Return the papers with those added or taken away whose numbers are typed."""
    numbers = re.findall(r"\d+", unicodedata.normalize("NFKC", text))
    if not numbers or any(not 1 <= int(number) <= len(question.options) for number in numbers):
        return _refused(known, question, *_no_choice(text, question))
    changed = {question.options[int(number) - 1].key for number in numbers}
    marked = {option.key for option in question.options if option.marked} ^ changed
    return Taken(replace(known, wanted=tuple(name for name in documents(content) if name in marked)))


def meant(content: Path, known: Known, question: Question, text: str, language: str) -> tuple[Option, ...]:
    """Return the options that the text can mean: by number, by name in any spelling, by a part of it.

    Where a name may be one that we do not know, the text itself is the last option.
    """
    if question.options:
        return chosen(content, question.options, text, language)
    if question.name == ALWAYS_NEEDED:
        found = [Option(known_one.slug, known_one.name(language)) for known_one in carriers.matching(text)[:MOST]]
        near = carriers.nearest(text) if not found else None
        return tuple(found) or _instead([Option(near, carriers.carrier(near).name(language))] if near else [], text)
    if question.name in {BANK, BRANCH} and known.given.get("refund.account.kind") == "bank":
        of = banks.bank(known.given.get(BANK, "")) if question.name == BRANCH else None
        if question.name == BRANCH and not of:
            return ()
        exact = banks.branch(of, text) if of else banks.bank(text)
        places = [exact] if exact else banks.matching(text, of, MOST)
        found = [Option(name := banks.full_name(place, of), name, note=place.code) for place in places]
        likely = [Option(name, name) for name in banks.near(text, of)] if not found else []
        return tuple(found) or _instead(likely, text)
    return ()


def _instead(options: Sequence[Option], text: str) -> tuple[Option, ...]:
    """Return likely names, and the one typed."""
    return (*options, Option(text, text)) if options else ()


def chosen(content: Path, options: Sequence[Option], text: str, language: str) -> tuple[Option, ...]:
    """Return the options that the text can mean: by number, by name, else by a part of it."""
    folded = _folded(text)
    if not options:
        return ()
    if folded.isdecimal() and 1 <= int(folded) <= len(options):
        return (options[int(folded) - 1],)
    spelled = {option.key: [_folded(word) for word in _words(content, option, language)] for option in options}
    exact = [option for option in options if folded in spelled[option.key]]
    if not exact and options[0].key in companion_languages(content) and (code := match_language(content, text)):
        exact = [option for option in options if option.key == code]
    return tuple(exact or [option for option in options if any(folded in word for word in spelled[option.key])])


def _words(content: Path, option: Option, language: str) -> tuple[str, ...]:
    return (option.key, spelled(content, option.label, language), *option.spellings)


def spelled(content: Path, text: Message | str, language: str) -> str:
    """Return a label in a language; a name of its own stays as it is."""
    return translate_message(content, language, text) if isinstance(text, Message) else text


def _folded(text: str) -> str:
    return re.sub(r"[\s_-]", "", unicodedata.normalize("NFKC", text)).casefold()


def _settle(content: Path, today: date, known: Known, name: str, text: str) -> Taken:
    if name not in vocabulary(content):
        sets, asks = settling_answer(content, name, int(text))
        given, called_for = {**known.given, **sets}, (*known.called_for, *asks)
        return Taken(replace(known, given=given, called_for=called_for, left_out=known.left_out | {name}))
    given = {**_without_strays(content, known.given, name, text), name: text}
    wanted = known.wanted if known.given.get(ALWAYS_NEEDED, text) == text or name != ALWAYS_NEEDED else None
    after = replace(known, given=given, left_out=known.left_out - {name}, wanted=wanted)
    told = _problems(content, today, known)
    new = [one for one in _problems(content, today, after) if one not in told and (one.name == name or one.name in given)]
    refused = any(problem.severity == "error" for problem in new)
    return Taken(known if refused else after, tuple(new))


def _without_strays(content: Path, given: Mapping[str, str], name: str, text: str) -> dict[str, str]:
    """Return the answers without those that belonged to another choice, as a branch does where a post bank account is meant."""
    answers = dict(given)
    field = vocabulary(content)[name]
    if field.type != CHOICE or name not in answers:
        return answers
    words = vocabulary(content)
    belongs = {key: set(words.within_all((*one.needs, *one.uses))) for key, one in field.choices.items()}
    strays = set().union(*belongs.values()) - belongs[text]
    return {other: value for other, value in answers.items() if other not in strays}


def _problems(content: Path, today: date, known: Known) -> list[Problem]:
    """Return everything that is wrong, doubtful or read in another way in what is known."""
    try:
        found = planned(content, today, known)
    except CaseError as error:
        return list(error.problems)
    idle = list(unused(found.values, found.documents, vocabulary(content)))
    return [problem for problem in (*found.warnings, *found.conflicts) if problem not in idle]
