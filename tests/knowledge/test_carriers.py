"""The directory of carriers: every record in order, every kind of fault found with its file and line."""

from __future__ import annotations

import re
from dataclasses import fields
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner
from conftest import CHECKOUT

from simforms import clock
from simforms.cli import carrier_upkeep as directory
from simforms.cli.main import main
from simforms.errors import ContentError, UnknownNameError
from simforms.knowledge import carrier_checks, carriers, fact_kinds
from simforms.knowledge.carrier import GROUPS, KINDS, SERVICE_GROUPS, STATUS, WAYS
from simforms.knowledge.facts import AIMS, SCOPES, Fact

TODAY = date(2026, 11, 20)
REALLY_TODAY = clock.in_japan(datetime.now(UTC)).day
"""Records are gone through on real days."""
BRANDS = """
aeon-mobile ahamo airalo au au-prepaid b-mobile b-mobile-visitor biglobe-mobile biglobe-wimax broad-wimax docomo-home-5g
docomo-prepaid esim-globals genki-mobile globiz gmo-wimax gsmobile gtn-mobile hanabi-mobile hanacell-japan-sim hi-ho-sim
his-mobile holafly i-nextia iijmio irumo japan-travel-sim japan-welcome-sim japan-wifi-km japan-wireless japasim jcom-mobile
kashimo-wimax keikaku-japan laox libmo linemo linksmate mercari-mobile mineo mobal nihon-tsushin-sim nomad-esim ntt-docomo
ntt-prepaid-sim-for-japan nuro-mobile ocn-mobile-one povo-japan-sim povo2 qtmobile rakuten-mobile saily sakura-mobile
smiles-connect softbank softbank-air softbank-prepaid softbank-prepaid-travel speed-sim sunny-net sunrise-sim
traveltechlab-sim ubigi uq-mobile uq-wimax ymobile yu-mobile
""".split()

RECORD = """\
names: {ja: テスト電話, en: Test Phone}
aliases: テストフォン
status: active
group: brand
kinds: postpaid esim
domains: example.com
ways:
  end-line:
    online:
      available: yes
      text: On the web site.
      url: https://example.com/cancel
      opens: "09:00"
      closes: "20:00"
      outside: next-day
      needs: [sms]
      only: {card: [esim]}
      pages:
        - page: https://example.com/help
          day: 2026-06-06
    phone:
      available: unclear
      text: A call ends the line.
      desk: desk
      pages:
        - page: https://guide.example/call
      but:
        available: no
        text: You cannot cancel by phone.
        pages:
          - page: https://other.example/call
agents:
  family:
    available: yes
    text: A member of the family may go.
    pages:
      - page: https://example.com/help
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
    pages:
      - page: https://example.com/desk
        day: 2026-01-31
fees:
  first-year:
    text: Ending in the first year costs 1,100 yen.
    yen: 1100
    months: 12
    free: next-day
    pages:
      - page: https://example.com/fees
        day: 2026-06
ends:
  rule: month-end
  by: "25"
  text: A request by the 25th ends the line at the end of the month.
  pages:
    - page: https://example.com/rules
billing:
  closes: [10, 20, last]
  last: full
  stated_in: ends
first_days:
  regime: free
  counts: {paper: later, electronic: start}
  text: You may leave within eight days.
  pages:
    - page: https://guide.example/first
survives:
  course:
    yen: 220
    per: month
    text: The basic course goes on for 220 yen a month.
    terms: [{days: 30, of: end}]
    pages:
      - page: https://example.com/rules
refund: unknown
looked_up: 2026-11-20
"""


def _written(folder: Path, text: str, name: str = "test-phone") -> Path:
    path = folder / f"{name}.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def test_no_record_is_lost_and_no_slug_ever_changes() -> None:
    """A new record needs no line here; one of these that is gone would leave cases and manifests without their carrier."""
    assert set(BRANDS) <= set(carriers.carriers())


def test_every_brand_has_a_group_and_at_least_one_fact_that_may_be_told() -> None:
    for known in carriers.carriers().values():
        assert known.group, known.slug
        assert any(fact.printable for _, fact in known.facts()) or known.slug == "softbank-prepaid-travel", known.slug


def test_the_help_desks_are_there() -> None:
    assert {"tourist-hotline", "consumer-hotline", "telecom-desk"} <= set(carriers.desks())


def test_every_record_is_in_order() -> None:
    assert [str(one) for one in directory.wrong(REALLY_TODAY)] == []


def test_the_record_of_this_test_is_in_order(tmp_path: Path) -> None:
    _written(tmp_path, RECORD)

    assert carrier_checks.findings(carriers.carriers(tmp_path), TODAY) == []


SCHEMA_FAULTS = [
    ("dial:", "dail:", ":42: there is no key dail here; do you mean dial?"),
    ("ways:", "wais:", ":7: there is no key wais here; do you mean ways?"),
    ("    online:", "    onlin:", ":9: there is no key onlin here; do you mean online?"),
    ("end-line:", "end-lien:", ":8: there is no key end-lien here; do you mean end-line?"),
    ("    pages:\n      - page: https://example.com/desk\n        day: 2026-01-31\n", "", ":40: pages: every fact needs one"),
    ("        - page: https://example.com/help", "        - page: example.com/help", ":19: page: write the address of the page"),
    ("day: 2026-06-06", "day: June 2026", ":20: day: write it like 2026-06-06, or 2026-06, or 2026"),
    ("day: 2026-06-06", "day: 2026-06-31", ":20: day: write it like 2026-06-06"),
    ("day: 2026-06-06", "seen: June", ":20: seen: write it like 2026-06-06"),
    ("day: 2026-06-06", "copy: perhaps", ":20: copy: write one of yes"),
    ("day: 2026-06-06", "gone: perhaps", ":20: gone: write one of yes, changed"),
    ("day: 2026-06-06", "grade: official", ":20: there is no key grade here"),
    (
        "      pages:\n        - page: https://example.com/help\n          day: 2026-06-06",
        "      pages: https://example.com/help",
        ":18: pages: write a list",
    ),
    ("available: yes", "available: maybe", ":10: available: write one of yes, no, unclear, unknown"),
    ("outside: next-day", "outside: tomorrow", ":15: outside: write one of closed, opening, next-day, next-business-day"),
    ("needs: [sms]", "needs: [luck]", ":16: needs: write one of line, sms, account"),
    ("only: {card: [esim]}", "only: {cards: [esim]}", ":17: there is no key cards here; do you mean card?"),
    ("only: {card: [esim]}", "only: {card: [nano]}", ":17: card: “nano” is not one of sim, esim"),
    ("only: {card: [esim]}", "only: esim", ":17: only: write for whom, as {card: [esim]}"),
    ("only: {card: [esim]}", "within: {days: 7}", ":17: within: write it like {days: 7, of: start}"),
    ("only: {card: [esim]}", "within: {days: 7, of: birth}", ":17: of: write one of start, contract"),
    ("agents:\n  family:", "agents:\n  friend:", ":33: there is no key friend here"),
    ("reach: japan", "reach: moon", ":43: reach: write one of handset, japan, overseas"),
    ('opens: "10:00"', "opens: ten", ":45: opens: write it like 09:00"),
    ("yen: 1100", "yen: eleven hundred", ":54: yen: write it like 1100"),
    ("free: next-day", "free: later", ":56: free: write one of day, next-day"),
    ("rule: month-end", "rule: someday", "rule: write one of same-day"),
    ("last: full", "last: some", "last: write one of full, by-day, by-use"),
    ("stated_in: ends", "stated_in: end", "stated_in: there is no fact end with pages here"),
    ("stated_in: ends", "stated_in: ends\n  pages:\n    - page: https://example.com/rules", "keep one of the two"),
    ("regime: free", "regime: gratis", "regime: write one of free"),
    ("counts: {paper: later", "counts: {fax: later", "there is no key fax here; write one of electronic, paper"),
    ("counts: {paper: later", "counts: {paper: soon", "counts: write one of later, start, notice, contract"),
    ("per: month", "per: day", "per: write one of month, year"),
    ("terms: [{days: 30, of: end}]", "terms: [30]", "terms: write it like {days: 7, of: start}"),
    ("status: active", "status: alive", ":3: status: write of active"),
    ("looked_up: 2026-11-20", "looked_up: last week", "looked_up: write it like 2026-06-06"),
    ("group: brand", "group: shop", ":4: group: write of network"),
    ("kinds: postpaid", "kinds: pospaid", ":5: kinds: write of postpaid"),
    ("{ja: テスト電話, en: Test Phone}", "{en: Test Phone}", ":1: names: the Japanese name (ja) is missing"),
    ("status: active", "status: merged\nsee: nobody", "see: there is no carrier nobody"),
    ("refund: unknown", "refund: perhaps", "fields of a fact are missing here"),
    ("refund: unknown", "refund:\n  text: No.\n  withdrawn: old\n", "withdrawn: write why: and the pages that disprove it"),
    ("refund: unknown", "refund:\n  text: No.\n  withdrawn: {pages: []}\n", "withdrawn: why: is missing"),
    ("    yen: 1100", "    yen: 1100\n    yen: 2200", "the name appears twice"),
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
    ("future", "day: 2026-06-06", "day: 2027-06-06"),
    ("future", "day: 2026-06-06", "seen: 2027-06-06"),
    ("refused", "https://guide.example/first", "https://px-ep-airgsm.px-prod.airalo.com/first"),
    ("twice", "https://example.com/desk", "https://example.com/desk\n      - page: https://example.com/desk"),
    ("withdrawn", "    languages: en zh", "    languages: en zh\n    withdrawn: {why: It is wrong.}"),
    ("sentence", "On the web site.", "On the web site. " * 20),
    ("sentence", "On the web site.", "On https://example.com/cancel."),
    ("wording", "On the web site.", "On the web site"),
    ("empty", "      text: On the web site.\n", ""),
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
    ("way", "url: https://example.com/cancel", "url: example.com"),
    ("way", "available: yes", "available: no"),
    ("way", '      opens: "09:00"\n      closes: "20:00"\n', ""),
    ("way", "desk: desk", "desk: other"),
    ("answers", "available: unclear", "available: yes"),
    ("answers", "available: unclear\n", "available: unclear\n      requires: {state: [lost]}\n".replace("unclear", "yes")),
    ("answers", "        available: no\n        text: You cannot cancel", "        text: You cannot cancel"),
    ("ends", 'by: "25"', 'by: "45"'),
    ("ends", "rule: month-end", "rule: same-day"),
    ("ends", 'rule: month-end\n  by: "25"', "rule: expiry"),
    ("ends", '  by: "25"', "  terms: [{days: 30, of: start}]"),
    ("ends", 'by: "25"', 'at: "17:59"'),
    ("ends", 'rule: month-end\n  by: "25"', "rule: renewal\n  by: last"),
    ("billing", "closes: [10, 20, last]", "closes: [31]"),
    ("billing", "last: full", "last: full\n  lag_day: 10"),
    ("fee", "yen: 1100", "yen: 990"),
    ("fee", "yen: 1100\n    months: 12", "yen: 1100"),
    ("fee", "    yen: 1100", "    yen: 1100\n    since: 2026-02-01\n    until: 2026-01-01"),
    ("fee", "    per: month\n", ""),
    (
        "never",
        "    languages: en zh",
        "    languages: en zh\n    withdrawn: {why: Replaced., pages: [{page: https://example.com/new}]}",
    ),
    ("about", "status: active", "status: closed"),
    ("no-name", "en: Test Phone", 'en: ""'),
    (
        "address",
        "refund: unknown",
        "return_address:\n  name: テスト\n  postal_code: 143-0006\n  address: 3-6-1 Heiwajima, Tokyo\n  text: Send it there.\n"
        "  pages:\n    - page: https://example.com/return",
    ),
    ("looked-up", "looked_up: 2026-11-20\n", ""),
    ("looked-up", "looked_up: 2026-11-20", "looked_up: 2026-11-21"),
    ("looked-up", "looked_up: 2026-11-20", "looked_up: 2026-06-05"),
    ("untyped", "On the web site.", "On the web site, from 9:30."),
    ("untyped", "On the web site.", "On the web site, within two weeks."),
    ("untyped", "On the web site.", "On the web site, 2 to 3 months before the end."),
    ("untyped", "by the 25th", "by the 24th"),
    ("untyped", "You cannot cancel by", "From the 5th on, you cannot cancel by"),
    ("untyped", "costs 1,100 yen", "costs 1,100 yen from 1 June 2026 on"),
    ("untyped", "      text: On the web site.", "      text: On the web site.\n      untyped: There is none."),
    ("ends", '  by: "25"', '  by: "25"\n  february: "30"'),
]


@pytest.mark.parametrize(
    ("check", "old", "new"), CONTENT_FAULTS, ids=[f"{row[0]}-{number}" for number, row in enumerate(CONTENT_FAULTS)]
)
def test_a_fault_of_content_is_found_with_its_place(tmp_path: Path, check: str, old: str, new: str) -> None:
    text = RECORD.replace("On the web site.", "Call 03-5449-0906.") if check == "never" else RECORD
    assert old in text
    path = _written(tmp_path, text.replace(old, new, 1))

    found = carrier_checks.findings(carriers.carriers(tmp_path), TODAY)

    assert check in {one.id for one in found}, found
    assert all(str(path) in one.location and one.suggestion for one in found)


TYPED = [
    ("On the web site.", "On the web site, from 9:00 to 20:00."),
    ("On the web site.", "On the web site, by the 25th, from the 26th on a month later."),
    ("On the web site.", "On the web site, within 30 days."),
    ("On the web site.", "On the web site. The 8-day exit has its own page."),
    ("costs 1,100 yen", "costs one month's fee, 1,100 yen"),
    ("On the web site.\n", "On the web site, in about three weeks.\n      untyped: About; no day follows.\n"),
]


@pytest.mark.parametrize(("old", "new"), TYPED)
def test_a_time_in_a_sentence_that_a_key_types_is_in_order(tmp_path: Path, old: str, new: str) -> None:
    assert old in RECORD
    _written(tmp_path, RECORD.replace(old, new, 1))

    assert carrier_checks.findings(carriers.carriers(tmp_path), TODAY) == []


def test_two_records_do_not_share_a_name(tmp_path: Path) -> None:
    _written(tmp_path, RECORD)
    _written(tmp_path, RECORD, "other-phone")

    assert {one.id for one in carrier_checks.findings(carriers.carriers(tmp_path), TODAY)} == {"same-name"}


def test_the_page_on_records_has_an_example_that_is_in_order_and_names_every_key(tmp_path: Path) -> None:
    page = (CHECKOUT / "docs" / "records.md").read_text(encoding="utf-8")
    _written(tmp_path, page.split("```yaml\n")[1].split("```")[0])
    kinds = [kind for kind in vars(fact_kinds).values() if isinstance(kind, type) and issubclass(kind, Fact)]
    keys = {field.name for kind in kinds for field in fields(kind)} - {"location", "channel", "aim", "ways"}
    words = set(re.findall(r"[a-z_]+", page))

    assert carrier_checks.findings(carriers.carriers(tmp_path), TODAY) == []
    assert keys - words == set()
    assert {*SCOPES, *AIMS, *WAYS, *GROUPS, *SERVICE_GROUPS, *KINDS, *STATUS} - set(re.findall(r"[a-z-]+", page)) == set()


def test_two_sources_that_disagree_are_both_shown() -> None:
    shown = CliRunner().invoke(main, ["carriers", "ntt-docomo", "-l", "en"]).stdout

    assert "\n  Another source says: " in shown


def test_what_is_not_known_is_said_to_be_not_known() -> None:
    assert "not known; ask" in CliRunner().invoke(main, ["carriers", "softbank", "-l", "en"]).stdout


def test_a_number_that_is_withdrawn_is_shown_nowhere() -> None:
    for slug, known in carriers.carriers().items():
        shown = CliRunner().invoke(main, ["carriers", slug, "-l", "en"]).stdout
        for phone in known.phones.values():
            if not phone.printable:
                assert phone.dial not in shown, slug


def test_check_tells_that_all_is_in_order(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: clock.Now(REALLY_TODAY))

    assert CliRunner().invoke(main, ["carriers", "--check"]).stdout == "every record is correct\n"


def test_a_new_record_is_one_file_that_can_be_read(tmp_path: Path) -> None:
    path = directory.new_record("new-mobile", tmp_path)
    path.write_text(
        path.read_text(encoding="utf-8")
        .replace("  ja:\n", "  ja: 新電話\n")
        .replace("text:\n", "text: Not known.\n")
        .replace("- page: https://\n", "- page: https://example.com/\n"),
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
