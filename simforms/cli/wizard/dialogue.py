"""The dialogue of `simforms new` in a terminal: it asks, explains, goes back, and ends when the person agrees."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from simforms.cases.secrets import refused
from simforms.cli.output import show, show_lines
from simforms.cli.wizard.screen import AT_THE_END, KEYS, Prompt, Screen
from simforms.interview.answers import Answers
from simforms.interview.conversation import Conversation
from simforms.interview.interpret import Interpretation
from simforms.interview.matching import matching, number_up_to
from simforms.interview.plan_questions import optional_questions
from simforms.interview.question import LANGUAGE, Option, Question
from simforms.interview.review import review
from simforms.knowledge import age
from simforms.messages import Message, say

EXPLAIN, BACK, QUIT, ADD, NOTHING = "?", "<", "quit", "+", "-"
"""What may be typed instead of an answer; no field could mean it."""
_ALIASES = {"《": BACK, "〈": BACK, "exit": QUIT}


class StoppedError(Exception):
    """The person stopped; what was answered is kept."""


@dataclass
class Dialogue:
    """A conversation in a terminal."""

    screen: Screen
    read: Callable[[Prompt], str]
    """Reads one answer. Raises EOFError or KeyboardInterrupt if there is none."""
    save: Callable[[Answers], None]
    conversation: Conversation
    method: tuple[str, ...] = ()
    """The lines about how to cancel that were printed last."""

    @property
    def answers(self) -> Answers:
        """The answers so far."""
        return self.conversation.answers

    def run(self) -> None:
        """Ask until enough is known and the person agrees. Raises StoppedError."""
        try:
            if self.screen.language:
                self._begin()
            while True:
                question = self.conversation.question(self.screen.drafts)
                if question:
                    self._ask(question)
                elif self._confirm():
                    return
        except (EOFError, KeyboardInterrupt):
            raise StoppedError from None

    def _ask(self, question: Question) -> None:
        """Ask a question until it is answered, or go back to the one before."""
        if question.after_method:
            self._print_method()
        text, again = self.screen.suggestion(self.conversation, question.name), False
        while True:
            typed = self._read(self.screen.prompt(question, self.answers, text, again=again and not self.screen.drawn))
            again = True
            if typed == EXPLAIN:
                self._print(self.screen.explanation(question))
                continue
            if typed == BACK:
                self._back()
                return
            answer = "" if typed == NOTHING else typed
            after, found = self.conversation.answer(self.screen.drafts, question, answer, self.screen.language or "en")
            self._print(self.screen.problems(found.problems))
            if found.accepted:
                self._accept(question, after, found, typed)
                return
            question = replace(question, offered=found.options)
            text = typed if self.screen.drawn and not (found.options or question.private or any(refused(typed))) else ""

    def _accept(self, question: Question, after: Conversation, found: Interpretation, typed: str) -> None:
        self.conversation = after
        self.save(self.answers)
        if not self.screen.language:
            self.screen = replace(self.screen, language=self.answers.texts[LANGUAGE])
            self._begin()
        for line in self.screen.accepted(question, self.answers, found.label, typed):
            show(line, mark="✓" if self.screen.drawn else "")

    def _back(self) -> None:
        begun = not self.conversation.past
        self.conversation = self.conversation.back(self.screen.drafts)
        if begun:
            self._print_message(say("this is the first question"))
        else:
            self.save(self.answers)

    def _read(self, prompt: Prompt) -> str:
        """Return what is typed, or the command that it means. Raises StoppedError."""
        text = self.read(prompt)
        command = unicodedata.normalize("NFKC", text).strip().lower()
        command = _ALIASES.get(command, command)
        if command == QUIT:
            raise StoppedError
        return command if command in {EXPLAIN, BACK, ADD, NOTHING} else text

    def _confirm(self) -> bool:
        """Show how the answers were understood. Return True if they are right; else prepare what to ask next."""
        drafts = self.screen.drafts
        self._print_method()
        rows = review(drafts, self.answers, self.screen.language)
        self._print(self.screen.review(rows, self.answers))
        if not drafts.papers(self.answers):
            return True
        while True:
            keys = self.screen.words(AT_THE_END)
            typed = self._read(Prompt(keep=keys, keys=keys)).strip()
            if not typed:
                return True
            if typed == BACK:
                self._back()
            elif typed == ADD:
                self._add()
            elif number := number_up_to(len(rows), typed):
                self.conversation = self.conversation.change(drafts, rows[number - 1].name)
            else:
                self._print_message(AT_THE_END)
                continue
            return False

    def _add(self) -> None:
        """Ask which of the optional fields to fill in; it is asked for next."""
        drafts = self.screen.drafts
        options = tuple(Option(one.name, one.label) for one in optional_questions(drafts, self.answers))
        labels = tuple(self.screen.words(option.label) for option in options)
        typed = self._read(Prompt(options=labels, keys=self.screen.words(KEYS)))
        if typed.strip() and (found := matching(drafts.content, options, typed, self.screen.language)):
            self.conversation = self.conversation.change(drafts, found[0].key)

    def _print_method(self) -> None:
        """Print how to cancel; later, only what an answer has changed in that."""
        lines = self.screen.method(self.answers)
        if new := [line for line in lines if line not in self.method]:
            self._print(("", *new))
        self.method = lines

    def _begin(self) -> None:
        """Say what may be typed, and if the directory of carriers is old, how to renew it."""
        self._print_message(KEYS)
        if old := age.notice(self.screen.drafts.today):
            self._print_message(old)

    def _print_message(self, message: Message) -> None:
        self._print([self.screen.words(message)])

    def _print(self, lines: Iterable[str]) -> None:
        show_lines(lines)
