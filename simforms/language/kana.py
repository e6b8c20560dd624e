"""How figures, days and letters are said in Japanese (読み方), as kana; and kana as Hepburn rōmaji.

Kana stands with a space between words. Particles は, へ, を are words of their own, so that rōmaji says wa, e, o.
A bar marks where two vowels belong to two syllables: おも|う is omou, not omō. A hyphen stands after an honorific: お-なまえ
is o-namae. Both are for rōmaji alone; `without_marks` leaves them out. People's names are never read here: their kana is asked for.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

DIGITS = ("ゼロ", "いち", "に", "さん", "よん", "ご", "ろく", "なな", "はち", "きゅう")
"""One digit at a time, as on the phone: 4, 7 and 9 in the forms that are not misheard."""

_HUNDREDS = (
    "",
    "ひゃく",
    "にひゃく",
    "さんびゃく",
    "よんひゃく",
    "ごひゃく",
    "ろっぴゃく",
    "ななひゃく",
    "はっぴゃく",
    "きゅうひゃく",
)
_THOUSANDS = ("", "せん", "にせん", "さんぜん", "よんせん", "ごせん", "ろくせん", "ななせん", "はっせん", "きゅうせん")
_TENS = (
    "",
    "じゅう",
    "にじゅう",
    "さんじゅう",
    "よんじゅう",
    "ごじゅう",
    "ろくじゅう",
    "ななじゅう",
    "はちじゅう",
    "きゅうじゅう",
)
_ONES = ("", *DIGITS[1:])

_MONTHS = ("いち", "に", "さん", "し", "ご", "ろく", "しち", "はち", "く", "じゅう", "じゅういち", "じゅうに")
_DAYS = {
    1: "ついたち", 2: "ふつか", 3: "みっか", 4: "よっか", 5: "いつか", 6: "むいか", 7: "なのか", 8: "ようか", 9: "ここのか",
    10: "とおか", 14: "じゅうよっか", 17: "じゅうしちにち", 19: "じゅうくにち", 20: "はつか", 24: "にじゅうよっか",
    27: "にじゅうしちにち", 29: "にじゅうくにち",
}  # fmt: skip

LETTERS = {
    "A": "エー", "B": "ビー", "C": "シー", "D": "ディー", "E": "イー", "F": "エフ", "G": "ジー",
    "H": "エイチ", "I": "アイ", "J": "ジェー", "K": "ケー", "L": "エル", "M": "エム", "N": "エヌ",
    "O": "オー", "P": "ピー", "Q": "キュー", "R": "アール", "S": "エス", "T": "ティー", "U": "ユー",
    "V": "ブイ", "W": "ダブリュー", "X": "エックス", "Y": "ワイ", "Z": "ゼット",
    "@": "アットマーク", ".": "ドット", "-": "ハイフン", "_": "アンダーバー", "+": "プラス", "'": "アポストロフィー",
}  # fmt: skip


def digits(text: str) -> str:
    """Return a number said digit by digit, its groups joined by の.

    >>> digits("090-12")
    'ゼロ きゅう ゼロ の いち に'
    """
    groups = [" ".join(DIGITS[int(digit)] for digit in group) for group in re.findall(r"\d+", text)]
    return " の ".join(groups)


def number(value: int, four: str = "よん") -> str:
    """Return a count from 0 to 99,999,999 in kana; `four` is how a 4 at the end is said before the counted word.

    >>> number(3278), number(10_000), number(10_000_000)
    ('さんぜん にひゃく ななじゅうはち', 'いちまん', 'いっせんまん')
    """
    ten_thousands, rest = divmod(value, 10_000)
    many = {0: "", 1000: "いっせんまん"}.get(ten_thousands, f"{_below_ten_thousand(ten_thousands, 'よん')}まん")
    return " ".join(filter(None, [many, _below_ten_thousand(rest, four)])) or DIGITS[0]


def _below_ten_thousand(value: int, four: str) -> str:
    thousand, hundred, ten, one = (int(digit) for digit in f"{value:04}")
    last = four if one == 4 else _ONES[one]  # noqa: PLR2004 - the figure four
    return " ".join(filter(None, [_THOUSANDS[thousand], _HUNDREDS[hundred], _TENS[ten] + last]))


def yen(value: int) -> str:
    """Return an amount in kana; 4円 is よえん.

    >>> yen(3300), yen(44)
    ('さんぜん さんびゃく えん', 'よんじゅうよ えん')
    """
    return f"{number(value, four='よ')} えん"


def day(value: date) -> str:
    """Return a date in kana.

    >>> from datetime import date
    >>> day(date(2026, 4, 20))
    'にせん にじゅうろく ねん しがつ はつか'
    """
    of_month = _DAYS.get(value.day) or f"{number(value.day).replace(' ', '')}にち"
    return f"{number(value.year, four='よ')} ねん {_MONTHS[value.month - 1]}がつ {of_month}"


def letters(text: str) -> str:
    """Return a text in Latin letters said letter by letter; KeyError where a character has no name.

    >>> letters("a1@b.jp")
    'エー いち アットマーク ビー ドット ジェー ピー'
    """
    return " ".join(DIGITS[int(sign)] if sign in "0123456789" else LETTERS[sign] for sign in text.upper() if sign != " ")


KANA_WORDS = dict(
    pair.split("=")
    for pair in (
        "ア=あさひ イ=いろは ウ=うえの エ=えいご オ=おおさか カ=かわせ キ=きって ク=くらぶ ケ=けしき コ=こども "
        "サ=さくら シ=しんぶん ス=すずめ セ=せかい ソ=そろばん タ=たばこ チ=ちどり ツ=つるかめ テ=てがみ ト=とうきょう "
        "ナ=なごや ニ=にほん ヌ=ぬまづ ネ=ねずみ ノ=のはら ハ=はがき ヒ=ひこうき フ=ふじさん ヘ=へいわ ホ=ほけん "
        "マ=まっち ミ=みかさ ム=むせん メ=めいじ モ=もみじ ヤ=やまと ユ=ゆみや ヨ=よしの ラ=らじお リ=りんご ル=るすい "
        "レ=れんげ ロ=ろーま ワ=わらび ヲ=おわり ン=おしまい"
    ).split()
)
"""和文通話表: the word by which each kana is told on the phone (無線局運用規則 別表第5号; https://eskkl.com/archives/1079353537.html)."""
_SMALL = dict(zip("ァィゥェォャュョッヮ", "アイウエオヤユヨツワ", strict=True))


def phonetic_spelling(text: str) -> list[tuple[str, str]]:
    """Return each sign of a name in katakana with how it is told on the phone.

    >>> phonetic_spelling("ワン")
    [('ワ', 'わらび の ワ'), ('ン', 'おしまい の ン')]
    >>> [said for _, said in phonetic_spelling("ジョー")]
    ['しんぶん の シ に だくてん', 'ちいさい よしの の ヨ', 'ちょうおん']
    """
    return [(sign, _letter_name(sign)) for sign in text if sign not in " \u3000"]


def _letter_name(sign: str) -> str:
    if sign == "ー":
        return "ちょうおん"
    if sign in "・･":
        return "なかぐろ"
    parts = unicodedata.normalize("NFD", sign)
    plain, mark = parts[0], parts[1:]
    small = "ちいさい " if plain in _SMALL else ""
    full = _SMALL.get(plain, plain)
    voiced = {"\u3099": " に だくてん", "\u309a": " に はんだくてん"}.get(mark, "")
    return f"{small}{KANA_WORDS[full]} の {full}{voiced}" if full in KANA_WORDS else sign


def without_marks(text: str) -> str:
    """Return a reading without the marks that only rōmaji needs.

    >>> without_marks("お-なまえ を おも|う")
    'おなまえ を おもう'
    """
    return text.replace("|", "").replace("-", "")


_SYLLABLES = dict(
    zip(
        "あいうえおかきくけこさしすせそたちつてとなにぬねのはひふへほまみむめもやゆよらりるれろわゐゑを"
        "がぎぐげござじずぜぞだぢづでどばびぶべぼぱぴぷぺぽゔぁぃぅぇぉゃゅょゎ",
        (
            "a i u e o ka ki ku ke ko sa shi su se so ta chi tsu te to na ni nu ne no ha hi fu he ho ma mi mu me mo "
            "ya yu yo ra ri ru re ro wa i e o ga gi gu ge go za ji zu ze zo da ji zu de do ba bi bu be bo "
            "pa pi pu pe po vu a i u e o ya yu yo wa"
        ).split(),
        strict=True,
    )
)
_PARTICLES = {"は": "wa", "へ": "e", "を": "o"}
_MARKS = {"、": ", ", "。": ". ", "・": " ", "\u3000": " ", "|": "'"}
_LONG = dict(zip(["aa", "uu", "ee", "oo", "ou", "aー", "iー", "uー", "eー", "oー"], "āūēōōāīūēō", strict=True))
_STEMS = {
    "い": "y", "う": "w", "く": "kw", "ぐ": "gw", "す": "s", "ず": "z", "つ": "ts", "て": "t", "で": "d", "と": "t", "ど": "d",
    "ふ": "f", "ゔ": "v", "し": "sh", "じ": "j", "ち": "ch",
}  # fmt: skip
"""What a syllable becomes before a small vowel: ファ fa, クァ kwa, ティ ti. Any other keeps its own vowel: リェ rie."""


def romaji(kana: str) -> str:
    """Return kana as Hepburn rōmaji with macrons, in lower case (the standard of the Cabinet notice of 2025-12-22).

    >>> romaji("でんわ ばんごう は ゼロ きゅう です。")
    'denwa bangō wa zero kyū desu.'
    >>> romaji("お-なまえ"), romaji("おも|う"), romaji("まっちゃ"), romaji("しんよう"), romaji("オペレーター"), romaji("ディー")
    ('o-namae', 'omou', 'matcha', "shin'yō", 'operētā', 'dī')
    """
    words = re.split(r"(\s+|[、。・「」（）])", kana)
    said = "".join(_PARTICLES.get(word) or _MARKS.get(word) or _word(word) for word in words)
    return re.sub(r"\s+", " ", said).strip()


def _word(word: str) -> str:
    hiragana = "".join(chr(ord(sign) - 0x60) if "ァ" <= sign <= "ヴ" else sign for sign in word)
    said = re.sub(r"ん(?=[あいうえおやゆよ])", "n'", hiragana).replace("ん", "n")
    said = re.sub(r"([ぁ-ゔ])([ぁぃぅぇぉゃゅょゎ])", lambda pair: _contracted(*pair.groups()), said)
    said = "".join(_SYLLABLES.get(sign, sign) for sign in said)
    said = said.replace("っch", "tch")
    said = re.sub(r"っ(.?)", r"\1\1", said)
    for short, long in _LONG.items():
        said = said.replace(short, long)
    return said.replace("|", "")


def _contracted(full: str, small: str) -> str:
    """Return a syllable with a small kana: しゃ sha, ディ di, ファ fa, ウェ we, リェ rie."""
    vowel = _SYLLABLES[small]
    if small in "ゃゅょ":
        stem = _SYLLABLES[full][:-1]
        return stem + (vowel[1:] if stem in {"sh", "ch", "j"} else vowel)
    return (_STEMS.get(full) or _SYLLABLES[full]) + vowel
