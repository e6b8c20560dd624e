"""What a conversation shows: questions, explanations, answers, the way that ends the line, and what was understood."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import click

from simforms.cli.voice import say_in
from simforms.errors import Problem
from simforms.interview.interpret import meant, spelled
from simforms.interview.questions import PAPERS, SEARCHED, Known, Question, language_question, planned
from simforms.knowledge.carriers import carriers
from simforms.knowledge.documents import ALWAYS_NEEDED
from simforms.knowledge.vocabulary import CHOICE, vocabulary
from simforms.language.columns import display_width, pad
from simforms.messages import Message, say
from simforms.planning.views.screen import gist

ANY_LANGUAGE = "Language · 语言 · 語言 · 언어 · Ngôn ngữ · 言語"
_MARKS = {"error": "✗", "warning": "!", "note": "·"}
KEYS = say(
    "`?` explains · `<` goes back · Enter alone leaves a field out or takes what is offered · `quit` keeps the answers for later"
)
AT_THE_END = say("Enter prints the papers · a number changes that line · `+` adds something · `quit` only keeps the answers")


@dataclass(frozen=True)
class Prompt:
    """One thing to be read from the terminal."""

    head: tuple[str, ...] = ()
    """The lines that say what is asked."""
    options: tuple[str, ...] = ()
    """To choose from; numbered from 1."""
    text: str = ""
    """What was answered before: Enter takes it again."""
    keep: str = ""
    """The sentence that says so, for terminals on which the text cannot stand there to be changed."""
    keys: str = ""
    """The sentence on what else may be typed."""
    names: Callable[[str], Sequence[str]] | None = None
    """What something typed can mean, where there is too much to be listed."""


@dataclass(frozen=True)
class Showing:
    """How to talk to this person."""

    content: Path
    today: date
    language: str
    """Empty until the person has chosen it."""
    drawn: bool
    """Whether letters may be bold."""

    def words(self, message: Message | str) -> str:
        """Return a text in the person's language."""
        return spelled(self.content, message, self.language or "en")

    def question(self, question: Question) -> Iterator[str]:
        """Yield the lines above the place where the answer is typed."""
        label = self.words(question.label) if self.language else ANY_LANGUAGE
        yield click.style(label, bold=True) if self.drawn else label
        help_line = self.words(question.help) if question.help else ""
        example = self.words(say("e.g. %(example)s", example=question.example)) if question.example else ""
        if help_line or example:
            yield "  " + " – ".join(filter(None, (help_line, example)))
        if question.name == PAPERS:
            for number, option in enumerate(question.options, 1):
                yield f"  {number:2} {'✓' if option.marked else ' '} {self.words(option.label)}"

    def prompt(self, question: Question, known: Known, text: str, *, again: bool = False) -> Prompt:
        """Return what is to be read for a question; `text` was answered before. `again`: what was asked can still be read."""
        options = () if question.name == PAPERS else question.offered or question.options
        labels = [
            "  ".join(
                filter(None, (self.words(one.label), self.words(one.note), "(Enter)" if one.key == question.default else ""))
            )
            for one in options
        ]
        keep = self.words(say("Enter keeps “%(typed)s”; `-` leaves it out", typed=text)) if text else ""

        def names(typed: str) -> list[str]:
            return [self.words(one.label) for one in meant(self.content, known, question, typed, self.language)]

        keys = self.words(KEYS) if self.language else ""
        head = () if again else tuple(self.question(question))
        return Prompt(head, tuple(labels), text, keep, keys, names if question.name in SEARCHED else None)

    def explained(self, question: Question) -> Iterator[str]:
        """Yield more about a question: what needs it, what its answers mean, all names it knows."""
        for part in (question.why, question.help):
            if part:
                yield f"  {self.words(part)}"
        for option in question.options:
            yield "  " + " – ".join(filter(None, (self.words(option.label), self.words(option.note))))
        if question.name == ALWAYS_NEEDED:
            yield "  " + " · ".join(known.name(self.language) for known in carriers().values())

    def problems(self, problems: Iterable[Problem]) -> Iterator[str]:
        """Yield what is wrong or doubtful."""
        for problem in problems:
            what, suggestion = (say_in(self.language or "en", part) for part in (problem.what, problem.suggestion))
            yield f"{_MARKS[problem.severity]} " + self.words(say("%(what)s; %(suggestion)s", what=what, suggestion=suggestion))

    def answer(self, question: Question, known: Known, label: Message | str) -> str:
        """Return an answer as the person sees it afterwards; `label` is that of the option taken."""
        if question.name == PAPERS:
            return " · ".join(self.words(one.label) for one in question.options if one.key in (known.wanted or ()))
        if question.name in known.given:
            return self.value(known, question.name)
        return self.words(label) or "–"

    def value(self, known: Known, name: str) -> str:
        """Return a value as it stands on the paper; its end only, where it is private."""
        text, field = known.given[name], vocabulary(self.content)[name]
        if field.private:
            return "…" + text[-2:]
        if name == ALWAYS_NEEDED:
            found = carriers().get(text)
            return found.name(self.language) if found else text
        if name == "language":
            return next((self.words(one.label) for one in language_question(self.content).options if one.key == text), text)
        shown = field.show(field.parse(text), self.language or "en")
        return self.words(shown) if shown else text

    def again(self, known: Known, name: str) -> str:
        """Return an answer as it is typed again; nothing of one that is private."""
        if name not in known.given or vocabulary(self.content)[name].private:
            return ""
        field = vocabulary(self.content)[name]
        return self.value(known, name) if field.type == CHOICE or name in {ALWAYS_NEEDED, "language"} else known.given[name]

    def way(self, known: Known) -> tuple[str, ...]:
        """Return which way ends the line, in a few sentences."""
        found = dataclasses.replace(planned(self.content, self.today, known), language=self.language)
        return tuple(f"→ {line}" for line in gist(found))

    def understood(self, known: Known, names: Sequence[str]) -> Iterator[str]:
        """Yield what was understood, numbered, its columns aligned, and the papers that follow."""
        labels = [self.words(say(vocabulary(self.content)[name].label)) for name in names]
        widest = max(map(display_width, labels))
        yield ""
        yield self.words(say("This is what was understood:"))
        for number, (name, label) in enumerate(zip(names, labels, strict=True), 1):
            yield f"  {number:2}  {pad(label, widest)}  {self.value(known, name)}"
        papers = planned(self.content, self.today, known).documents
        yield ""
        titles = " · ".join(self.words(say(kind.title)) for kind in papers)
        yield f"{self.words(say('Papers'))}: {titles}" if papers else self.words(say("No paper is needed."))
