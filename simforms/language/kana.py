"""How to read numbers, dates and letters aloud in Japanese (読み方), in kana; and kana in Hepburn rōmaji.

Kana is written with a space between words. Particles は, へ, を are words of their own, so that rōmaji says wa, e, o.
A bar separates two vowels of two syllables: おも|う is omou, not omō. A hyphen follows an honorific: お-なまえ
is o-namae. Both are for rōmaji alone: `without_marks` removes them. Names of people are never read here: their kana is asked for.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

DIGITS = ("ゼロ", "いち", "に", "さん", "よん", "ご", "ろく", "なな", "はち", "きゅう")
"""Digits said one at a time, as on the phone: 4, 7 and 9 in the forms that are not misheard."""

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
    """Return the reading of a number, digit by digit, with の between its groups.

    >>> digits("090-12")
    'ゼロ きゅう ゼロ の いち に'
    """
    groups = [" ".join(DIGITS[int(digit)] for digit in group) for group in re.findall(r"\d+", text)]
    return " の ".join(groups)


def number(value: int, four: str = "よん") -> str:
    """Return a count from 0 to 99,999,999 in kana; `four` is the reading of a final 4 before the counted word.

    >>> number(3278), number(10_000), number(10_000_000)
    ('さんぜん にひゃく ななじゅうはち', 'いちまん', 'いっせんまん')
    """
    ten_thousands, rest = divmod(value, 10_000)
    many = {0: "", 1000: "いっせんまん"}.get(ten_thousands, f"{_below_ten_thousand(ten_thousands, 'よん')}まん")
    return " ".join(filter(None, [many, _below_ten_thousand(rest, four)])) or DIGITS[0]


def _below_ten_thousand(value: int, four: str) -> str:
    thousand, hundred, ten, one = (int(digit) for digit in f"{value:04}")
    last = four if one == 4 else _ONES[one]  # noqa: PLR2004 - the digit 4
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


_SHORT = {"いち": "いっ", "ろく": "ろっ", "はち": "はっ", "ゅう": "ゅっ", "ゃく": "ゃっ"}
_CHANGED = {
    "ちょうめ": ("いち", "はち", "ゅう"),
    "かい": ("いち", "ろく", "はち", "ゅう", "ゃく"),
    "とう": ("いち", "はち", "ゅう"),
}
"""The ends of numbers that become short before a counter: いっちょうめ, ろっかい, じゅっかい, はっとう."""
COUNTERS = ("ちょうめ", "ばんち", "ばん", "ごうしつ", "ごうとう", "ごう", "かい", "とう")
"""What follows the numbers of an address."""
_MOST_COUNTED = 99
"""A larger number of a room is said digit by digit."""


def counted(value: int, counter: str) -> str:
    """Return a number of an address with its counter in kana.

    >>> counted(1, "ちょうめ"), counted(10, "ばん"), counted(6, "かい"), counted(201, "ごうしつ")
    ('いっちょうめ', 'じゅうばん', 'ろっかい', 'に ゼロ いち ごうしつ')
    """
    if not 0 < value <= _MOST_COUNTED:
        return f"{digits(str(value))} {counter}"
    said = number(value).replace(" ", "")
    if (end := said[-2:]) in _CHANGED.get(counter, ()):
        said = said[:-2] + _SHORT[end]
    return said + counter


def letters(text: str) -> str:
    """Return the reading of Latin letters, letter by letter. Raises KeyError if a character has no name.

    >>> letters("a1@b.jp")
    'エー いち アットマーク ビー ドット ジェー ピー'
    """
    return " ".join(
        DIGITS[int(letter)] if letter in "0123456789" else LETTERS[letter] for letter in text.upper() if letter != " "
    )


_BASES = {
    "Đ": "D",
    "Ð": "D",
    "Ł": "L",
    "Ø": "O",
    "ẞ": "SS",
    "Æ": "AE",
    "Œ": "OE",
    "Þ": "TH",
    "Ħ": "H",
    "ı": "I",
    "’": "'",
    "ʻ": "'",
}
"""Letters that Unicode does not take apart, as a passport's lower lines spell them (ICAO Doc 9303, part 3)."""


def spelled_name(word: str) -> str:
    """Return the reading of a word of a name: its base letters one by one, and that it is written with marks. KeyError for kanji.

    >>> spelled_name("José"), spelled_name("Łódź"), spelled_name("Jr.")
    ('ジェー オー エス イー きごう つき', 'エル オー ディー ゼット きごう つき', 'ジェー アール')
    """
    plain = "".join(_BASES.get(sign, sign) for sign in word.upper())
    bare = "".join(sign for sign in unicodedata.normalize("NFD", plain) if not unicodedata.combining(sign))
    said = letters(re.sub(r"[^\w'@+-]|_", "", bare))
    return f"{said} きごう つき" if bare.replace("'", "") != word.upper().replace("’", "").replace("'", "") else said


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
"""和文通話表: the word that spells each kana on the phone (無線局運用規則 別表第5号; https://eskkl.com/archives/1079353537.html)."""
_SMALL = dict(zip("ァィゥェォャュョッヮ", "アイウエオヤユヨツワ", strict=True))


def phonetic_spelling(text: str) -> list[tuple[str, str]]:
    """Return each character of a name in katakana, with the words that spell it on the phone.

    >>> phonetic_spelling("ワン")
    [('ワ', 'わらび の ワ'), ('ン', 'おしまい の ン')]
    >>> [words for _, words in phonetic_spelling("ジョー")]
    ['しんぶん の シ に だくてん', 'ちいさい よしの の ヨ', 'ちょうおん']
    """
    return [(character, _letter_name(character)) for character in text if character not in " \u3000"]


def _letter_name(character: str) -> str:
    if character == "ー":
        return "ちょうおん"
    if character in "・･":
        return "なかぐろ"
    parts = unicodedata.normalize("NFD", character)
    plain, mark = parts[0], parts[1:]
    small = "ちいさい " if plain in _SMALL else ""
    full = _SMALL.get(plain, plain)
    voiced = {"\u3099": " に だくてん", "\u309a": " に はんだくてん"}.get(mark, "")
    return f"{small}{KANA_WORDS[full]} の {full}{voiced}" if full in KANA_WORDS else character


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
"""The consonants of a syllable before a small vowel: ファ fa, クァ kwa, ティ ti. Other syllables keep their vowel: リェ rie."""


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
    hiragana = "".join(chr(ord(kana) - 0x60) if "ァ" <= kana <= "ヴ" else kana for kana in word)
    said = re.sub(r"ん(?=[あいうえおやゆよ])", "n'", hiragana).replace("ん", "n")
    said = re.sub(r"([ぁ-ゔ])([ぁぃぅぇぉゃゅょゎ])", lambda pair: _contracted(*pair.groups()), said)
    said = "".join(_SYLLABLES.get(kana, kana) for kana in said)
    said = said.replace("っch", "tch")
    said = re.sub(r"っ(.?)", r"\1\1", said)
    for short, long in _LONG.items():
        said = said.replace(short, long)
    return said.replace("|", "")


def _contracted(full: str, small: str) -> str:
    """Return the rōmaji of a syllable with a small kana: しゃ sha, ディ di, ファ fa, ウェ we, リェ rie."""
    vowel = _SYLLABLES[small]
    if small in "ゃゅょ":
        stem = _SYLLABLES[full][:-1]
        return stem + (vowel[1:] if stem in {"sh", "ch", "j"} else vowel)
    return (_STEMS.get(full) or _SYLLABLES[full]) + vowel
