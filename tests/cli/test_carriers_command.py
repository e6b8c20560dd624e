"""`simforms carriers`: the list, a record with its marks, what is due, and what a person found written back."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner

from simforms.cli import carrier_listing, carrier_upkeep
from simforms.cli.main import main
from simforms.knowledge import age, carriers
from simforms.knowledge.carrier import GROUPS

TODAY = date(2026, 12, 1)
RECORD = """\
names: {ja: テスト電話, en: Test Phone}
group: brand
kinds: postpaid
domains: example.com

fees:
  # Two pages, each with its own day.
  first-year:
    text: Ending in the first year costs 1,100 yen.
    yen: 1100
    pages:
      - page: https://guide.example/fee
        day: 2026-06-06
      # The older one.
      - page: https://xn--nfv31nctot9l.jp/fee

ends:
  rule: month-end
  text: The line ends at the end of the month.
  pages:
    - page: https://example.com/rules

billing:
  last: full
  stated_in: ends
looked_up: 2026-11-20
"""


def _run(*arguments: str, code: int = 0) -> str:
    result = CliRunner().invoke(main, ["carriers", *arguments])
    assert result.exit_code == code, result.output
    return result.output


@pytest.fixture
def record(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A checkout with one record, and this day."""
    for folder in ("carriers", "desks"):
        (tmp_path / "simforms" / "data" / folder).mkdir(parents=True)
    (tmp_path / "pyproject.toml").touch()
    path = tmp_path / "simforms" / "data" / "carriers" / "test-phone.yaml"
    path.write_text(RECORD, encoding="utf-8")
    for module in ("simforms.knowledge.carriers", "simforms.cli.carrier_upkeep"):
        monkeypatch.setattr(f"{module}.data", lambda name: tmp_path / "simforms" / "data" / name)
    monkeypatch.setattr("simforms.clock.today", lambda: TODAY)
    carriers.read_again()
    yield path
    monkeypatch.undo()
    carriers.read_again()


def _confirm(pointer: str, found: str, page: str, seen: str = "2026-11-30", code: int = 0) -> str:
    return _run("--confirm", "test-phone", pointer, found, "--page", page, "--seen", seen, code=code)


def test_the_list_is_grouped_and_leaves_nobody_out() -> None:
    lines = list(carrier_listing.listed("en", TODAY))
    slugs = [line.split()[0] for line in lines if line.startswith("  ")]

    assert sorted(slugs) == sorted([*carriers.carriers(), *carriers.desks()])
    assert [line for line in lines if line in {"Network operators", "For travellers", "Help desks"}] == [
        "Network operators", "For travellers", "Help desks",
    ]  # fmt: skip
    assert len(GROUPS) + 1 >= lines.count("")


def test_each_line_has_its_mark_and_the_foot_explains_them_once(record: Path) -> None:
    shown = _run("test-phone", "-l", "en")

    assert (
        "fees.first-year: Ending in the first year costs 1,100 yen.  (second-hand, 2 sites agree · 6 June 2026 [2][3])" in shown
    )
    assert "Cancellation date: The line ends at the end of the month.  (official · undated [1])" in shown
    assert "[3] https://解約方法.jp/fee" in shown
    assert "[1] Test Phone's own page: https://example.com/rules" in shown
    assert shown.count("second-hand: only pages by third parties say so") == 1
    assert record.exists()


def test_an_old_directory_says_so_and_how_to_renew_it(record: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    told = "was last checked on 30 November 2026"
    assert told not in _run("-l", "en")

    monkeypatch.setattr("simforms.clock.today", lambda: date(2027, 7, 1))

    assert age.RENEWAL in _run("-l", "en")
    assert told in _run("test-phone", "-l", "en")
    assert record.exists()


def test_what_is_due_starts_with_money_and_with_the_weakest() -> None:
    rows = list(carrier_upkeep.due_table(TODAY))
    money = [row[0] for row in rows]
    marks = [row[3].partition(" · ")[0].partition(",")[0] for row in rows if row[0] == "money"]

    assert money == sorted(money, reverse=True)
    assert marks == sorted(marks, key=["sources disagree", "second-hand", "official"].index)
    assert all(row[4] and row[5].startswith("http") for row in rows)


def test_the_page_to_work_through_has_each_fact_once_and_asks_for_what_was_found(record: Path) -> None:
    file = record.parent / "due.html"

    _run("--due", "--html", str(file))

    body = file.read_text(encoding="utf-8")
    lines = re.findall(r'data-line="([^"]+)" data-page="([^"]+)"', body)
    assert lines == [("test-phone ends", "https://example.com/rules")]
    assert re.findall(r'value="(same|changed|gone)"', body) == ["same", "changed", "gone"]
    assert 'href="https://example.com/rules"' in body


def test_a_page_that_says_the_same_gets_the_day_and_nothing_else_changes(record: Path) -> None:
    _confirm("fees.first-year", "same", "https://guide.example/fee")

    new = "        day: 2026-06-06\n        seen: 2026-11-30\n"
    assert record.read_text(encoding="utf-8") == RECORD.replace("        day: 2026-06-06\n", new)
    assert carriers.carriers()["test-phone"].fees["first-year"].mark.seen == date(2026, 11, 30)


def test_a_further_page_is_added_and_counts(record: Path) -> None:
    _confirm("fees.first-year", "same", "https://example.com/fee")

    assert "      - page: https://example.com/fee\n        seen: 2026-11-30\n\nends:" in record.read_text(encoding="utf-8")
    assert carriers.carriers()["test-phone"].fees["first-year"].mark.grade == "official"


@pytest.mark.parametrize(("found", "written"), [("gone", "yes"), ("changed", "changed")])
def test_a_page_that_no_longer_says_so_no_longer_counts(record: Path, found: str, written: str) -> None:
    _confirm("ends", found, "https://example.com/rules")

    assert f"    - page: https://example.com/rules\n      seen: 2026-11-30\n      gone: {written}\n" in record.read_text("utf-8")
    assert not carriers.carriers()["test-phone"].ends[0].printable
    _confirm("ends", "same", "https://example.com/rules", "2026-12-01")
    assert "gone" not in record.read_text("utf-8")


def test_what_rests_on_another_fact_is_written_there(record: Path) -> None:
    _confirm("billing", "same", "https://example.com/rules")

    assert "    - page: https://example.com/rules\n      seen: 2026-11-30\n\nbilling:" in record.read_text("utf-8")


WRONG = [
    ("fees.first-yaer", "same", "https://guide.example/fee", "2026-11-30", "has no fact fees.first-yaer"),
    ("fees.first-year", "perhaps", "https://guide.example/fee", "2026-11-30", "write one of these words: same, changed, gone"),
    ("fees.first-year", "same", "guide.example", "2026-11-30", "write the address of the page"),
    ("fees.first-year", "same", "", "2026-11-30", "write the address of the page"),
    (
        "fees.first-year",
        "gone",
        "https://other.example/",
        "2026-11-30",
        "that page is not a source of this fact; its sources are: https://guide",
    ),
    ("fees.first-year", "same", "https://guide.example/fee", "yesterday", "the date on which you read the page"),
    ("fees.first-year", "same", "https://guide.example/fee", "2026-12-02", "is in the future"),
    ("fees.first-year", "same", "https://phongnhaexplorer.com/a", "2026-11-30", "nothing was written"),
    ("ends", "same", "https://example.com/x:", "2026-11-30", "nothing was written: "),
    ("ends", "same", "https://example.com/\x1b[2J", "2026-11-30", "write the address of the page that you read"),
    ("ends", "same", "https://example.com/\udcff", "2026-11-30", "write the address of the page that you read"),
]


@pytest.mark.parametrize(("pointer", "found", "page", "seen", "told"), WRONG, ids=[row[4] for row in WRONG])
def test_what_does_not_fit_changes_nothing(record: Path, pointer: str, found: str, page: str, seen: str, told: str) -> None:
    shown = _run("--confirm", "test-phone", pointer, found, "--page", page, "--seen", seen, "-l", "en", code=2)

    assert told in shown
    assert record.read_text(encoding="utf-8") == RECORD
    assert "error in simforms" not in shown
    assert "first-year" in _run("test-phone", "--report"), "the record is read again as it was"


def test_outside_a_checkout_it_prints_what_to_send(record: Path) -> None:
    (record.parents[3] / "pyproject.toml").unlink()

    shown = _confirm("ends", "gone", "https://example.com/rules")

    assert "\nFound: gone, on https://example.com/rules, on 2026-11-30.\n" in shown
    assert record.read_text(encoding="utf-8") == RECORD


def test_a_report_names_fact_page_and_day_and_nothing_of_the_person(record: Path) -> None:
    shown = _run("test-phone", "--report", "fees.first-year")

    assert "fees.first-year: Ending in the first year costs 1,100 yen." in shown
    assert "  https://guide.example/fee (2026-06-06)" in shown
    assert "ends:" not in shown
    assert str(Path.home()) not in shown
    assert "\nends: The line ends" in _run("test-phone", "--report")
    assert "U+000A" not in shown
    assert record.exists()


@pytest.mark.parametrize("language", ["en", "zh-Hans", "zh-Hant", "ko", "vi", "ja", "ja-x-easy"])
def test_services_are_listed_by_kind_and_one_is_shown_with_its_pages(language: str) -> None:
    listed = CliRunner().invoke(main, ["services", "-l", language])
    shown = CliRunner().invoke(main, ["services", "LINE", "-l", language])

    assert listed.exit_code == shown.exit_code == 0
    assert all(slug in listed.stdout for slug in carriers.services())
    assert "[1] " in shown.stdout
    assert "https://news.mynavi.jp/" in shown.stdout


def test_a_service_that_is_not_there_is_said_to_be_so() -> None:
    result = CliRunner().invoke(main, ["services", "nowhere", "-l", "en"])

    assert (result.exit_code, result.stderr) == (2, "simforms: there is no service “nowhere”; see `simforms services`\n")


@pytest.mark.parametrize("body", ["language: en\n", "", "<!DOCTYPE html>\n<html lang='en'>mine"])
def test_the_page_to_work_through_replaces_only_an_earlier_one(body: str, record: Path) -> None:
    page, link = record.parent / "due.html", record.parent / "link.html"
    page.write_text(body, encoding="utf-8")
    link.symlink_to(page)
    for path in (page, link):
        assert "File exists" in _run("--due", "--html", str(path), "-l", "en", code=3)
    assert page.read_text(encoding="utf-8") == body
    assert link.is_symlink()

    page.unlink()
    for _ in range(2):
        assert _run("--due", "--html", str(page)) == f"{page}\n"


@pytest.mark.parametrize("folder", ["carriers", "desks", "services"])
def test_a_new_record_takes_the_name_of_no_other(folder: str, record: Path) -> None:
    taken = record.parent.parent / folder / "taken.yaml"
    taken.parent.mkdir(exist_ok=True)
    taken.write_text(RECORD, encoding="utf-8")

    assert f"{taken}: File exists" in _run("--new", "taken", "-l", "en", code=3)
    assert taken.read_text(encoding="utf-8") == RECORD
    assert _run("--new", "free") == f"{record.parent / 'free.yaml'}\n"


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (["--html", "x.html"], "`--html` can only be used with `--due`"),
        (["test-phone", "--page", "https://example.com"], "`--page` can only be used with `--confirm`"),
        (["--check", "--seen", "2026-11-30"], "`--seen` can only be used with `--confirm`"),
    ],
)
def test_an_option_that_would_do_nothing_is_told(options: list[str], told: str, record: Path) -> None:
    assert told in _run(*options, "-l", "en", code=2)
    assert record.exists()
