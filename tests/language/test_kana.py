"""Figures, days, amounts and letters are read as a Japanese listener expects them."""

from __future__ import annotations

import re
from datetime import date

import pytest

from simforms.fields import kana_line, name
from simforms.language import kana as reading

DAYS = """
ついたち ふつか みっか よっか いつか むいか なのか ようか ここのか とおか
じゅういちにち じゅうににち じゅうさんにち じゅうよっか じゅうごにち
じゅうろくにち じゅうしちにち じゅうはちにち じゅうくにち はつか
にじゅういちにち にじゅうににち にじゅうさんにち にじゅうよっか にじゅうごにち
にじゅうろくにち にじゅうしちにち にじゅうはちにち にじゅうくにち さんじゅうにち さんじゅういちにち
""".split()
MONTHS = "いちがつ にがつ さんがつ しがつ ごがつ ろくがつ しちがつ はちがつ くがつ じゅうがつ じゅういちがつ じゅうにがつ".split()


@pytest.mark.parametrize("day", range(1, 32))
def test_every_day_of_the_month_has_its_own_reading(day: int) -> None:
    assert reading.day(date(2026, 1, day)) == f"にせん にじゅうろく ねん いちがつ {DAYS[day - 1]}"


@pytest.mark.parametrize("month", range(1, 13))
def test_april_july_and_september_are_irregular(month: int) -> None:
    assert reading.day(date(2026, month, 2)).split()[3] == MONTHS[month - 1]


def test_a_year_that_ends_in_four_is_yo_nen() -> None:
    assert reading.day(date(2024, 1, 1)).startswith("にせん にじゅうよ ねん")


@pytest.mark.parametrize(
    ("amount", "said"),
    [
        (1, "いち えん"),
        (4, "よ えん"),
        (10, "じゅう えん"),
        (100, "ひゃく えん"),
        (300, "さんびゃく えん"),
        (600, "ろっぴゃく えん"),
        (800, "はっぴゃく えん"),
        (1_000, "せん えん"),
        (3_000, "さんぜん えん"),
        (8_000, "はっせん えん"),
        (10_000, "いちまん えん"),
        (40_004, "よんまん よ えん"),
        (100_000, "じゅうまん えん"),
        (1_000_000, "ひゃくまん えん"),
        (10_000_000, "いっせんまん えん"),
        (9_999_999, "きゅうひゃく きゅうじゅうきゅうまん きゅうせん きゅうひゃく きゅうじゅうきゅう えん"),
        (3_278, "さんぜん にひゃく ななじゅうはち えん"),
    ],
)
def test_amounts_are_read_with_their_sound_changes(amount: int, said: str) -> None:
    assert reading.yen(amount) == said


def test_a_phone_number_is_read_figure_by_figure_with_no_between_groups() -> None:
    assert reading.digits("090-1234-5678") == "ゼロ きゅう ゼロ の いち に さん よん の ご ろく なな はち"


@pytest.mark.parametrize(
    ("kana", "latin"),
    [
        ("かいやく を おねがい します。", "kaiyaku o onegai shimasu."),
        ("ゆっくり、もう いちど", "yukkuri, mō ichido"),
        ("けいやくしゃ", "keiyakusha"),
        ("つうやく", "tsūyaku"),
        ("じゅうしょ", "jūsho"),
        ("ぎゅうにゅう", "gyūnyū"),
        ("おおさか へ いく", "ōsaka e iku"),
        ("で は", "de wa"),
        ("おもって いる", "omotte iru"),
        ("おも|う", "omou"),
        ("いっぽん", "ippon"),
        ("まっちゃ", "matcha"),
        ("しんよう", "shin'yō"),
        ("ほんや", "hon'ya"),
        ("きんえん", "kin'en"),
        ("さんぽ", "sanpo"),
        ("いい です か", "ii desu ka"),
        ("シャオミン", "shaomin"),
        ("グエン・ヴァン・アン", "guen van an"),
        ("ディー ティー ジェー", "dī tī jē"),
        ("ファン チェン ウェン", "fan chen wen"),
        ("オペレーター", "operētā"),
        ("クァン クォック グォ", "kwan kwokku gwo"),
        ("ルォ リェン ニェン", "ruo rien nien"),
        ("チュォ シュエ ツァイ トゥアン ヴァン", "chuo shue tsai tuan van"),
        ("お-なまえ を お-ねがい します", "o-namae o o-negai shimasu"),
        ("づ ぢ ず じ", "zu ji zu ji"),
    ],
)
def test_romaji_is_hepburn_with_macrons(kana: str, latin: str) -> None:
    assert reading.romaji(kana) == latin


def test_every_letter_has_a_name() -> None:
    assert len(reading.letters("ABCDEFGHIJKLMNOPQRSTUVWXYZ").split()) == 26


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("しんじゅく 1ちょうめ 2ばん 3ごう", "しんじゅく いっちょうめ にばん さんごう"),
        ("8ちょうめ 10ばん 6かい", "はっちょうめ じゅうばん ろっかい"),
        ("１チョウメ １０カイ", "いっちょうめ じゅっかい"),
        ("さくら 4ごうとう 201ごうしつ", "さくら よんごうとう に ゼロ いち ごうしつ"),
        ("1ー2ー3", "いち の に の さん"),
        ("1-2-3", "いち の に の さん"),
        ("1かいどう", "いちかいどう"),
    ],
)
def test_the_numbers_of_an_address_are_read_with_their_counters(typed: str, said: str) -> None:
    assert kana_line.show(kana_line.parse(typed), "ja-Hira") == said


@pytest.mark.parametrize(
    "written", ["Nguyễn Thị Hoa", "Łódź", "O’Brien", "İbrahim Çağrı", "Straße", "Smith, John (Jr.)", "Þórr", "Đặng Æsa"]
)
def test_every_name_in_latin_letters_is_spelled(written: str) -> None:
    said = name.show(written, "ja-Hira")

    assert said
    assert not re.search("[A-Za-z]", said)
