"""Nobody needs to write YAML: what is asked, what is not, and that wizard, file and flags are the same."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from any_text import odd
from click.testing import CliRunner, Result
from conftest import TODAY
from hostile_texts import DOUBTFUL, PRINTED, REFUSED
from hypothesis import given
from terminal import Terminal
from wcwidth import wcswidth

from simforms.cases.answers import flatten, override
from simforms.cases.yaml_writer import case_yaml
from simforms.cli.main import main
from simforms.cli.wizard.dialogue import Dialogue, StoppedError
from simforms.cli.wizard.screen import Screen
from simforms.cli.wizard.session import dialogue_language
from simforms.errors import CommandLineError, Location
from simforms.interview.answers import Answers
from simforms.interview.conversation import Conversation
from simforms.interview.drafts import Drafts
from simforms.interview.interpret import interpret
from simforms.interview.matching import matching_options
from simforms.interview.next_question import next_question
from simforms.interview.question import field_question
from simforms.interview.review import review
from simforms.knowledge import age, banks, carriers
from simforms.knowledge.content import content, read_toml
from simforms.knowledge.question_file import PAPERS
from simforms.knowledge.vocabulary import vocabulary
from simforms.load import load
from simforms.planning.plan import Plan, plan
from simforms.texts import EMPTY, Section

Case = Callable[..., Path]
SHOP = ("软银", "", "1", "", "", "2", "1 3")
"""Up to the papers: SoftBank, the line is to end, leaving Japan some day, no accounts, in a shop, only the counter card."""


def _run(*arguments: object) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


def _printed(folder: Path, *arguments: object) -> bytes:
    result = _run("render", *arguments, "-d", "counter-card", "-o", folder)
    assert result.exit_code == 0, result.output
    return Path(result.stdout.splitlines()[0]).read_bytes()


def test_wizard_file_and_flags_print_the_same_bytes(tmp_path: Path) -> None:
    by_lines, by_menus, by_flags, by_hand = (tmp_path / f"{name}.yaml" for name in ("lines", "menus", "flags", "hand"))
    for path, more in ((by_lines, ["--plain"]), (by_menus, [])):
        own = ["--set", "reference=SF-ABCD-EFGH"]  # else it would be another one each time
        assert Terminal(path, *more, *own).answer(*SHOP, "0９0-1234-5678", "quit").end() == 0
    by_hand.write_text(
        "{reference: SF-ABCD-EFGH, carrier: softbank, line: {number: '0９0-1234-5678'},\n"
        " cancellation: {channel: shop, reason: leaving-japan},\n"
        " person: {place: japan}, language: zh-Hans}",
        encoding="utf-8",
    )
    flags = [part for name, text in flatten(load(by_hand)[0]).items() for part in ("--set", f"{name}={text}")]
    assert _run("new", by_flags, *flags, "-d", "counter-card").exit_code == 0

    assert by_lines.read_bytes() == by_menus.read_bytes() == by_flags.read_bytes()
    papers = [_printed(tmp_path / path.stem, path) for path in (by_lines, by_flags, by_hand)]
    assert len({*papers, _printed(tmp_path / "none", *flags)}) == 1


def test_from_nothing_to_the_first_paper_in_chinese_and_the_way_comes_first(tmp_path: Path) -> None:
    path = tmp_path / "case.yaml"
    data = ("WANG XIAOMING", "1999-04-01", "東京都新宿区高田馬場1-2-3", "080-1234-5678", "090-1234-5678", "2")
    session = Terminal(path).answer("软银", "", "2", "2", "", *data, "")
    assert session.end() == 0
    shown = session.plainly()

    assert (session.questions, session.keys) == (12, 81)
    papers = sorted(one.name.split("-", 3)[3] for one in tmp_path.glob("*.pdf"))
    assert papers == ["cancellation-request-zh-Hans.pdf", "counter-card-zh-Hans.pdf"]
    assert shown.index("电话：不可行") < shown.index("姓名")
    assert not re.search(r"[A-Za-z]{3,} [a-z]{3,} [a-z]{3,}", shown.replace(str(tmp_path), "")), "no English sentence"
    assert path.stat().st_mode & 0o777 == 0o600


REFUND = (
    "au",
    "4",
    "2",
    "LI NA",
    "東京都",
    "080-1234-5678",
    "090-1234-5678",
    "1",
    "みずほ",
    "1",
    "高田",
    "1",
    "1",
    "0123456",
    "リ ナ",
    "quit",
)


@pytest.mark.parametrize(
    ("typed", "questions", "keys", "told", "option", "environment"),
    [
        (("ahamo", "", "2", "", "quit"), 5, 15, "营业厅：不可行", "--plain", {}),
        (("b-mobile-visitor", ""), 2, 18, "自动终止", "", {"NO_COLOR": "1"}),
        (REFUND, 16, 77, "退款申请书", "", {"TERM": "dumb"}),
    ],
    ids=["online-only", "prepaid", "refund"],
)
def test_no_more_is_asked_than_the_way_and_its_papers_need(
    typed: tuple[str, ...], questions: int, keys: int, told: str, option: str, environment: dict[str, str], tmp_path: Path
) -> None:
    session = Terminal(tmp_path / "case.yaml", *filter(None, [option]), **environment).answer(*typed)

    assert session.end() == 0
    assert (session.questions, session.keys) == (questions, keys)
    assert told in re.sub(r"\r?\n→?\s+", "", session.shown), "whatever line it is broken over"
    assert "请核对" in session.shown
    assert "\x1b" not in session.shown, "line by line, nothing moves on the screen"
    assert session.shown.count("0123456") <= 1 + session.shown.count("例：0123456"), "an account number is not repeated"


def test_one_can_go_back_skip_ask_why_stop_and_go_on(tmp_path: Path) -> None:
    path = tmp_path / "case.yaml"
    first = Terminal(path, "--plain").answer(*SHOP[:-1], "<", "<", "<", "2027-03-31", "", "2", "？", "2 3")
    first.child.sendeof()
    assert first.end() == 0
    kept = path.read_text(encoding="utf-8")
    second = Terminal(path, "--plain", "--set", "line.card=esim").answer("", "WANG", "退", "quit")
    assert second.end() == 0

    assert "departure_date: 2027-03-31" in kept
    assert "继续填写：simforms new" in first.shown
    assert "每页" not in kept
    assert "移动运营商\r\n" not in second.shown, "what was answered is not asked again"
    assert "出生日期" in second.shown
    assert "= 1999" not in second.shown
    assert "✗ " in second.shown, "a wrong date is told at once"
    assert "name: WANG  # 姓名" in path.read_text(encoding="utf-8")


def test_a_file_with_mistakes_is_corrected_and_nothing_in_it_is_lost(tmp_path: Path) -> None:
    path = tmp_path / "case.yaml"
    path.write_text(
        "# mine\nlanguage: zh-Hans\ncarrier: softbank\nperson: {birth_date: 1999-02-30, email: w@example.com}\n"
        "log:\n  - {date: 2026-11-01, what: call}\n",
        encoding="utf-8",
    )
    session = Terminal(path, "--plain").answer("1999-02-28", "quit")

    assert session.end() == 0
    assert f"{path}:4: person.birth_date: 日期不存在" in session.shown
    assert path.read_text(encoding="utf-8").startswith("# mine\n")
    kept = flatten(load(path)[0])
    assert re.fullmatch(r"SF-\w{4}-\w{4}", kept.pop("reference")), "it gets one"
    assert kept == {
        "language": "zh-Hans",
        "carrier": "softbank",
        "person.birth_date": "1999-02-28",
        "person.email": "w@example.com",
        "log[1].date": "2026-11-01",
        "log[1].what": "call",
    }


def test_what_an_editor_saved_meanwhile_is_not_written_over(tmp_path: Path) -> None:
    path = tmp_path / "case.yaml"
    session = Terminal(path, "--plain").answer("软银", "")
    session._wait(r"\n> ")
    body = path.read_text(encoding="utf-8") + "person: {name: WANG XIAOMING}\n"
    path.write_text(body, encoding="utf-8")
    session.child.send("1\n")

    assert session.end() == CommandLineError.exit_code
    assert f"{path}在此期间被其他程序改动过；请再次运行同一命令" in session.shown
    assert path.read_text(encoding="utf-8") == body
    again = Terminal(path, "--plain").answer("1", "quit")
    assert again.end() == 0
    assert "name: WANG XIAOMING" in path.read_text(encoding="utf-8")


def test_a_secret_is_refused_and_kept_nowhere(tmp_path: Path) -> None:
    path = tmp_path / "case.yaml"
    session = Terminal(path).answer("软银", "", "2", "2", "1", "6214 9832 0257", "LI NA", "quit")
    assert session.end() == 0
    after = session.plainly().partition("个人编号")[2]

    assert after
    assert "6214" not in after
    assert "6214" not in path.read_text(encoding="utf-8")
    assert "LI NA" in path.read_text(encoding="utf-8")


def test_the_language_is_asked_where_the_locale_names_none(tmp_path: Path) -> None:
    session = Terminal(tmp_path / "case.yaml", "--plain", locale="C.UTF-8").answer("zh-tw", "quit")

    assert session.end() == 0
    assert "简体中文" in session.shown
    assert "直接按Enter" in session.shown


@pytest.mark.parametrize(
    ("locale", "known"), [("C.UTF-8", ""), ("en_GB.UTF-8", "en"), ("ko_KR.UTF-8", "ko"), ("zh_TW", "zh-Hant")]
)
def test_the_locale_decides_the_language_where_it_names_one(locale: str, known: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", locale)
    monkeypatch.setenv("LANG", "C")

    assert dialogue_language("") == known


# Without a terminal.


@pytest.mark.parametrize("entry", ["person[1].name=x", "person=x", "person[1].name=\ufeff"])
def test_what_is_no_field_is_named_with_what_else_is_wrong(tmp_path: Path, entry: str) -> None:
    result = CliRunner().invoke(main, ["new", str(tmp_path / "x.yaml"), "--set", entry])

    assert result.exit_code == 1
    assert result.stderr.splitlines()[0] == "carrier: this field has no value: every paper needs it; write a value, e.g. softbank"
    assert result.stderr.splitlines()[1].startswith("--set: person: ")


def test_without_a_terminal_one_sentence_names_what_is_missing(tmp_path: Path) -> None:
    result = _run("new", tmp_path / "case.yaml", "-l", "en", "-d", "counter-card", "--set", "carrier=au")

    assert (result.exit_code, result.stdout, result.stderr.count("\n")) == (1, "", 1)
    assert "missing: line.number (Mobile phone number); " in result.stderr
    assert not (tmp_path / "case.yaml").exists()


def test_a_flag_goes_before_the_file_and_the_file_before_the_default(case: Case) -> None:
    path = case(("channel: post", "channel: post}\nrefund: {ground: deposit, wish: give-up"))
    assert plan_of(path).values["refund.wish"].parsed == "give-up"
    assert plan_of(path, ("refund.wish", "")).values["refund.wish"].parsed == "refund"
    assert plan_of(path, ("refund.wish", "refund")).values["refund.wish"].location == Location("--set")
    assert plan_of(path, ("line.card", "sim")).values["line.card"].parsed == "sim"


def plan_of(path: Path, *flags: tuple[str, str]) -> Plan:
    return plan(content(), override(load(path)[0], flags), TODAY, needs_papers=False)


@pytest.mark.parametrize("command", ["check", "plan", "render"])
def test_what_is_wrong_in_a_flag_is_told_as_in_a_file(command: str, case: Case) -> None:
    result = _run(command, case(), "--set", "person.birth_date=1999-02-30", "--set", "line.cart=sim", "-l", "en")

    assert result.exit_code == 1
    assert "--set: person.birth_date: there is no such date" in result.stderr
    assert "--set: line.cart: there is no such field; did you mean line.card?" in result.stderr


def test_a_private_value_on_the_command_line_is_noted(case: Case) -> None:
    result = _run("check", case(), "--set", "person.passport=E12345678", "-l", "en")

    assert "--set: person.passport: note: other users of this computer can see a command line" in result.stderr
    assert "E12345678" not in result.output


def test_a_flag_without_a_value_is_a_wrong_command_line(case: Case) -> None:
    assert _run("check", case(), "--set", "line.card").exit_code == 2


# The parts that ask nothing.


@pytest.mark.parametrize(
    "typed", ["软银", "軟銀", "소프트뱅크", "ソフトバンク", "そふとばんく", "ｿﾌﾄﾊﾞﾝｸ", "softbank", "ＳｏｆｔＢａｎｋ", "SBM"]
)
def test_a_carrier_is_found_by_any_spelling(typed: str) -> None:
    found = matching_options(content(), Answers(), field_question(content(), "carrier"), typed, "en")

    assert [option.key for option in found] == ["softbank"]


def test_a_part_of_a_name_lists_what_it_can_mean_and_an_unknown_carrier_is_taken_as_typed() -> None:
    asked, answers, drafts = field_question(content(), "carrier"), Answers({"language": "en"}), Drafts(content(), TODAY)

    assert {"softbank", "softbank-prepaid"} <= {one.key for one in interpret(drafts, answers, asked, "soft", "en").options}
    assert [one.key for one in interpret(drafts, answers, asked, "softbnak", "en").options] == ["softbank", "softbnak"]
    unknown = interpret(drafts, answers, asked, "とある電話会社", "en")
    assert unknown.answers.texts["carrier"] == "とある電話会社"
    assert [problem.severity for problem in unknown.problems] == ["warning"]


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("三菱UFJ", "0005"),
        ("0005", "0005"),
        ("みずほ", "0001"),
        ("rakuten", "0036"),
        ("ミツビシユーエフジェイ", "0005"),
        ("ゆうちょ", "9900"),
    ],
)
def test_a_bank_is_found_by_a_part_of_its_name_kana_romaji_or_code(typed: str, code: str) -> None:
    assert banks.matching(typed)[0].code == code


@pytest.mark.parametrize("typed", ["高田馬場", "takadanobaba", "たかだのばば", "タカダノババ", "053", "高田"])
def test_a_branch_is_found_by_a_part_of_its_name_kana_romaji_or_code(typed: str) -> None:
    assert banks.matching(typed, banks.bank("0005"))[0].code == "053"


def test_the_full_name_of_every_bank_is_found_again() -> None:
    for of in banks.matching("", most=2000)[::25]:
        found = banks.bank(banks.full_name(of))
        assert found
        assert found.code == of.code


AWKWARD = [*(text for text in REFUSED.values() if text != "\ud800"), *PRINTED.values(), *(text for text, _ in DOUBTFUL.values())]
AWKWARD += [
    "a #b",
    "a: b",
    "- a",
    "'a",
    '"',
    "\\",
    "null",
    "~",
    "0123456",
    "1e3",
    "yes",
    "!x",
    "&x",
    "*x",
    "{a}",
    "[a]",
    "%",
    "|",
    ">",
    "？",
    "a\nb",
]


@pytest.mark.parametrize("text", AWKWARD, ids=range(len(AWKWARD)))
def test_a_written_case_reads_back_exactly(text: str, tmp_path: Path) -> None:
    _reads_back(text, tmp_path)


@given(text=odd.filter(str.strip))
def test_any_text_in_a_written_case_reads_back_exactly(text: str, tmp_path: Path) -> None:
    _reads_back(text, tmp_path)


def _reads_back(text: str, folder: Path) -> None:
    said = {"language": "zh-Hans", "person.address": text, "log[1].note": text, "log[2].who": text, "log[2].note": "x"}
    (folder / "case.yaml").write_text(case_yaml(content(), "zh-Hans", said), encoding="utf-8", newline="")
    case, problems = load(folder / "case.yaml")

    assert not problems
    assert dict(_texts(case)) == said


def _texts(case: Section) -> Iterator[tuple[str, str]]:
    return ((re.sub(r"\.(\d+)\.", r"[\1].", name), text.text) for name, text in case.leaves())


@pytest.mark.parametrize("language", ["zh-Hans", "en", "ja-x-easy"])
def test_what_was_understood_stands_in_aligned_columns_and_numbers_are_masked(language: str) -> None:
    said = {"language": language, "carrier": "softbank", "person.name": "WANG", "person.passport": "E12345678"}
    drafts, answers = Drafts(content(), TODAY), Answers(said)
    lines = list(Screen(drafts, language, drawn=False).review(review(drafts, answers, language), answers))
    rows = lines[2:6]

    assert len({wcswidth(row[: row.rindex("  ")]) for row in rows}) == 1
    assert rows[3].endswith("  …78")
    assert "E1234" not in "".join(lines)


@pytest.mark.parametrize("carrier", ["softbank", "povo2", "b-mobile-visitor", "mobal", "laox", "no such company"])
def test_whatever_it_is_about_the_answers_are_enough_for_the_papers(carrier: str) -> None:
    """Every question is answered with its first option or its example; then nothing is missing and nothing was asked twice."""
    drafts = Drafts(content(), TODAY)
    for matter in range(8 if carrier == "softbank" else 2):
        answers, asked = Answers({"language": "en", "carrier": carrier}), []
        while question := next_question(drafts, answers):
            typed = question.example or ("" if question.name == PAPERS else "1")
            if question.name == "matter":
                typed = str(min(matter, len(question.options) - 1) + 1)
            found = interpret(drafts, answers, question, typed, "en")
            assert found.accepted, (question.name, typed, [str(problem) for problem in found.problems])
            asked.append(question.name)
            answers = found.answers
        assert len(asked) == len(set(asked)) <= 17, asked
        plan(content(), override(EMPTY, answers.texts.items()), TODAY, wanted=answers.wanted or ())


def test_two_ways_with_the_same_papers_are_no_question() -> None:
    said, drafts = {"language": "en", "person.place": "japan"}, Drafts(content(), TODAY)
    asked = {one: next_question(drafts, Answers({**said, "carrier": one})) for one in ("rakuten-mobile", "softbank")}

    assert {one: question and question.name for one, question in asked.items()} == {
        "rakuten-mobile": PAPERS,
        "softbank": "cancellation.channel",
    }


def test_going_back_takes_back_all_that_an_answer_has_settled() -> None:
    typed = iter(["softbank", "", "1", "", "<", "<", "2", "quit"])
    screen = Screen(Drafts(content(), TODAY), "en", drawn=False)
    dialogue = Dialogue(screen, lambda _: next(typed), lambda _: None, Conversation(Answers({"language": "en"})))

    with pytest.raises(StoppedError):
        dialogue.run()
    assert dialogue.answers.texts == {"language": "en", "carrier": "softbank", "person.place": "japan"}


@pytest.mark.parametrize(("days", "told"), [(180, False), (181, True)])
def test_an_old_directory_is_named_on_the_first_screen(days: int, told: bool, capsys: pytest.CaptureFixture[str]) -> None:
    screen = Screen(Drafts(content(), age.looked_up() + timedelta(days=days)), "en", drawn=False)

    with pytest.raises(StoppedError):
        Dialogue(screen, lambda _: "quit", lambda _: None, Conversation(Answers({"language": "en"}))).run()

    assert (age.RENEWAL in capsys.readouterr().out) is told


def test_another_kind_of_account_takes_its_own_fields_along() -> None:
    said = {"language": "en", "carrier": "au", "refund.ground": "deposit", "refund.account.kind": "bank"}
    answers = Answers({**said, "refund.account.bank": "みずほ銀行", "refund.account.number": "0123456"})
    asked = field_question(content(), "refund.account.kind")

    after = interpret(Drafts(content(), TODAY), answers, asked, "2", "en").answers

    assert after.texts == {**said, "refund.account.kind": "post", "refund.account.number": "0123456"}


def test_every_question_of_the_file_names_fields_and_choices_that_exist() -> None:
    words = vocabulary(content())
    for question in read_toml(content() / "templates" / "questions.toml").values():
        for answer in question.get("answer", ()):
            assert all(words[name].parse(text) == text for name, text in answer.get("sets", {}).items())
            assert all(name in words for name in (*answer.get("asks", ()), *answer.get("offers", ())))


def test_the_aliases_of_carriers_are_each_of_one_carrier() -> None:
    seen = [name for known in carriers.carriers().values() for name in {known.slug, *known.aliases}]
    assert len(seen) == len(set(seen)), json.dumps(sorted(name for name in seen if seen.count(name) > 1), ensure_ascii=False)
