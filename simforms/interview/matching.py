"""Which options a text can mean: by number, by name in any spelling, by a part of a name."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from pathlib import Path

from simforms.interview.answers import Answers
from simforms.interview.question import BANK, BRANCH, Option, Question
from simforms.knowledge import banks, carriers
from simforms.knowledge.documents import ALWAYS_NEEDED
from simforms.language.catalogs import companion_languages, match_language, translate_message
from simforms.messages import Message

MOST = 12
"""Options to choose from at once."""


def matching_options(content: Path, answers: Answers, question: Question, text: str, language: str) -> tuple[Option, ...]:
    """Return the options of a question that a text can mean; none if its answers cannot be listed.

    `language` is the one in which the options were shown. If a name may be one that we do not know, the text itself is the last
    option.
    """
    if question.options:
        return matching(content, question.options, text, language)
    if question.name == ALWAYS_NEEDED:
        return _carriers(text, language)
    if question.name in {BANK, BRANCH} and answers.texts.get("refund.account.kind") == "bank":
        return _banks(answers, question, text)
    return ()


def _carriers(text: str, language: str) -> tuple[Option, ...]:
    found = [Option(known.slug, known.name(language)) for known in carriers.matching(text)[:MOST]]
    near = carriers.nearest(text) if not found else None
    return tuple(found) or _or_as_typed([Option(near, carriers.carrier(near).name(language))] if near else [], text)


def _banks(answers: Answers, question: Question, text: str) -> tuple[Option, ...]:
    """Return the banks, or the branches of the bank that was answered, that a text can mean."""
    of = banks.bank(answers.texts.get(BANK, "")) if question.name == BRANCH else None
    if question.name == BRANCH and not of:
        return ()
    exact = banks.branch(of, text) if of else banks.bank(text)
    institutions = [exact] if exact else banks.matching(text, of, MOST)
    found = [Option(name := banks.full_name(one, of), name, note=one.code) for one in institutions]
    likely = [Option(name, name) for name in banks.near(text, of)] if not found else []
    return tuple(found) or _or_as_typed(likely, text)


def _or_as_typed(options: Sequence[Option], text: str) -> tuple[Option, ...]:
    """Return likely names, and the one typed."""
    return (*options, Option(text, text)) if options else ()


def matching(content: Path, options: Sequence[Option], text: str, language: str) -> tuple[Option, ...]:
    """Return those of some options that a text can mean: by number, by name, else by a part of it."""
    folded = _folded(text)
    if not options:
        return ()
    if number := number_up_to(len(options), folded):
        return (options[number - 1],)
    spellings = {option.key: [_folded(word) for word in _spellings(content, option, language)] for option in options}
    exact = [option for option in options if folded in spellings[option.key]]
    if not exact and options[0].key in companion_languages(content) and (code := match_language(content, text)):
        exact = [option for option in options if option.key == code]
    return tuple(exact or [option for option in options if any(folded in word for word in spellings[option.key])])


def number_up_to(most: int, text: str) -> int:
    """Return the number that is typed, if it is one from 1 to `most`; else 0.

    >>> number_up_to(3, "2"), number_up_to(3, "４"), number_up_to(3, "1" * 5000), number_up_to(3, "x")
    (2, 0, 0, 0)
    """
    digits = unicodedata.normalize("NFKC", text).strip().lstrip("0")
    found = int(digits) if digits.isdecimal() and len(digits) <= len(str(most)) else 0
    return found if found <= most else 0


def _spellings(content: Path, option: Option, language: str) -> tuple[str, ...]:
    return (option.key, label_in(content, option.label, language), *option.spellings)


def label_in(content: Path, label: Message | str, language: str) -> str:
    """Return a label in a language; a proper name stays as it is."""
    return translate_message(content, language, label) if isinstance(label, Message) else label


def _folded(text: str) -> str:
    return re.sub(r"[\s_-]", "", unicodedata.normalize("NFKC", text)).casefold()
