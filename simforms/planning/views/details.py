"""The details of a plan, after its first screen: every way, step, day, number and rule, each with its source."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from simforms.errors import Problem
from simforms.knowledge import age
from simforms.knowledge.vocabulary import vocabulary
from simforms.messages import Message, say
from simforms.planning.desks import spoken
from simforms.planning.history import Entry
from simforms.planning.matters import Matter
from simforms.planning.plan import Plan
from simforms.planning.steps import WHEN, Step
from simforms.planning.terms import Deadline
from simforms.planning.views.phrases import VERDICTS, Phrases
from simforms.planning.ways import Way

_WHEN = dict(zip(WHEN, (say("Before"), say("When you apply"), say("Afterwards")), strict=True))


def details(plan: Plan) -> Iterator[str]:
    """Yield the details in the person's language."""
    words = Phrases(plan)
    if plan.about:
        yield ""
        yield words.fact(plan.about)
    for number, matter in enumerate(plan.matters, 1):
        if len(plan.matters) > 1:
            yield ""
            yield f"{number} {words(say(matter.aim.title))}"
        yield from _matter(plan, matter, words)
    yield from _section(words, say("What has been done"), (_entry(entry, words) for entry in plan.log.entries))
    yield from _section(
        words,
        say("Please note"),
        (_problem(plan, one, words) for one in (*plan.warnings, *plan.conflicts) if one.severity != "note"),
    )
    channel = plan.way.channel if plan.way else ""
    yield from _section(
        words,
        say("Words to look for"),
        (f"{word.ja}（{word.kana.replace('-', '')}）  {words(say(word.meaning))}" for word in plan.words_for(channel)),
    )
    yield from _section(words, say("If the carrier does not help"), map(words.desk, plan.help))
    yield from _section(words, say("Papers"), (f"{kind.name}  {words(say(kind.title))}" for kind in plan.documents))
    yield from _section(words, say("Sources"), words.foot())
    if old := age.notice(plan.date, plan.carrier.looked_up):
        yield ""
        yield words(old)


def _matter(plan: Plan, matter: Matter, words: Phrases) -> Iterator[str]:
    yield from _section(words, say("Which methods work"), (line for way in matter.ways for line in _way(plan, way, words)))
    for when, name in _WHEN.items():
        yield from _section(words, name, (_step(step, words) for step in matter.steps if step.when == when))
    yield from _section(words, say("What to bring"), map(words.fact, matter.have))
    yield from _section(words, say("Charges and rules"), (words.fact(fact) for _, fact in matter.facts))
    yield from _section(words, say("Dates (estimates)"), (_day(one, words) for one in matter.days))
    yield from _section(words, say("Phone"), map(words.desk, spoken(matter.desks, plan.language)))
    fields = plan.fields(matter.asks)
    yield from _section(words, say("Details that would help"), (words(say(field.label)) for field in fields))


def _way(plan: Plan, way: Way, words: Phrases) -> Iterator[str]:
    why = " – ".join(dict.fromkeys(words(reason.what) for reason in way.reasons))
    said = words(say(way.fact.text)) if way.fact and way.fact.text and way.works else ""
    told = " – ".join(filter(None, dict.fromkeys((said, why))))
    against = words.against(way.fact)
    yield f"{words(VERDICTS[way.verdict])}: {words.way(way)}{f' – {told}' if told else ''}{words.source(way.fact)}{against}"
    if way.works and way.fact and way.fact.url:
        yield f"  {way.fact.url}"
    matter = plan.matter(way.aim)
    if way.works and matter and way is not matter.way and (papers := plan.other_papers(way)):
        yield f"  {words(say('Papers'))}: {' · '.join(kind.name for kind in papers)}"


def _step(step: Step, words: Phrases) -> str:
    return f"{step.of}: {_what(step, words)}" if step.of else _what(step, words)


def _what(step: Step, words: Phrases) -> str:
    if not step.fact:
        return words(step.what)
    same = step.what.text == step.fact.text or not step.fact.text
    return words(step.what) + (words.source(step.fact) if same else f" – {words.fact(step.fact)}")


def _day(one: Deadline, words: Phrases) -> str:
    hour = f", {one.at:%H:%M}" if one.at else ""
    return f"{words.day(one.day)}{hour}  {words(one.what)}{words.source(one.fact)}"


def _entry(entry: Entry, words: Phrases) -> str:
    """Return one line of the log."""
    shown = {name: value.field.show(value.parsed, words.plan.language) for name, value in entry.values.items()}
    return "  ".join(words(one) if isinstance(one, Message) else one for one in shown.values() if one)


def _problem(plan: Plan, problem: Problem, words: Phrases) -> str:
    what, suggestion = problem.what, problem.suggestion
    field = vocabulary(plan.content).fields.get(problem.name)
    if not field:
        return words(say("%(what)s; %(suggestion)s", what=what, suggestion=suggestion))
    return words(say("%(label)s: %(what)s; %(suggestion)s", label=say(field.label), what=what, suggestion=suggestion))


def _section(words: Phrases, name: Message, entries: Iterable[str]) -> Iterator[str]:
    found = list(entries)
    if found:
        yield ""
        yield words(name)
        yield from (f"  {entry}" for entry in found)
