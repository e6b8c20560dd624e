"""Ways in which people write secrets, and honest texts that look like them: made of words, scripts, groups and separators."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import product

import phonenumbers
from stdnum import iban, luhn
from stdnum.jp import in_

Texts = Callable[[], Iterator[str]]

SCRIPTS = {
    "plain": "0123456789",
    "full width": "０１２３４５６７８９",
    "kanji": "〇一二三四五六七八九",
    "kanji with a ring": "○一二三四五六七八九",
    "circled": "⓪①②③④⑤⑥⑦⑧⑨",
    "black circles": "⓿❶❷❸❹❺❻❼❽❾",
}
SEPARATORS = [*" -–—−‐－ー.・·/／_,、の~", "", "\u3000", "\u00a0", " - ", "\n", "\u200b"]
MY_NUMBERS = ["621498320257", "123456789018", "98765432109" + in_.calc_check_digit("98765432109")]
CARDS = {
    "Visa": ["4111111111111111", "4012888888881881"],
    "Visa of 19 digits": ["411111111111111111" + luhn.calc_check_digit("411111111111111111")],
    "Mastercard": ["5555555555554444", "2223003122003222"],
    "American Express": ["378282246310005", "371449635398431"],
    "Discover": ["6011111111111117", "6445644564456445"],
    "Diners Club": ["30569309025904", "36227206271667"],
    "JCB": ["3530111333300000", "3566002020360505"],
    "UnionPay": ["6200000000000005", "6212345678901232", "622202123456789012" + luhn.calc_check_digit("622202123456789012")],
}
"""Numbers that the brands and payment services publish for tests, and made ones."""
SHAPES = {
    12: [(12,), (4, 4, 4), (6, 6), (1,) * 12, (2,) * 6],
    14: [(14,), (4, 6, 4), (4, 4, 4, 2)],
    15: [(15,), (4, 6, 5), (4, 4, 4, 3)],
}
SHAPES |= {16: [(16,), (4, 4, 4, 4), (8, 8)], 19: [(19,), (4, 4, 4, 4, 3)]}


def written(number: str, script: str = "plain", separator: str = "", shape: tuple[int, ...] = ()) -> str:
    """Return a number in a script, its groups of a shape with separators between them."""
    groups, begin = [], 0
    for size in shape or (len(number),):
        groups.append(number[begin : begin + size])
        begin += size
    return separator.join(groups).translate(str.maketrans("0123456789", SCRIPTS[script]))


def spellings(number: str) -> Iterator[str]:
    """Yield a number in every script, shape and with every separator."""
    for script, shape, separator in product(SCRIPTS, SHAPES[len(number)], SEPARATORS):
        if len(shape) > 1 or not separator:
            yield written(number, script, separator, shape)


NAMES_OF_MY_NUMBER = [
    "マイナンバー",
    "ﾏｲﾅﾝﾊﾞｰ",
    "まいなんばー",
    "個人番号",
    "My Number",
    "my number",
    "MyNumber",
    "个人编号",
    "個人編號",
    "마이넘버",
    "개인번호",
    "mã số cá nhân",
    "số cá nhân",
]
ODD_SHAPES = [(12,), (4, 4, 4), (3, 4, 5), (5, 7), (2, 10), (4, 8)]


def named_my_numbers() -> Iterator[str]:
    """Yield a My Number next to a word for it, before and after, in groups of any size."""
    for name, shape, separator in product(NAMES_OF_MY_NUMBER, ODD_SHAPES, (" ", "-", "・")):
        number = written(MY_NUMBERS[0], "plain", separator, shape)
        yield from (f"{name}: {number}", f"{name} {number}", f"{name}は{number}です", f"{number} ({name})")


PINS = [
    "暗証番号",
    "ネットワーク暗証番号",
    "PIN",
    "pin",
    "PINコード",
    "ＰＩＮ",
    "密码",
    "密碼",
    "PIN码",
    "비밀번호",
    "비밀 번호",
    "PIN번호",
    "mã PIN",
    "PIN code",
    "PIN1",
]
BEFORE = [
    "{name}{pin}",
    "{name}: {pin}",
    "{name}：{pin}",
    "{name} {pin}",
    "{name}は{pin}",
    "{name}は「{pin}」です",
    "{name}是{pin}",
    "{name}为 {pin}",
    "{name}是：{pin}",
    "{name}는 {pin}",
    "{name}은 {pin}입니다",
    "{name} là {pin}",
    "{name} của tôi là {pin}",
    "{name} is {pin}",
    "my {name} is {pin}.",
    "{name}={pin}",
    "{name}（{pin}）",
    "{name}→{pin}",
]
AFTER = [
    "{pin}が{name}です",
    "{pin}は{name}",
    "{pin} ({name})",
    "{pin}（{name}）",
    "{pin} is my {name}",
    "{pin}是{name}",
    "{pin}是我的{name}",
    "{pin}이 {name}",
    "{pin} là {name}",
    "{pin}＝{name}",
]


def named_pins() -> Iterator[str]:
    """Yield a PIN next to its words in five languages and Japanese."""
    digits = [written("4649", script) for script in SCRIPTS] + ["4 6 4 9", "4-6-4-9", "46-49", "４・６・４・９"]
    for name, form, pin in product(PINS, [*BEFORE, *AFTER], digits):
        if form != "{name}{pin}" or not name[-1].isdigit():
            yield form.format(name=name, pin=pin)


PASSWORDS = [
    "パスワード",
    "ﾊﾟｽﾜｰﾄﾞ",
    "password",
    "Password",
    "パスコード",
    "密码",
    "密碼",
    "口令",
    "비밀번호",
    "패스워드",
    "mật khẩu",
    "passcode",
]


def named_passwords() -> Iterator[str]:
    """Yield a password next to its words."""
    forms = [
        "{name}: {word}",
        "{name}：{word}",
        "{name}は{word}",
        "{name}是{word}",
        "{name}는 {word}",
        "{name} là {word}",
        "my {name} is {word}",
        "{word}が{name}です",
        "{word} ({name})",
        "{name}={word}",
    ]
    for name, form, word in product(PASSWORDS, forms, ["hunter22", "Sakura#2026", "abc12345", "1q2w3e4r", "ｓａｋｕｒａ１２３"]):
        yield form.format(name=name, word=word)


def honest() -> Iterator[str]:
    """Yield texts with many digits, and words of secrets without one, that people rightly write."""
    for region in ("JP", "CN", "KR", "VN", "TW", "HK", "US", "GB", "AU", "IN", "PH", "NP", "ID", "BR"):
        for kind in (phonenumbers.PhoneNumberType.MOBILE, phonenumbers.PhoneNumberType.FIXED_LINE):
            if example := phonenumbers.example_number_for_type(region, kind):
                yield from (phonenumbers.format_number(example, form) for form in range(3))
                yield f"電話 {phonenumbers.format_number(example, 1)} まで"
    for number in ("352099001761481", "490154203237518", "860000000000004", "014567003456787"):
        yield from (
            f"IMEI {number}",
            number,
            written(number, "plain", " ", (4, 4, 4, 3)),
            written(number, "plain", "-", (2, 6, 6, 1)),
        )
    yield from (f"IMEI {number:016}" for number in range(3520990017614800, 3520990017614880))
    for number in ("89034011560010000000000000000121", "89049032000001000000001234567890"):
        yield from (number, written(number, "plain", " ", (4,) * 8), f"EID: {written(number, 'plain', ' ', (4,) * 8)}")
    for number in ("8981200012345678904", "8981100022345678906", "89812000123456789045"):
        yield from (number, written(number, "plain", " ", (4, 4, 4, 4, len(number) - 16)))
    bank = f"DE{iban.calc_check_digits('DE00411111111111111111')}411111111111111111"  # contains the number of a payment card
    for account in (
        bank,
        "GB29NWBK60161331926819",
        "DE89370400440532013000",
        "FR1420041010050500013M02606",
        "VG96VPVG0000012345678901",
    ):
        yield from (account, iban.format(account), f"IBAN {iban.format(account)}")
    for number in range(100):
        yield f"東京都新宿区高田馬場{number % 4 + 1}-{number % 12 + 1}-{number % 20 + 1} さくらハイツ{number + 101}"
        yield f"〒169-{number:04} 東京都新宿区西新宿2-8-{number} 03-5321-{number + 1111}"
        yield f"2026-{number % 12 + 1:02}-{number % 28 + 1:02} {number % 24:02}:{number % 60:02}"
        yield f"2026年{number % 12 + 1}月分 {3278 + number:,}円"
        yield f"192.168.{number + 100}.1 / {1_000_000 * number + 123_456:,} / ¥{number * 111:,}"
        yield f"090-{number + 1234}-5678 / 080-{number + 8765}-4321"
    yield from (
        "PIN",
        "SPIN 1234",
        "Bengaluru PIN 560001",
        "Bengaluru PIN: 560 001",
        "Pin Code - 110001, New Delhi",
        "PIN CODE 400 050",
    )
    yield from (
        "暗証番号は書かない",
        "暗証番号は電話で伝える。2026年12月20日",
        "暗証番号を2026年12月に変更",
        "暗証番号 2026-12-20 に変更",
        "暗証番号4桁",
    )
    yield from (
        "暗証番号○○○○",
        "暗証番号：〇〇〇〇",
        "password is unknown",
        "password reset on 2026-11-20",
        "パスワードを忘れた",
        "パスワードは8文字以上",
    )
    yield from (
        "忘记密码，2026-11-20 去店里",
        "密码重置 2026年11月20日",
        "비밀번호 4자리",
        "quên mật khẩu ngày 20/11/2026",
        "PIN変更 12月20日",
    )
    yield from (
        "マイナンバーカードを見せた",
        "マイナンバーカード 12月20日",
        "個人番号は伝えない",
        "マイナンバーカードの追跡番号 1234-5678-9012",
        "新宿警察署 受理番号 第1234号",
        "三井住友銀行",
        "第一三共 三田一丁目",
    )
    yield from (
        "Spinoza Street 1234",
        "Pinehurst 1234",
        "pinkbus 4649",
        "Shopping 1234",
        "暗証番号の件で0120-123-456に電話",
        "PIN: 0120-123-456へ電話",
    )
    yield from (
        "621498320258",
        "4111 1111 1111 1112",
        "4111111111111",
        "3782822463100051",
        "注文 2026-1120-1830",
        "A-12345",
        "26-001234",
    )
    yield from ("621498320257@example.com", "https://example.com/4111111111111111", "1800 1234 5678", "4-12-3-1203")
