"""How good a fact is follows from its pages, by one rule; nobody can write it."""

from __future__ import annotations

from dataclasses import fields
from datetime import date
from pathlib import Path

import pytest

from simforms.errors import ContentError
from simforms.knowledge import carriers, fact_kinds
from simforms.knowledge.evidence import LEGEND, Page, Withdrawn, letters, marked, refusal, whose
from simforms.knowledge.fact_kinds import Fee, Way
from simforms.knowledge.facts import Fact
from simforms.knowledge.rules import rules

OWN = Page("https://example.com/a", whose="own", day=date(2026, 6, 6), dated="2026-06-06")
PUBLIC = Page("https://www.soumu.go.jp/a", whose="public")
GUIDE = Page("https://guide.example/a")
SAME_SITE = Page("https://www.guide.example/b")
OTHER = Page("https://other.example/a", day=date(2025, 1, 1), dated="2025")
REFUSED = Page("https://copy.example/a", whose="refused")
GONE = Page("https://example.com/old", whose="own", gone="yes")

MARKS = [
    ((OWN,), "official", True, "official · 2026-06-06"),
    ((PUBLIC,), "official", True, "official · undated"),
    ((GUIDE, PUBLIC), "official", True, "official · undated"),
    ((GUIDE,), "second-hand", False, "second-hand, one page only · undated"),
    ((GUIDE, SAME_SITE), "second-hand", False, "second-hand, one page only · undated"),
    ((GUIDE, OTHER), "second-hand", True, "second-hand, 2 sites agree · 2025"),
    ((REFUSED,), "unknown", False, "not known"),
    ((GONE,), "unknown", False, "not known"),
    ((GONE, GUIDE), "second-hand", False, "second-hand, one page only · undated"),
    ((), "unknown", False, "not known"),
]


@pytest.mark.parametrize(("pages", "grade", "certain", "said"), MARKS, ids=[row[3] for row in MARKS])
def test_a_mark_follows_from_the_pages_alone(pages: tuple[Page, ...], grade: str, certain: bool, said: str) -> None:
    mark = Fact(pages=pages).mark

    assert (mark.grade, mark.certain, str(mark.full)) == (grade, certain, said)
    assert mark == marked(pages)


def test_a_page_that_a_person_read_later_shows_that_day() -> None:
    mark = marked([Page("https://example.com/a", whose="own", day=date(2020, 1, 1), dated="2020-01-01", seen=date(2026, 11, 30))])

    assert str(mark.full) == "official · read on 2026-11-30"


def test_pages_of_the_same_weight_that_say_otherwise_make_it_disputed() -> None:
    said = Fact(text="A.", pages=(GUIDE,), but=Fact(text="B.", pages=(Page("https://b.example/"),)))
    weaker = Fact(text="A.", pages=(OWN,), but=Fact(text="B.", pages=(OTHER,)))
    refused = Fact(text="A.", pages=(GUIDE,), but=Fact(text="B.", pages=(REFUSED,)))

    assert [fact.mark.grade for fact in (said, weaker, refused)] == ["disputed", "official", "second-hand"]
    assert not said.mark.certain
    assert weaker.doubt
    assert refused.doubt is None


def test_a_way_is_disputed_where_its_record_says_unclear() -> None:
    assert Way(available="unclear", pages=(OWN,)).mark.grade == "disputed"


def test_what_is_withdrawn_or_rests_on_nothing_reaches_no_page() -> None:
    assert not Fact(pages=(OWN,), withdrawn=Withdrawn("replaced")).printable
    assert not Fact(pages=(REFUSED, GONE)).printable
    assert not Fact().printable
    assert Fact(pages=(REFUSED, GUIDE)).printable


WORDS = [
    "print: ok",
    "grade: official",
    "mark: official",
    "source_kind: official",
    "source: https://example.com/",
    "certain: yes",
    "seen: 2026-01-01",
]


@pytest.mark.parametrize("word", WORDS)
@pytest.mark.parametrize("within", ["fact", "but"])
def test_no_grade_can_be_written_beside_a_fact(tmp_path: Path, word: str, within: str) -> None:
    page = "pages: [{page: https://guide.example/}]"
    text = f"names: {{ja: x}}\nfees:\n  first-year:\n    text: It costs.\n    {page}\n"
    text += f"    {word}\n" if within == "fact" else f"    but:\n      text: It does not.\n      {page}\n      {word}\n"
    (tmp_path / "x.yaml").write_text(text, encoding="utf-8")
    line = text.splitlines().index(f"{'    ' if within == 'fact' else '      '}{word}") + 1

    with pytest.raises(ContentError) as caught:
        carriers.carriers(tmp_path)

    assert f"x.yaml:{line}: {word.partition(':')[0]}: how good a fact is, is not written" in str(caught.value)
    assert "state the page under pages:" in str(caught.value)


def test_no_kind_of_fact_has_a_key_for_a_grade() -> None:
    kinds = [kind for kind in vars(fact_kinds).values() if isinstance(kind, type) and issubclass(kind, Fact)]

    assert len(kinds) > 10
    for kind in kinds:
        assert not {field.name for field in fields(kind)} & {"print", "grade", "mark", "source", "source_kind", "certain"}


DIRECTORY = [
    (f"{slug}.{pointer}", fact)
    for slug, known in (carriers.carriers() | carriers.desks()).items()
    for pointer, fact in known.facts()
] + [(f"rules.{name}", fact) for name, fact in rules().items()]


def test_money_on_one_page_of_others_is_never_shown_as_certain() -> None:
    alone = [fact for _, fact in DIRECTORY if fact.money and fact.mark.grade == "second-hand" and fact.mark.sites == 1]

    assert len(alone) > 50
    assert not [fact.location for fact in alone if fact.mark.certain]
    assert {str(fact.mark.said) for fact in alone} == {"second-hand, one page only"}
    assert not Fee(yen=1100, pages=(GUIDE, SAME_SITE)).mark.certain


def test_no_fact_rests_on_a_site_that_counts_for_nothing() -> None:
    pages = [page for _, fact in DIRECTORY for one in (fact, fact.but) if one for page in one.pages]

    assert not [page.page for page in pages if page.whose == "refused"]
    assert "staging" in refusal("https://px-ep-airgsm.px-prod.airalo.com/en_US/page/refund-policy")


ADDRESSES = [
    ("https://www.au.com/a", "own"),
    ("https://au.com/a", "own"),
    ("https://notau.com/a", "other"),
    ("https://au.com.example/a", "other"),
    ("https://blog.example/au.com/", "other"),
    ("http://www.city.kamaishi.iwate.jp/a", "public"),
    ("https://www.city.nagoya.jp/a", "public"),
    ("https://mycity.example.jp/a", "other"),
    ("https://www.kokusen.go.jp/a", "public"),
    ("https://go.jp.example/a", "other"),
    ("https://px-ep-airgsm.px-prod.airalo.com/a", "refused"),
]


@pytest.mark.parametrize(("address", "expected"), ADDRESSES, ids=[row[0] for row in ADDRESSES])
def test_whose_page_it_is_follows_from_its_address(address: str, expected: str) -> None:
    assert whose(address, ("au.com", "airalo.com")) == expected


def test_a_copy_on_the_address_of_the_company_is_not_its_own_page(tmp_path: Path) -> None:
    text = "names: {ja: x}\ndomains: example.com\nabout:\n  text: It is so.\n  pages: [{page: https://example.com/, copy: yes}]\n"
    (tmp_path / "x.yaml").write_text(text, encoding="utf-8")

    about = carriers.carriers(tmp_path)["x"].about

    assert about
    assert about.mark.grade == "second-hand"


def test_an_address_is_shown_in_its_own_letters() -> None:
    assert letters("xn--nfv31nctot9l.jp") == "解約方法.jp"
    assert Page("https://xn--nfv31nctot9l.jp/2018/%E8%A7%A3").address == "https://解約方法.jp/2018/解"


def test_the_marks_are_four_and_the_foot_explains_each() -> None:
    explained = [str(message).partition(":")[0] for message in LEGEND]

    assert {fact.mark.grade for _, fact in DIRECTORY} <= {"official", "second-hand", "disputed", "unknown"}
    assert explained[:4] == ["official", "second-hand", "sources disagree", "not known"]
