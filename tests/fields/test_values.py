"""Every type of value: what is understood, what is refused and what is doubtful; tables of right and wrong values."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import phonenumbers
import pytest
from conftest import CHECKOUT
from one_value import checked
from stdnum import luhn

from simforms.cases import secrets
from simforms.errors import Problem, Remark, ValueProblem
from simforms.fields import TYPES, account_kana, day
from simforms.knowledge import banks
from simforms.knowledge.vocabulary import vocabulary
from simforms.language import normalize
from simforms.language.catalogs import companion_languages

WORDS = vocabulary(CHECKOUT)


def _parsed(kind: str, text: str) -> Any:
    return TYPES[kind].parse(text)


def _remarks(kind: str, text: str) -> list[Remark]:
    module: Any = TYPES[kind]
    return list(getattr(module, "remarks", lambda _: ())(module.parse(text)))


NEW_YEAR = date(2026, 1, 2)

RIGHT: list[tuple[str, str, Any]] = [
    # days: western, with any mark, full width, eras with their first years
    *(
        ("day", text, NEW_YEAR)
        for text in ("2026-01-02", "2026/1/2", "2026.1.2", "2026年1月2日", "２０２６年１月２日", " 2026-01-02 ", "2026‐01‐02")
    ),
    *(("day", text, NEW_YEAR) for text in ("令和8年1月2日", "R8.1.2", "令和８年１月２日", "2026年 1月 2日")),
    ("day", "20260102", NEW_YEAR),  # no other order of its figures is a date
    ("phone", "+81 (0)80-1234-5678", "+81-80-1234-5678"),
    ("phone", "+81 080 1234 5678", "+81-80-1234-5678"),
    ("postal-code", "16-90075", "169-0075"),
    ("kana", "ヷン", "ヷン"),
    *(
        ("day", text, date(1990, 5, 1))
        for text in (
            "1990년 5월 1일",
            "1990. 5. 1.",
            "1990.5.1.",
            "1 May 1990",
            "May 1, 1990",
            "1st May 1990",
            "1-May-1990",
            "1990 May 1",
            "1 tháng 5 năm 1990",
            "ngày 1 tháng 5 năm 1990",
            "Ngày 01 tháng 05 năm 1990",
            "1990年5月1日（平成2年5月1日）",
            "一九九〇年五月一日",
            "1990年05月01日 00:00",
            "1990-05-01 00:00:00",
            "1990/5/1 0:00",
            "1990-05-01T00:00:00",
        )
    ),
    ("day", "二〇二六年十二月二十日", date(2026, 12, 20)),
    ("phone", "+819044445555", "+81-90-4444-5555"),
    ("phone", "+8613812345678", "+86-138-1234-5678"),
    ("phone", "0354490906", "03-5449-0906"),
    ("phone", "0120959472", "0120-959-472"),
    ("phone", "+44 (0)20 7946 0958", "+44-20-7946-0958"),
    ("phone", "+49(0)30 123456", "+49-30-123456"),
    ("email", "mailto:wang@example.com", "wang@example.com"),
    ("email", "ｗａｎｇ＠ｅｘａｍｐｌｅ．ｃｏｍ", "wang@example.com"),
    ("postal-code", "530 0001", "530-0001"),
    ("postal-code", "53-00001", "530-0001"),
    *(
        ("yen", text, 3278)
        for text in ("¥3,278-", "３，２７８円（税込）", "JPY 3278", "3278.0", "3278.00", "金3,278円也", "￥3,278")
    ),
    ("day", "令和元年5月1日", date(2019, 5, 1)),
    ("day", "R1.5.1", date(2019, 5, 1)),
    ("day", "平成31年4月30日", date(2019, 4, 30)),
    ("day", "平成元年1月8日", date(1989, 1, 8)),
    ("day", "昭和64年1月7日", date(1989, 1, 7)),
    ("day", "昭和元年12月25日", date(1926, 12, 25)),
    ("day", "S63.11.3", date(1988, 11, 3)),
    ("day", "H11.4.1", date(1999, 4, 1)),
    ("day", "2028-02-29", date(2028, 2, 29)),
    ("day", "2000-02-29", date(2000, 2, 29)),
    # phone numbers: Japan, abroad, any mark, full width
    *(
        ("phone", text, "080-1234-5678")
        for text in ("080-1234-5678", "08012345678", "０８０－１２３４－５６７８", "080 1234 5678", "080ー1234ー5678")
    ),
    *(("phone", text, "080-1234-5678") for text in ("080−1234−5678", "080‐1234‐5678", "(080)1234-5678", "080.1234.5678")),
    ("phone", "+81 80 1234 5678", "+81-80-1234-5678"),
    ("phone", "+86 138 1234 5678", "+86-138-1234-5678"),
    ("phone", "+886-912-345-678", "+886-912-345-678"),
    ("phone", "+82-10-1234-5678", "+82-10-1234-5678"),
    ("phone", "+84 91 234 56 78", "+84-91-234-56-78"),
    ("phone", "+44-7700-900123", "+44-7700-900123"),
    ("phone", "+61 491 570 156", "+61-491-570-156"),
    ("phone", "03-5449-0906", "03-5449-0906"),
    ("phone", "050-5434-4653", "050-5434-4653"),
    ("phone", "0120-959-472", "0120-959-472"),
    ("phone", "06012345678", "060-1234-5678"),
    # lines: 060 and 020 too
    *(
        ("line-number", text, "090-1234-5678")
        for text in ("090-1234-5678", "09012345678", "+819012345678", "+81 (0)90 1234 5678", "０９０１２３４５６７８")
    ),
    *(("line-number", f"0{first}0-1234-5678", f"0{first}0-1234-5678") for first in "6789"),
    ("line-number", "020-1234-5678", "020-1234-5678"),
    ("line-number", "02012345678", "020-1234-5678"),
    ("line-number", "0200-1234-567890", "0200-1234-567890"),
    # postcodes
    *(
        ("postal-code", text, "169-0075")
        for text in ("169-0075", "1690075", "〒169-0075", "１６９－００７５", "169 0075".replace(" ", "-"))
    ),
    *(("postal-code", text, text) for text in ("SW1A 1AA", "90210", "100000", "06236", "K1A 0B1", "3053")),
    # kana
    *(("kana", text, "ワン シャオミン") for text in ("ワン シャオミン", "ﾜﾝ ｼｬｵﾐﾝ", "わん しゃおみん", "ワン ｼｬｵﾐﾝ")),
    *(("kana", text, text) for text in ("リー", "グエン・ヴァン・アン", "ヂャン ウェイ", "キム　ミンス", "ヴー", "ヱビス", "ヶ")),
    ("kana-line", "とうきょうと しんじゅくく 1-2-3", "とうきょうと しんじゅくく 1-2-3"),
    ("account-kana", "ワン シャオミン", "ワン シャオミン"),
    ("account-kana", "カ)サクラ", "カ)サクラ"),
    ("account-kana", "WANG XIAOMING", "WANG XIAOMING"),
    # names stay as they are
    *(
        ("name", text, text)
        for text in ("WANG XIAOMING", "Nguyễn Thị Minh Châu", "O'BRIEN MARY-ANNE", "van der Berg Jr.", "Jose\u0301", "李娜")
    ),
    *(("kanji-name", text, text) for text in ("王小明", "\ufa19田", "髙橋 﨑", "𠮷野", "김철수", "葛\U000e0100城")),
    # mail
    *(("email", text, text) for text in ("wang@example.com", "a.b+c_d-e@sub.example.co.jp", "1@example.org", "X@EXAMPLE.COM")),
    # yen
    *(
        ("yen", text, 3278)
        for text in ("3278", "3,278", "¥3,278", "￥3278", "3278円", "３，２７８円", "3278 yen", "3278JPY", "\\3278")
    ),
    ("yen", "1", 1),
    ("yen", "99,999,999", 99_999_999),
    # numbers of cards and devices, from published examples
    *(
        ("eid", text, "89034011560010000000000000000121")
        for text in ("89034011560010000000000000000121", "8903 4011 5600 1000 0000 0000 0000 0121")
    ),
    *(
        ("imei", text, "490154203237518")
        for text in ("490154203237518", "49-015420-323751-8", "49 015420 323751 8", "４９０１５４２０３２３７５１８")
    ),
    ("imei", "4901542032375101", "4901542032375101"),
    *(
        ("serial", text, "8981200012345678904")
        for text in ("8981200012345678904", "8981 2000 1234 5678 904", "8981-2000-1234-5678-904")
    ),
    ("serial", "AB1234567890123", "AB1234567890123"),
    ("serial", "ab1234567890123", "AB1234567890123"),
    ("serial", "898110001234567890", "898110001234567890"),  # without its check figure
    ("serial", "89811000123456789012", "89811000123456789012"),
    *(
        ("residence-card", text, "AB12345678CD")
        for text in ("AB12345678CD", "ab12345678cd", "AB 12345678 CD", "ＡＢ１２３４５６７８ＣＤ")
    ),
    *(("passport", text, text) for text in ("E12345678", "AB1234567", "123456789", "C01X00T47", "A12345")),
    # codes
    *(("code", text, "BOTKJPJT") for text in ("BOTKJPJT", "botkjpjt", "ＢＯＴＫＪＰＪＴ", "BOTK JPJT")),
    *(("digits", text, "0012345") for text in ("0012345", "００１２３４５", "001-2345", "001 2345")),
    ("text", "東京都新宿区高田馬場1-2-3 さくらハイツ201", "東京都新宿区高田馬場1-2-3 さくらハイツ201"),
]


@pytest.mark.parametrize(("kind", "text", "value"), RIGHT)
def test_a_right_value_is_understood(kind: str, text: str, value: Any) -> None:
    assert _parsed(kind, text) == value


WRONG: list[tuple[str, str]] = [
    *(("day", text) for text in ("5/1/1990", "01-05-90", "1 Mai 1990", "1990年5月1日（平成3年4月1", "1990-05-01 09:30")),
    *(("phone", text) for text in ("03-1234-567", "0312345678901", "090-1234-567")),
    *(("email", text) for text in ("a@b..c", "a@.com", "a@b.", "mailto:")),
    *(("yen", text) for text in ("3278.5", "3,278円（税抜）", "-3278", "3278--")),
    *(
        ("day", text)
        for text in (
            "2026-13-01",
            "2026-02-30",
            "2026-04-31",
            "2027-02-29",
            "1900-02-29",
            "04/01/1999",
            "1999",
            "tomorrow",
        )
    ),
    *(
        ("day", text)
        for text in (
            "民國115年1月2日",
            "中華民國115年1月2日",
            "115-01-02",
            "114.01.02",
            "45292",
            "令和元年4月30日",
            "平成31年5月1日",
            "昭和64年1月8日",
        )
    ),
    *(
        ("day", text)
        for text in (
            "平成元年1月7日",
            "大正15年12月24日",
            "2026-00-10",
            "2026-10-00",
            "-2026-01-02",
            "2026年1月",
            "R0.1.1",
            "٢٠٢٦-٠١-٠٢",
        )
    ),
    *(
        ("phone", text)
        for text in (
            "8012345678",
            "12345",
            "080-1234-567x",
            "phone",
            "+",
            "0",
            "080-1234-5678-9012-34",
            "９".join(["0"] * 20),
            "080@1234",
        )
    ),
    *(
        ("line-number", text)
        for text in (
            "90-1234-5678",
            "9012345678",
            "090-0234-5678",
            "03-1234-5678",
            "090-1234-567",
            "090-1234-56789",
            "0120-123-456",
        )
    ),
    *(
        ("line-number", text)
        for text in ("050-1234-5678", "+86 138 1234 5678", "020-0123-4567", "020-4123-4567", "0200-1234", "line")
    ),
    *(("postal-code", text) for text in ("〒", "郵便番号", "1-2-3-4-5-6-7-8-9", "@123", "12345678901")),
    *(("kana", text) for text in ("Wang", "王", "ワン1", "ワン!", "ワン@", "ﾜﾝa")),
    *(("kana-line", text) for text in ("東京都", "Tokyo", "とうきょう!")),
    *(
        ("account-kana", text)
        for text in ("グエン・ヴァン", "ｸﾞｴﾝ･ｳﾞｧﾝ", "王", "ワン&", "ワン*", "ワン@", "ワン=", "ワン;", "ワン+", "ワン$", "ワン%")
    ),
    *(("name", text) for text in ("WANG 2", "王３", "wang@example.com", "A\nB")),
    *(
        ("email", text)
        for text in (
            "wang",
            "wang@",
            "@example.com",
            "wang@example",
            "wang example.com",
            "wang@exa mple.com",
            "a@b@c.com",
            "a@b.c",
        )
    ),
    *(("yen", text) for text in ("0", "-5", "3.5", "3,27", "1e5", "三千円", "100,000,000", "$5", "3 278 000 yen!", "٣٢٧٨")),
    *(
        ("eid", text)
        for text in (
            "8903401156001000000000000000012",
            "890340115600100000000000000001211",
            "123",
            "EID",
            "89034011560010000000000000000X21",
        )
    ),
    *(("imei", text) for text in ("49015420323751", "49015420323751801", "12", "IMEI", "49015420323751X")),
    *(
        ("serial", text)
        for text in (
            "1234567890123456789",
            "898120001234567",
            "898120001234567890123",
            "ABC123456789012",
            "A1234567890123",
            "card",
        )
    ),
    *(
        ("residence-card", text)
        for text in ("AB1234567CD", "AB123456789CD", "A12345678CD", "1212345678AB", "AB12345678C1", "123456789012")
    ),
    *(("passport", text) for text in ("A1234", "A123456789", "旅券", "A-", "E1234567\u03918")),
    *(("code", text) for text in ("", "a b*", "番号", "@", "A" * 41)),
    *(("digits", text) for text in ("12a", "", "一二三", "1.5", "1" * 21, "٣٢٧")),
    *(("text", text) for text in ("a\nb", "a\r\nb")),
]


@pytest.mark.parametrize(("kind", "text"), WRONG)
def test_a_wrong_value_is_refused_with_what_to_write(kind: str, text: str) -> None:
    with pytest.raises(ValueProblem) as caught:
        _parsed(kind, text)

    assert str(caught.value.what)
    assert str(caught.value.suggestion)


DOUBTFUL: list[tuple[str, str, int]] = [
    ("serial", "8981200012345678904", 0),
    ("serial", "8981200012345678905", 1),
    ("serial", "AB1234567890123", 0),  # docomo's own number has no check figure to trust
    ("eid", "89034011560010000000000000000121", 0),
    ("eid", "89034011560010000000000000000122", 1),
    ("imei", "490154203237518", 0),
    ("imei", "490154203237519", 1),
    ("imei", "4901542032375101", 0),
    ("phone", "080-1234-5678", 0),
    ("phone", "060-1234-5678", 0),  # in use since July 2026
    ("phone", "+86-138-1234-5678", 0),
    ("phone", "+44-20-7031-3000", 0),
    ("phone", "000-0000-0000", 1),
    ("phone", "03-0000-0000", 1),
    ("postal-code", "169-0075", 0),
    ("postal-code", "169-075", 1),
    ("postal-code", "100000", 1),
    ("postal-code", "SW1A 1AA", 0),
    ("yen", "300000", 0),
    ("yen", "300001", 1),
    ("name", "LI NA", 0),
    ("name", "李娜", 1),
    ("name", "ＬＩ　ＮＡ", 1),
    ("kanji-name", "李娜", 0),
    ("kanji-name", "LI NA", 1),
    ("account-kana", "ワン", 0),
    ("account-kana", "リー", 1),
    ("account-kana", "ヲカダ", 1),
    ("account-kana", "ガギグゲゴザジズゼゾダヂヅデドバ", 1),  # 16 letters, 32 places
    ("account-kana", "ア" * 31, 1),
    ("account-kana", "ア" * 30, 0),
]


@pytest.mark.parametrize(("kind", "text", "count"), DOUBTFUL)
def test_a_doubtful_value_is_printed_and_remarked_on(kind: str, text: str, count: int) -> None:
    assert len(_remarks(kind, text)) == count


def test_a_mobile_number_that_passes_by_its_form_is_one_that_the_library_knows() -> None:
    for prefix in ("070", "080", "090"):
        for exchange in range(1000, 10000, 7):
            number = f"{prefix}-{exchange}-{exchange * 7919 % 10000:04d}"
            assert phonenumbers.is_valid_number(phonenumbers.parse(number, "JP")), number
            assert not _remarks("phone", number)


@pytest.mark.parametrize("figure", range(10))
def test_only_one_last_figure_fits_a_card(figure: int) -> None:
    """Published rule (ITU-T E.118): the last figure is a Luhn check figure."""
    number = f"898120001234567890{figure}"

    assert bool(_remarks("serial", number)) == (not luhn.is_valid(number))


@pytest.mark.parametrize("era", day.ERAS, ids=lambda era: era[0])
@pytest.mark.parametrize("shift", range(-1, 2))
def test_an_era_begins_on_its_day(era: tuple[str, str, date], shift: int) -> None:
    moment = era[2] + timedelta(days=shift)

    assert (era[0] in day.form(moment)) == (shift >= 0)


@pytest.mark.parametrize(
    "moment", [date(1927, 1, 1), date(1988, 12, 31), date(1989, 1, 8), date(2019, 4, 30), date(2019, 5, 1), date(2026, 12, 20)]
)
def test_a_day_written_as_a_form_writes_it_is_read_back(moment: date) -> None:
    western, _, era = day.form(moment).partition("（")

    assert day.parse(western) == day.parse(era.rstrip("）")) == moment


ZENGIN = [
    ("ワン シャオミン", "ﾜﾝ ｼﾔｵﾐﾝ"),
    ("グエン ヴァン アン", "ｸﾞｴﾝ ｳﾞｱﾝ ｱﾝ"),
    ("ミツビシュー", "ﾐﾂﾋﾞｼﾕ-"),
    ("パク", "ﾊﾟｸ"),
    ("キャッシュ", "ｷﾔﾂｼﾕ"),
    ("リー", "ﾘ-"),
    ("ジョン　ロー", "ｼﾞﾖﾝ ﾛ-"),
    ("ファン", "ﾌｱﾝ"),
    ("カ)サクラ", "ｶ)ｻｸﾗ"),
    ("WANG", "WANG"),
]


@pytest.mark.parametrize(("kana", "transfer"), ZENGIN)
def test_kana_is_written_as_a_transfer_needs_it(kana: str, transfer: str) -> None:
    assert account_kana.zengin(kana) == transfer


@pytest.mark.parametrize(("kana", "places"), [("グエン ヴァン アン", 12), ("ア" * 30, 30), ("ガ" * 15, 30)])
def test_the_marks_take_places_of_their_own(kana: str, places: int) -> None:
    assert len(account_kana.zengin(account_kana.parse(kana))) == places


BANKS = [
    *((text, "0005") for text in ("三菱UFJ銀行", "三菱ＵＦＪ", "0005", "三菱 UFJ 銀行", "ミツビシユ－エフジエイ")),
    *((text, "0001") for text in ("みずほ銀行", "みずほ", "0001")),
    *((text, "0009") for text in ("三井住友銀行", "三井住友")),
    *((text, "9900") for text in ("ゆうちょ銀行", "ゆうちょ", "9900")),
    ("楽天銀行", "0036"),
]


@pytest.mark.parametrize(("text", "code"), BANKS)
def test_a_bank_is_found_by_code_and_by_any_usual_name(text: str, code: str) -> None:
    found = banks.bank(text)

    assert found
    assert found.code == code


def test_a_renamed_bank_is_found_by_its_earlier_name() -> None:
    found = banks.bank("三菱東京UFJ銀行")

    assert found
    assert banks.full_name(found) == "三菱UFJ銀行"


@pytest.mark.parametrize("text", ["梅田", "梅田支店", "梅田店", "うめだ", "ウメダ", "umeda", "044"])
def test_a_branch_is_found_by_any_usual_name(text: str) -> None:
    bank = banks.bank("0005")

    assert bank
    found = banks.branch(bank, text)
    assert found
    assert found.code == "044"


def test_the_directory_of_banks_has_a_date() -> None:
    assert date.fromisoformat(banks.dated()) > date(2026, 1, 1)


CARDS = ["4111 1111 1111 1111", "5555-5555-5555-4444", "378282246310005", "3530111333300000", "6200000000000005"]


@pytest.mark.parametrize(
    "text",
    [
        *CARDS,
        "621498320257",
        "6214 9832 0257",
        "６２１４９８３２０２５７",
        "My Number 6214-9832-0257",
        "さくらハイツ201 6214-9832-0257",
        "1-2-3 4111 1111 1111 1111",
        "暗証番号1234",
        "my PIN: 1234",
        "密码是：1234",
    ],
)
def test_a_my_number_and_a_payment_card_are_never_taken(text: str) -> None:
    assert list(secrets.refused(text))


@pytest.mark.parametrize(
    "text",
    [
        "621498320258",
        "4111 1111 1111 1112",
        "090-1234-5678",
        "+86 138 1234 5678",
        "東京都1-2-3",
        "2026-12-20",
        "1234567",
        "+819012345678",
        "AB12345678CD",
        "Bengaluru PIN 560001",
        "SPIN 1234",
        "PIN",
        "暗証番号は書かない",
    ],
)
def test_other_figures_are_not_accused(text: str) -> None:
    assert not list(secrets.refused(text))


@pytest.mark.parametrize("name", [name for name in WORDS if WORDS[name].type != "choice"])
def test_every_example_of_the_vocabulary_is_right(name: str) -> None:
    field = WORDS[name]

    assert field.parse(field.example.strip('"')) is not None


@pytest.mark.parametrize("language", ["ja", *companion_languages(CHECKOUT)])
@pytest.mark.parametrize("moment", [date(1990, 5, 1), date(2026, 12, 20), date(2000, 2, 29), date(1999, 9, 9)])
def test_a_day_is_read_back_as_every_language_shows_it(language: str, moment: date) -> None:
    """A new language is tried by itself: whoever adds one learns here that its days are not understood."""
    assert day.parse(day.show(moment, language)) == moment
    assert day.parse(day.show(moment, language).upper()) == moment


@pytest.mark.parametrize("text", ["\u200e080-1234-5678\u202c", "  080-1234-5678\n", "080-1234-5678\ufeff", "\u3000080-1234-5678"])
def test_what_nobody_typed_is_left_out_of_every_value(text: str) -> None:
    assert WORDS["person.phone"].parse(text) == "080-1234-5678"


@pytest.mark.parametrize(
    ("typed", "read"), [("ワン シ\u3099ン", "ワン ジン"), ("Nguye\u0302\u0303n", "Nguyễn"), ("\u1112\u1161\u11ab", "한")]
)
def test_letters_in_pieces_are_the_same_letters(typed: str, read: str) -> None:
    assert normalize.cleaned(typed) == read


@pytest.mark.parametrize("kind", [kind for kind, module in TYPES.items() if hasattr(module.parse, "__wrapped__")])
def test_a_type_that_folds_widths_reads_its_example_in_full_width(kind: str) -> None:
    """The foldings stand in one line of each type, and hold for whatever it reads."""
    example = next(field.example.strip('"') for field in WORDS.fields.values() if field.type == kind)
    wide = "".join(chr(ord(sign) + 0xFEE0) if "!" <= sign <= "~" else sign for sign in example)

    assert TYPES[kind].parse(example) == TYPES[kind].parse(example if kind in {"address", "kana"} else wide)


def test_a_line_break_in_an_address_is_a_space_and_is_said() -> None:
    field = WORDS["person.address"]
    typed = "東京都新宿区1-2-3\nさくらハイツ201"

    assert field.parse(typed) == "東京都新宿区1-2-3 さくらハイツ201"
    assert [str(remark.what) for _, remark in field.remarks(typed, field.parse(typed))] == [
        "it was read as 東京都新宿区1-2-3 さくらハイツ201"
    ]


def test_a_reading_longer_than_a_transfer_is_printed_whole_and_as_the_transfer_cuts_it() -> None:
    long = "グエン ヴァン アン チャン ティ マイ フオン"

    assert account_kana.parse(long) == long
    assert account_kana.form(long) == f"{long}（{account_kana.zengin(long)[:30].rstrip()}）"


@pytest.mark.parametrize(
    ("field", "typed", "where"),
    [
        ("line.eid", "490154203237518", "line.imei"),
        ("line.imei", "89034011560010000000000000000121", "line.eid"),
        ("line.serial", "89034011560010000000000000000121", "line.eid"),
        ("line.serial", "090-1234-5678", "line.number"),
        ("line.number", "8981200012345678904", "line.serial"),
        ("line.serial", "AB12345678CD", "person.residence_card"),
    ],
)
def test_a_number_of_another_kind_is_told_where_it_belongs(field: str, typed: str, where: str) -> None:
    [problem] = _problems(field, typed)

    assert str(problem.suggestion).endswith(f"write it in {where}")


@pytest.mark.parametrize("field", ["line.eid", "line.serial", "line.number"])
def test_a_payment_card_belongs_nowhere(field: str) -> None:
    assert not any("write it in" in str(problem.suggestion) for problem in _problems(field, "4111 1111 1111 1111"))


@pytest.mark.parametrize("field", ["refund.period", "dispute.bill", "log[1].note", "line.customer_number", "reference"])
def test_where_one_in_ten_honest_numbers_looks_like_a_my_number_it_is_only_pointed_out(field: str) -> None:
    assert [problem.severity for problem in _problems(field, "621498320257")] == ["warning"]
    assert [problem.severity for problem in _problems("person.address", "621498320257")] == ["error"]


def _problems(field: str, typed: str) -> list[Problem]:
    return checked(field, typed)[1]
