"""The lines that the dialogue shows: questions, explanations, problems, how to cancel, and the answers to check."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from simforms.errors import Problem
from simforms.interview.answers import Answers
from simforms.interview.conversation import Conversation
from simforms.interview.drafts import Drafts
from simforms.interview.matching import label_in, matching_options
from simforms.interview.question import SEARCHED, Question
from simforms.interview.review import ReviewRow, Shown, shown_answer, typed_again
from simforms.knowledge.carriers import carriers
from simforms.knowledge.documents import ALWAYS_NEEDED
from simforms.knowledge.question_file import PAPERS
from simforms.language.columns import display_width, pad
from simforms.messages import say

ANY_LANGUAGE = "Language · 语言 · 語言 · 언어 · Ngôn ngữ · 言語"
_MARKS = {"error": "✗", "warning": "!", "note": "·"}
KEYS = say("`?` explain · `<` go back · Enter alone: skip, or accept the suggested answer · `quit` save the answers for later")
AT_THE_END = say("Enter: print the papers · a number: change that answer · `+` add something · `quit` save the answers only")


@dataclass(frozen=True)
class Prompt:
    """One line to read from the terminal."""

    head: tuple[str, ...] = ()
    """The lines of the question."""
    options: tuple[str, ...] = ()
    """The answers to choose from, numbered from 1."""
    text: str = ""
    """The earlier answer: Enter accepts it again."""
    keep: str = ""
    """The sentence that says so, for terminals that cannot show the text to be edited."""
    keys: str = ""
    """The sentence on what else may be typed."""
    names: Callable[[str], Sequence[str]] | None = None
    """What something typed can mean, if there is too much to list."""


@dataclass(frozen=True)
class Screen:
    """What this person sees."""

    drafts: Drafts
    language: str
    """Empty until the person has chosen it."""
    drawn: bool
    """Whether the terminal can show menus, which take the question away when it is answered."""

    def words(self, text: Shown) -> str:
        """Return a text in the person's language."""
        return label_in(self.drafts.content, text, self.language or "en")

    def question(self, question: Question) -> Iterator[str]:
        """Yield the lines above the place where the answer is typed."""
        label = self.words(question.label) if self.language else ANY_LANGUAGE
        yield label
        help_line = self.words(question.help) if question.help else ""
        example = self.words(say("e.g. %(example)s", example=question.example)) if question.example else ""
        if help_line or example:
            yield "  " + " – ".join(filter(None, (help_line, example)))
        if question.name == PAPERS:
            for number, option in enumerate(question.options, 1):
                yield f"  {number:2} {'✓' if option.marked else ' '} {self.words(option.label)}"

    def prompt(self, question: Question, answers: Answers, text: str, *, again: bool = False) -> Prompt:
        """Return what to read for a question. `text` is the earlier answer; `again`: the question is still on the screen."""
        options = () if question.name == PAPERS else question.offered or question.options
        labels = [
            "  ".join(
                filter(None, (self.words(one.label), self.words(one.note), "(Enter)" if one.key == question.default else ""))
            )
            for one in options
        ]
        keep = self.words(say("Enter keeps “%(typed)s”; `-` clears it", typed=text)) if text else ""

        def names(typed: str) -> list[str]:
            found = matching_options(self.drafts.content, answers, question, typed, self.language)
            return [self.words(one.label) for one in found]

        keys = self.words(KEYS) if self.language else ""
        head = () if again else tuple(self.question(question))
        return Prompt(head, tuple(labels), text, keep, keys, names if question.name in SEARCHED else None)

    def explanation(self, question: Question) -> Iterator[str]:
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
            text = say("%(what)s; %(suggestion)s", what=problem.what, suggestion=problem.suggestion)
            yield f"{_MARKS[problem.severity]} {self.words(text)}"

    def accepted(self, question: Question, answers: Answers, label: Shown, typed: str) -> Iterator[str]:
        """Yield how an answer was understood, unless the screen still shows just that. `label` is that of the option chosen."""
        shown = " · ".join(map(self.words, shown_answer(self.drafts, answers, question, label, self.language or "en")))
        if self.drawn:
            yield f"{self.words(question.label)}  {shown}"
        elif shown != typed:
            yield f"= {shown}"

    def suggestion(self, conversation: Conversation, name: str) -> str:
        """Return the earlier answer to a question, as it is typed; empty if there is none."""
        earlier = Answers(conversation.earlier)
        return self.words(typed_again(self.drafts, earlier, name, self.language or "en"))

    def method(self, answers: Answers) -> tuple[str, ...]:
        """Return how to cancel, in a few sentences."""
        return tuple(f"→ {line}" for line in self.drafts.method_lines(answers, self.language))

    def review(self, rows: Sequence[ReviewRow], answers: Answers) -> Iterator[str]:
        """Yield the answers to check, numbered, in aligned columns, and the papers that will be made."""
        labels = [self.words(row.label) for row in rows]
        widest = max(map(display_width, labels))
        yield ""
        yield self.words(say("Please check your answers:"))
        for number, (row, label) in enumerate(zip(rows, labels, strict=True), 1):
            yield f"  {number:2}  {pad(label, widest)}  {self.words(row.value)}"
        yield ""
        titles = " · ".join(self.words(say(kind.title)) for kind in self.drafts.papers(answers))
        yield f"{self.words(say('Papers'))}: {titles}" if titles else self.words(say("No paper is needed."))
