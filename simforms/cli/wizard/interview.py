"""The conversation of `simforms new`: it asks one thing after the other, goes back, and ends when the person agrees."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace

import click

from simforms.cases.characters import forbidden
from simforms.cli.wizard.screen import AT_THE_END, KEYS, Prompt, Showing
from simforms.interview.interpret import Taken, chosen, taken
from simforms.interview.questions import (
    Known,
    Option,
    Question,
    field_question,
    language_question,
    next_question,
    offered,
    planned,
)
from simforms.knowledge import age
from simforms.knowledge.vocabulary import vocabulary
from simforms.messages import Message, say

EXPLAIN, BACK, QUIT, ADD, NOTHING = "?", "<", "quit", "+", "-"
"""What may be typed instead of an answer; no field could mean it."""
_ALSO = {"《": BACK, "〈": BACK, "exit": QUIT}


class StoppedError(Exception):
    """The person stopped; what was answered is kept."""


@dataclass
class Interview:
    """A conversation: what is known so far, and the way back."""

    showing: Showing
    read: Callable[[Prompt], str]
    save: Callable[[Known], None]
    known: Known
    before: dict[str, str] = field(default_factory=dict)
    """What was answered before, to be taken again or corrected."""
    history: list[tuple[Known, Question]] = field(default_factory=list)
    way: tuple[str, ...] = ()
    """The way as it was told last."""

    def run(self) -> None:
        """Ask until enough is known and the person agrees. Raises StoppedError."""
        try:
            if self.showing.language:
                self._begin()
            while True:
                question = next_question(self.showing.content, self.showing.today, self.known)
                if question:
                    self._step(question)
                elif self._agreed():
                    return
        except (EOFError, KeyboardInterrupt):
            raise StoppedError from None

    def _step(self, question: Question) -> None:
        """Ask a question until it is answered, or go back to the one before."""
        if question.knows_way:
            self._tell_way()
        text, again = self.before.get(question.name, ""), False
        while True:
            typed = self._typed(self.showing.prompt(question, self.known, text, again=again and not self.showing.drawn))
            again = True
            if typed == EXPLAIN:
                self._print(self.showing.explained(question))
                continue
            if typed == BACK:
                self._back()
                return
            answer = "" if typed == NOTHING else typed
            found = taken(self.showing.content, self.showing.today, self.known, question, answer, self.showing.language or "en")
            self._print(self.showing.problems(found.problems))
            if found.settled:
                self._take(question, found, typed)
                return
            question = replace(question, offered=found.options)
            text = typed if self.showing.drawn and not (found.options or question.private or any(forbidden(typed))) else ""

    def _take(self, question: Question, found: Taken, typed: str) -> None:
        self.history.append((self.known, question))
        self.known = found.known
        self.before.pop(question.name, None)
        self.save(self.known)
        if not self.showing.language:
            self.showing = replace(self.showing, language=self.known.given["language"])
            self._begin()
        shown = self.showing.answer(question, self.known, found.answer)
        if self.showing.drawn:
            click.echo(f"{click.style('✓', fg='green')} {self.showing.words(question.label)}  {shown}")
        elif shown != typed:
            click.echo(f"= {shown}")

    def _back(self) -> None:
        if not self.history:
            self._say(say("nothing was asked before this"))
            return
        known, question = self.history.pop()
        if again := self.showing.again(self.known, question.name):
            self.before[question.name] = again
        self.known = known
        self.save(known)
        self._step(question)

    def _typed(self, prompt: Prompt) -> str:
        text = self.read(prompt)
        command = unicodedata.normalize("NFKC", text).strip().lower()
        command = _ALSO.get(command, command)
        if command == QUIT:
            raise StoppedError
        return command if command in {EXPLAIN, BACK, ADD, NOTHING} else text

    def _agreed(self) -> bool:
        """Show what was understood; return whether it is right. Else what is to be changed or added has been asked for."""
        names = [name for name in vocabulary(self.showing.content) if name in self.known.given]
        self._tell_way()
        self._print(self.showing.understood(self.known, names))
        if not planned(self.showing.content, self.showing.today, self.known).documents:
            return True
        while True:
            invitation = self.showing.words(AT_THE_END)
            typed = unicodedata.normalize("NFKC", self._typed(Prompt(keep=invitation, keys=invitation))).strip()
            if not typed:
                return True
            if typed == BACK:
                self._back()
            elif typed == ADD:
                self._add()
            elif typed.isdecimal() and 1 <= int(typed) <= len(names):
                self._change(names[int(typed) - 1])
            else:
                self._say(AT_THE_END)
                continue
            return False

    def _change(self, name: str) -> None:
        if again := self.showing.again(self.known, name):
            self.before[name] = again
        content = self.showing.content
        self._step(language_question(content) if name == "language" else field_question(content, name, optional=True))

    def _add(self) -> None:
        """Ask which of the fields that may stay empty to fill in, then ask for it."""
        content, today = self.showing.content, self.showing.today
        fields = {one.name: one for one in offered(content, self.known, planned(content, today, self.known))}
        options = tuple(Option(name, one.label) for name, one in fields.items())
        labels = tuple(self.showing.words(option.label) for option in options)
        typed = self._typed(Prompt(options=labels, keys=self.showing.words(KEYS)))
        found = chosen(content, options, typed, self.showing.language) if typed.strip() else ()
        if found:
            self._step(fields[found[0].key])

    def _tell_way(self) -> None:
        """Say which way ends the line; later, what an answer has changed in that."""
        way = self.showing.way(self.known)
        if new := [line for line in way if line not in self.way]:
            self._print(("", *new))
        self.way = way

    def _begin(self) -> None:
        """Say how to answer, and, where the directory of carriers is old, that it is."""
        self._say(KEYS)
        if old := age.told(self.showing.today):
            self._say(old)

    def _say(self, message: Message) -> None:
        self._print([self.showing.words(message)])

    def _print(self, lines: Iterable[str]) -> None:
        for line in lines:
            click.echo(line)
