"""Odd and hostile texts, by what becomes of them: refused, printed as typed, or warned about."""

from __future__ import annotations

REFUSED = {
    "v07-no-glyph-thai": "\u0e2a\u0e21\u0e0a\u0e32\u0e22",
    "v08-no-glyph-emoji": "\U0001f600",
    "v09-gaiji": "\ue000",
    "v10-noncanonical-compat": "\U0002f830",
    "v12-nul": "a\u0000b",
    "v13-esc": "\u001b[31m",
    "v14-c1": "a\u0085b",
    "v15-lone-surrogate": "\ud800",
    "v16-noncharacter": "\uffff",
    "v24-hangul-filler": "a\u3164b",
    "v25-zalgo": "e" + "\u0301" * 20,
    "v27-linesep": "a\u2028b",
    "v30-too-long": "a" * 2001,
    "v19-arabic": "\u0645\u062d\u0645\u062f",
    "v29-longer-word": "a" * 400,
    "braille-blank": "a\u2800b",
    "tag-characters": "a\U000e0041b",
    "v11-replacement": "a\ufffdb",
}
PRINTED = {
    "v01-compat-kanji": "\ufa10\u7530\uf929",
    "compat-kanji-of-a-name": "\ufa19\u8c37",
    "v02-ext-b": "\U00020bb7\u91ce",
    "v03-ivs": "\u845b\U000e0100\u98fe",
    "v32-html": "<b>x</b>&amp;",
    "v33-jinja": "{{7*7}}{% raw %}",
    "v34-style-breakout": "</style><style>",
    "v35-attr-breakout": '" onload="x',
    "v36-img-file": "<img src=file:///etc/hostname>",
    "v48-null-words": "undefined None true",
    "formula": "=1+1",
    "percent": "100%(x)s %d",
    "v28-long-kanji": "漢" * 200,
    "v29-long-word": "A" * 200,
    "vietnamese": "Nguyễn Thị Phương Đặng",
    "korean": "김철수 이영희",
    "circled": "①②㊿ ㍿ № ℡",
    "dashes": "a-b‐c–d—e−f－g",
    "wave-dash": "4～5",
}
DOUBTFUL = {
    "v06-kangxi": ("\u2f00\u90ce", "is a radical that only looks like U+4E00"),
    "v46-mojibake": ("譚朱峭", "it looks like text read in the wrong encoding"),
}
CLEANED = {
    "v26-crlf-in-line": ("a\r\nb", "a b"),
    "v04-nfd-latin": ("Jose\u0301", "José"),
    "v05-jamo": ("\u1100\u1161\u11a8", "각"),
    "v17-rlo": ("abc\u202edef", "abcdef"),
    "v18-isolate": ("a\u2066b", "ab"),
    "v20-zwsp": ("\u5c71\u200b\u7530", "\u5c71\u7530"),
    "v21-shy": ("foo\u00adbar", "foobar"),
    "v22-bom-inside": ("a\ufeffb", "ab"),
    "v37-outer-space": (" a", "a"),
}
"""What is read in another way than it was typed, and how."""
