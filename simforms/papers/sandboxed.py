"""Templates are filled in (the only module that knows Jinja), and reach data by the names on a list, and nothing else.

One contract for all templates, ours and somebody else's. What is not listed here is refused, whatever it is.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, time
from functools import cache
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from jinja2 import FileSystemLoader, StrictUndefined, TemplateError, TemplateSyntaxError, Undefined, UndefinedError, nodes
from jinja2.environment import TemplateModule
from jinja2.exceptions import SecurityError
from jinja2.runtime import BlockReference, Context, LoopContext, Macro
from jinja2.sandbox import ImmutableSandboxedEnvironment, safe_range
from jinja2.utils import Namespace
from markupsafe import Markup

from simforms.cases.check import Value
from simforms.errors import ContentError, Problem
from simforms.knowledge import fact_kinds
from simforms.knowledge.carrier import Carrier
from simforms.knowledge.documents import Document, Sheet
from simforms.knowledge.evidence import Mark, Page
from simforms.knowledge.facts import Fact
from simforms.knowledge.stages import Stage
from simforms.knowledge.vocabulary import Choice, Field
from simforms.messages import Message
from simforms.papers.wording import BlankValue, PrintedValue
from simforms.planning.aims import Aim
from simforms.planning.days import Days
from simforms.planning.ends import Due
from simforms.planning.history import Entry, History
from simforms.planning.matters import Matter
from simforms.planning.moments import Moment
from simforms.planning.plan import Plan
from simforms.planning.refusal import Refusal
from simforms.planning.situation import Situation
from simforms.planning.steps import Step
from simforms.planning.terms import Deadline
from simforms.planning.ways import Reason, Way
from simforms.planning.words import Word


class Called:
    """The base of what a template may call besides functions."""


_NAMES: Mapping[type, str] = {
    # values of the case
    PrintedValue: "chosen companion reading romaji value",
    BlankValue: "chosen companion reading romaji",
    Value: "field",
    Field: "choices example help label name type",
    Choice: "label note stage",
    # what is decided
    Plan: "about blank carrier conflicts date desks documents first help known language last_of_eight log masked matter matters "
    "misfits of_use other_papers papers_of reference situation today warnings way words_for",
    Matter: "aim asking days desks facts have moment moments name open refusal rule seller state steps way ways wished",
    Aim: "ask beside name title",
    Way: "aim by channel fact key name reasons verdict works",
    Reason: "check fact fields verdict what",
    Refusal: "fact what",
    Moment: "after before charged day due end fees handled paid",
    Days: "certain first last",
    Due: "fact free_from name status",
    Deadline: "at day fact id what",
    Step: "fact of what when",
    History: "due entries next waiting",
    Entry: "day key stage",
    Stage: "name title",
    Situation: "abroad lost today",
    Word: "ja kana meaning",
    Problem: "name severity suggestion what",
    Message: "text values",
    # what is known
    Carrier: "about addressee desks esim fees first_days lost name operator papers phones refund return_address sim_return slug",
    Fact: "but counting doubt mark money printable text",
    Page: "address copy dated day host official page says seen",
    Mark: "certain dated full grade said seen sites",
    fact_kinds.Name: "brand name",
    fact_kinds.Way: "available closes needs opens url",
    fact_kinds.Phone: "always closes days dial languages number opens purpose reach",
    fact_kinds.Paper: "who",
    fact_kinds.Fee: "months since until yen",
    fact_kinds.Effective: "by rule",
    fact_kinds.FirstDays: "lines regime",
    fact_kinds.Address: "address name postal_code",
    fact_kinds.Return: "needed what",
    Document: "certified name order pages purpose sheets title",
    Sheet: "label todo",
    Called: "facts legend owner",
    # plain data, and the template's own
    str: "endswith lower partition replace rpartition split startswith strip title upper",
    dict: "get items keys values",
    date: "day isoformat month weekday year",
    time: "hour isoformat minute",
    LoopContext: "changed cycle depth depth0 first index index0 last length nextitem previtem revindex revindex0",
    BlockReference: "super",
}
"""The names that are open of each type, and of those derived from it."""
_OPEN: Mapping[type, str] = {
    SimpleNamespace: "__dict__",
    TemplateModule: "__dict__",
    Namespace: "_Namespace__attrs",
}
"""Types whose names are all open, and where they keep them: a section of the case, an imported template, what one sets itself."""
_CALLED = (Called, Macro, BlockReference, LoopContext)
"""Types of a template's own that may be called; else only what is in the globals, and the methods named above."""
_PRINTED = (str, int, float, date, time, type(None), Undefined, Message, PrintedValue, BlankValue)
"""What may be printed: everything else would show internals."""
_FILTERS = (
    "abs capitalize count d default dictsort e escape first float groupby int items join last length list lower map max min "
    "reject rejectattr replace reverse round select selectattr sort string sum title trim truncate unique upper wordcount"
)
_TESTS = (
    "!= < <= == > >= boolean defined divisibleby eq equalto even false float ge greaterthan gt in integer iterable le lessthan "
    "lower lt mapping ne none number odd sequence string true undefined upper"
)


@cache
def _names(kind: type) -> frozenset[str]:
    return frozenset(name for one in kind.__mro__ for name in _NAMES.get(one, "").split())


_TAKE_OVER = "take this version's template, and make your changes in it again"


class Environment(ImmutableSandboxedEnvironment):
    """Fills templates in, and opens to them what is listed above."""

    intercepted_binops = frozenset({"%", "*", "**"})

    def __init__(self, folder: Path, functions: Mapping[str, Any], filters: Mapping[str, Callable[..., Any]]) -> None:
        super().__init__(
            loader=FileSystemLoader(folder),
            autoescape=True,
            undefined=StrictUndefined,
            finalize=_plain,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self.globals.clear()
        self.globals |= {"namespace": Namespace, "range": safe_range, **functions}
        self.filters = {name: self.filters[name] for name in _FILTERS.split()} | dict(filters)
        self.filters["source"] = self._source
        self.tests = {name: self.tests[name] for name in _TESTS.split()}
        self._open_calls = frozenset(id(one) for one in self.globals.values() if callable(one))

    def fill(self, names: Sequence[str], values: Mapping[str, Any]) -> str:
        """Return the first of these templates that there is, filled in. Raises ContentError where it is broken."""
        try:
            return self.select_template(list(names)).render(values)
        except UndefinedError as error:
            raise ContentError(names[-1], f"{error.message}; where it was made for an older version, {_TAKE_OVER}") from error
        except TemplateError as error:
            place = getattr(error, "filename", None) or names[-1]
            raise ContentError(place, f"{error.message} (line {getattr(error, 'lineno', '?')})") from error

    def _source(self, name: str) -> Markup:
        """Return a template as it is: a stylesheet."""
        assert self.loader  # noqa: S101 - see __init__
        return Markup(self.loader.get_source(self, name)[0])  # noqa: S704 - a style that a template brings is checked as a page

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        tree = super()._parse(source, name, filename)
        if block := tree.find(nodes.EvalContextModifier):
            raise TemplateSyntaxError("values are escaped everywhere; leave `autoescape` out", block.lineno, name, filename)
        return tree

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:  # noqa: ARG002 - the library's own protocol
        """Return whether a name of an object is open."""
        kind = type(obj)
        if attr in _names(kind):  # type: ignore[arg-type] # a class can be hashed
            return True
        kept = _OPEN.get(kind)
        return bool(kept and attr[:1] != "_" and attr in object.__getattribute__(obj, kept))

    def is_safe_callable(self, obj: Any) -> bool:
        """Return whether an object may be called. Raises UndefinedError for a name that there is not."""
        if isinstance(obj, Undefined):
            obj()
        if id(obj) in self._open_calls or isinstance(obj, _CALLED):
            return True
        owner = getattr(obj, "__self__", None)
        return owner is not None and getattr(obj, "__name__", "") in _names(type(owner))  # type: ignore[arg-type] # the same

    def wrap_str_format(self, value: Any) -> None:
        """Leave `str.format` what it is, a method that is not open."""

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:
        """Return a product or remainder of numbers; a text repeated, or filled in, may have any size or show anything."""
        if operator == "**" or not (isinstance(left, int | float) and isinstance(right, int | float)):
            raise SecurityError(f"a template may use {operator} with numbers only" if operator != "**" else "** is not open")
        return super().call_binop(context, operator, left, right)


def _plain(value: Any) -> Any:
    """Return what is printed. Raises SecurityError for anything but a plain value."""
    if isinstance(value, _PRINTED):
        return value
    raise SecurityError(f"a template may not print a {type(value).__name__}")
