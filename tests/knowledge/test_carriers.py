"""The directory of carriers: every record in order, every kind of fault found with its file and line."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner

from simforms.cli import carrier_listing as directory
from simforms.cli.main import main
from simforms.errors import ContentError, UnknownNameError
from simforms.knowledge import carrier_checks as directory_checks
from simforms.knowledge import carriers

TODAY = date(2026, 11, 20)
BRANDS = """
ntt-docomo ahamo docomo-prepaid japan-welcome-sim au uq-mobile povo2 povo-japan-sim au-prepaid softbank ymobile linemo
softbank-prepaid softbank-prepaid-travel rakuten-mobile iijmio japan-travel-sim mineo b-mobile b-mobile-visitor mobal
sakura-mobile gtn-mobile ntt-prepaid-sim-for-japan ocn-mobile-one his-mobile nuro-mobile laox ubigi airalo
""".split()

RECORD = """\
names: {ja: テスト電話, en: Test Phone}
aliases: テストフォン
status: active
kinds: postpaid esim
channels:
  online:
    available: yes
    text: On the web site.
    url: https://example.com/cancel
    opens: "09:00"
    closes: "20:00"
    source: https://example.com/help
    source_kind: official
    seen: 2026-06-06
    print: ok
phones:
  desk:
    text: Customer desk
    number: "+81354490906"
    dial: 03-5449-0906
    reach: japan
    purpose: general
    opens: "10:00"
    closes: "16:00"
    languages: en zh
    source: https://example.com/desk
    source_kind: official
    seen: 2026-01-31
    print: ok
fees:
  first-year:
    text: Ending in the first year costs 1,100 yen.
    yen: 1100
    months: 12
    source: https://example.com/fees
    source_kind: official
    seen: 2026-06-06
    print: ok
effective:
  rule: month-end
  by_day: 25
  text: A request by the 25th ends the line at the end of the month.
  source: https://example.com/rules
  source_kind: official
  seen: 2026-06-06
  print: ok
first_days:
  regime: free
  ways: online post
  counts_from: start
  text: You may leave within eight days.
  source: https://example.com/first
  source_kind: secondary
  seen: 2026-06-06
  print: ok
refund: unknown
"""


def _written(folder: Path, text: str, name: str = "test-phone") -> Path:
    path = folder / f"{name}.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def test_every_brand_has_its_record_under_its_own_slug() -> None:
    assert set(carriers.carriers()) == set(BRANDS)


def test_the_help_desks_are_there() -> None:
    assert {"tourist-hotline", "consumer-hotline", "telecom-desk"} <= set(carriers.desks())


def test_every_record_is_in_order() -> None:
    assert [str(one) for one in directory.wrong(TODAY)] == []


def test_the_record_of_this_test_is_in_order(tmp_path: Path) -> None:
    _written(tmp_path, RECORD)

    assert directory_checks.findings(carriers.carriers(tmp_path), TODAY) == []


SCHEMA_FAULTS = [
    ("dial:", "dail:", ":20: there is no key dail here; do you mean dial?"),
    ("channels:", "chanels:", ":5: there is no key chanels here; do you mean channels?"),
    ("  online:", "  onlin:", ":6: there is no key onlin here; do you mean online?"),
    ("    source: https://example.com/help\n", "", "source: every fact needs it"),
    ("    source_kind: official\n    seen: 2026-01-31", "    seen: 2026-01-31", "source_kind: every fact needs it"),
    ("https://example.com/help", "example.com/help", ":12: source: write the address of the page"),
    (
        "    seen: 2026-06-06\n    print: ok\nphones",
        "    seen: June 2026\n    print: ok\nphones",
        ":14: seen: write it like 2026-06-06",
    ),
    (
        "    seen: 2026-06-06\n    print: ok\nphones",
        "    seen: 2026-06-31\n    print: ok\nphones",
        ":14: seen: write it like 2026-06-06",
    ),
    ("    print: ok\nphones", "    print: perhaps\nphones", ":15: print: write one of ok, warn, never"),
    ("available: yes", "available: maybe", ":7: available: write one of yes, no, unknown"),
    ("reach: japan", "reach: moon", ":21: reach: write one of handset, japan, overseas"),
    ('opens: "10:00"', "opens: ten", ":23: opens: write it like 09:00"),
    ("yen: 1100", "yen: eleven hundred", "yen: write it like 1100"),
    ("rule: month-end", "rule: someday", "rule: write one of same-day"),
    ("regime: free", "regime: gratis", "regime: write one of free"),
    ("status: active", "status: alive", ":3: status: write of active"),
    ("kinds: postpaid", "kinds: pospaid", ":4: kinds: write of postpaid"),
    ("{ja: テスト電話, en: Test Phone}", "{en: Test Phone}", ":1: names: the Japanese name (ja) is missing"),
    ("status: active", "status: merged\nsee: nobody", "see: there is no carrier nobody"),
    ("refund: unknown", "refund: perhaps", "fields of a fact are missing here"),
    ("    yen: 1100", "    yen: 1100\n    yen: 2200", "the name stands twice"),
    ("names:", "names", "it is not valid YAML"),
]


@pytest.mark.parametrize(("old", "new", "told"), SCHEMA_FAULTS, ids=[row[1][:20].strip() or "nothing" for row in SCHEMA_FAULTS])
def test_a_fault_of_form_is_an_error_at_once(tmp_path: Path, old: str, new: str, told: str) -> None:
    assert old in RECORD
    path = _written(tmp_path, RECORD.replace(old, new, 1))

    with pytest.raises(Exception) as caught:  # noqa: PT011 - a record is read as a case is: either kind tells file and line
        carriers.carriers(tmp_path)

    assert str(path) in str(caught.value)
    assert told in str(caught.value)


CONTENT_FAULTS = [
    ("future", "seen: 2026-06-06", "seen: 2027-06-06"),
    ("sentence", "On the web site.", "On the web site. " * 20),
    ("sentence", "On the web site.", "On https://example.com/cancel."),
    ("wording", "On the web site.", "On the web site"),
    ("empty", "    text: On the web site.\n", ""),
    ("phone-number", '"+81354490906"', '"+8135449"'),
    ("phone-number", '"+81354490906"', '"desk"'),
    ("dialled", "03-5449-0906", "03-5449-0907"),
    (
        "reach",
        '    number: "+81354490906"\n    dial: 03-5449-0906\n    reach: japan',
        '    number: "157"\n    dial: "157"\n    reach: overseas',
    ),
    ("hours", '    closes: "16:00"\n', ""),
    ("hours", '"16:00"', '"09:00"'),
    ("hours", '    opens: "10:00"', '    always: yes\n    opens: "10:00"'),
    ("language", "languages: en zh", "languages: english"),
    ("channel", "url: https://example.com/cancel", "url: example.com"),
    ("channel", "available: yes", "available: no"),
    ("effective", "by_day: 25", "by_day: 45"),
    ("effective", "rule: month-end", "rule: same-day"),
    ("effective", "  by_day: 25", "  days: 30"),
    ("fee", "yen: 1100", "yen: 990"),
    ("first-days", "ways: online post", "ways: online pigeon"),
    (
        "never",
        "source_kind: official\n    seen: 2026-01-31\n    print: ok",
        "source_kind: official\n    seen: 2026-01-31\n    print: never",
    ),
    ("about", "status: active", "status: closed"),
]


@pytest.mark.parametrize(
    ("check", "old", "new"), CONTENT_FAULTS, ids=[f"{row[0]}-{number}" for number, row in enumerate(CONTENT_FAULTS)]
)
def test_a_fault_of_content_is_found_with_its_place(tmp_path: Path, check: str, old: str, new: str) -> None:
    text = RECORD.replace("On the web site.", "Call 03-5449-0906.") if check == "never" else RECORD
    assert old in text
    path = _written(tmp_path, text.replace(old, new, 1))

    found = directory_checks.findings(carriers.carriers(tmp_path), TODAY)

    assert check in {one.id for one in found}, found
    assert all(str(path) in one.place and one.suggestion for one in found)


def test_two_records_do_not_share_a_name(tmp_path: Path) -> None:
    _written(tmp_path, RECORD)
    _written(tmp_path, RECORD, "other-phone")

    assert {one.id for one in directory_checks.findings(carriers.carriers(tmp_path), TODAY)} == {"same-name"}


def test_two_sources_that_disagree_are_both_shown() -> None:
    shown = CliRunner().invoke(main, ["carriers", "ntt-docomo", "-l", "en"]).stdout

    assert "\n  Another source says: " in shown


def test_what_is_not_known_is_said_to_be_not_known() -> None:
    assert "not known; ask" in CliRunner().invoke(main, ["carriers", "softbank", "-l", "en"]).stdout


def test_a_number_marked_never_is_shown_nowhere() -> None:
    for slug, known in carriers.carriers().items():
        shown = CliRunner().invoke(main, ["carriers", slug, "-l", "en"]).stdout
        for phone in known.phones.values():
            if not phone.printable:
                assert phone.dial not in shown, slug


def test_what_to_look_up_again_starts_with_the_oldest() -> None:
    shown = CliRunner().invoke(main, ["carriers", "--stale"]).stdout.splitlines()
    dates = [line.split()[0] for line in shown if not line.startswith("undated")]

    assert shown[0].startswith("undated")
    assert dates == sorted(dates)


def test_check_tells_that_all_is_in_order() -> None:
    assert CliRunner().invoke(main, ["carriers", "--check"]).stdout == "every record is in order\n"


def test_a_new_record_is_one_file_that_can_be_read(tmp_path: Path) -> None:
    path = directory.new_record("new-mobile", tmp_path)
    path.write_text(
        path.read_text(encoding="utf-8")
        .replace("  ja:\n", "  ja: 新電話\n")
        .replace("    text:\n    source: https://\n", "    text: Not known.\n    source: https://example.com/\n"),
        encoding="utf-8",
    )

    assert carriers.carriers(tmp_path)["new-mobile"].name("ja") == "新電話"


def test_a_slug_must_be_a_plain_file_name(tmp_path: Path) -> None:
    with pytest.raises(UnknownNameError):
        directory.new_record("../x", tmp_path)


def test_laox_is_explained_as_a_shop() -> None:
    laox = carriers.carriers()["laox"]

    assert laox.status == "retailer"
    assert laox.about


@pytest.mark.parametrize("slug", ["docomo-prepaid", "au-prepaid", "ocn-mobile-one"])
def test_a_closed_or_merged_brand_keeps_its_file_and_points_on(slug: str) -> None:
    known = carriers.carriers()[slug]

    assert known.status in {"closed", "merged"}
    assert known.about
    assert known.see in carriers.carriers()


@pytest.mark.parametrize(
    "spelling", ["ドコモ", "软银", "Soft Bank", "エーユー", "ｓｏｆｔｂａｎｋ", "NTTドコモ", "UQモバイル", "楽天モバイル"]
)
def test_a_carrier_is_found_in_another_spelling(spelling: str) -> None:
    assert carriers.find(spelling)


def test_a_record_that_cannot_be_read_is_never_skipped(tmp_path: Path) -> None:
    _written(tmp_path, RECORD)
    _written(tmp_path, "names: {ja: x}\nphones:\n  a:\n    text: x\n", "broken")

    with pytest.raises(ContentError, match=r"broken\.yaml"):
        carriers.carriers(tmp_path)
