"""Changes to how WeasyPrint writes a file: smaller fonts, a language for each tag, streams that are compressed once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from typing import TYPE_CHECKING

from simforms.pdf import font_cutting, fonts
from simforms.pdf.reuse import objects

if TYPE_CHECKING:
    import pydyf
    from weasyprint.formatting_structure.boxes import Box
    from weasyprint.pdf.fonts import Font


@contextmanager
def embed_cut_faces() -> Iterator[None]:
    """Embed only the glyphs that a file uses, cut by `font_cutting`: the engine would parse the whole font for each file."""
    from weasyprint import pdf
    from weasyprint.pdf import fonts as embedding

    def cut(font: Font, glyphs: Mapping[int, str], _: object) -> None:
        if _has_all_weights(font):
            font.file_content = font_cutting.cut_letters(glyphs, font.weight)
            font.tables = []  # it has one weight now: the engine need not reduce it to one
        else:
            font.file_content = font_cutting.cut(glyphs, bold=font.weight > REGULAR_WEIGHT)

    def built(file: pydyf.PDF, faces: Mapping[object, Font], *others: object) -> pydyf.Dictionary:
        for font in faces.values():
            if _has_all_weights(font):
                _map_each_glyph(font)
        return build(file, faces, *others)

    font, whole, build = embedding.Font, embedding.get_hb_object_data, pdf.build_fonts_dictionary
    embedded, kind = font.subset, font.type
    embedding.get_hb_object_data, font.subset, pdf.build_fonts_dictionary = lambda _: b"", cut, built
    font.type = property(lambda font: "ttf" if _has_all_weights(font) else "otf")
    try:
        yield
    finally:
        embedding.get_hb_object_data, font.subset, pdf.build_fonts_dictionary = whole, embedded, build
        font.type = kind


def _has_all_weights(font: Font) -> bool:
    return bool(font.family == "Noto Sans")


def _map_each_glyph(font: Font) -> None:
    """Map a letter and its accent each to its own character: the engine maps one of them to both, the other to nothing."""
    known = fonts.letters_of_glyphs()
    font.to_unicode.update((glyph, known[glyph]) for glyph in font.to_unicode if glyph in known)


def patch_objects(_: object, file: pydyf.PDF) -> None:
    """Declare the embedded fonts as bare CFF; write what depends on values by itself, so that the rest compresses the same."""
    for number, entry in enumerate(file.objects):
        if isinstance(entry, objects.SerializedObject):
            continue
        if getattr(entry, "extra", {}).get("Subtype") == "/OpenType":
            entry.extra["Subtype"] = "/CIDFontType0C"
        elif isinstance(entry, dict) and entry.get("Type") in {"/Font", "/FontDescriptor"}:
            if widths := entry.get("W"):
                runs = zip(widths[::2], widths[1::2], strict=True)
                widths[:] = [part for first, run in runs if set(run) != {DEFAULT_GLYPH_WIDTH} for part in (first, run)]
            file.objects[number] = objects.uncompressed(entry)
    file.info = objects.uncompressed(file.info)


DEFAULT_GLYPH_WIDTH = 1000
"""The width of a glyph whose width a file does not state, in thousandths of the type size (ISO 32000-1, 9.7.4.3)."""


REGULAR_WEIGHT = 400
"""The weight of the lighter font (CSS font-weight)."""


@contextmanager
def languages_in_tags() -> Iterator[None]:
    """Write the language of each element into its tag: the engine writes only the language of the document."""
    from weasyprint.pdf import tags

    build = tags._build_box_tree

    def with_language(box: Box, *others: object) -> Iterator[pydyf.Dictionary]:
        element = getattr(box, "element", None)
        language = None if element is None else element.get("lang")
        for made in build(box, *others):
            if language and element is not None and element.tag not in {"html", "body"}:
                made["Lang"] = f"({language})"
            yield made

    tags._build_box_tree = with_language
    try:
        yield
    finally:
        tags._build_box_tree = build


def compress_once(known: dict[bytes, bytes]) -> AbstractContextManager[None]:
    """Compress each stream of a file once; `known` maps what need not be compressed again to its compressed bytes."""
    from pydyf import Stream

    return objects.compress_once(Stream, known)
