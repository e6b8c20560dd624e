"""Lists the private names of WeasyPrint and pydyf that are used, and checks that this version has them.

Any version may drop a private name. They are checked once, when the engine is imported, so that no paper fails halfway and no
page differs from the tested ones.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from importlib import import_module
from operator import attrgetter
from typing import Any

from simforms.errors import RenderError
from simforms.messages import say
from simforms.pdf.native import pip_command

VERSIONS = ("weasyprint>=70,<71", "pydyf>=0.13,<0.14")
"""The versions that have these names, as pyproject.toml requires them."""

PARAMETERS = {
    # module:function, its first parameters
    "weasyprint:HTML.render": "self font_config",
    "weasyprint.document:Document.copy": "self pages",
    "weasyprint.document:Document.write_pdf": "self target zoom finisher",
    "weasyprint.draw:draw_text": "stream textbox offset_x text_overflow block_ellipsis",
    "weasyprint.formatting_structure.boxes:Box.translate": "self dx dy",
    "weasyprint.layout:LayoutContext.create_block_formatting_context": "self root_box new_list",
    "weasyprint.layout:LayoutContext.finish_block_formatting_context": "self root_box",
    "weasyprint.layout.background:layout_box_backgrounds": "page box get_image_from_uri",
    "weasyprint.layout.block:iter_line_boxes": "context box position_y bottom_space skip_stack containing_block absolute_boxes "
    "fixed_boxes first_letter_style first_line_style",
    "weasyprint.pdf:build_fonts_dictionary": "pdf fonts compress subset options",
    "weasyprint.pdf.fonts:Font.subset": "self to_unicode hinting",
    "weasyprint.pdf.fonts:get_hb_object_data": "hb_object",
    "weasyprint.pdf.metadata:DocumentMetadata.generate_rdf_metadata": "self variant version conformance",
    "weasyprint.pdf.metadata:DocumentMetadata.include_in_pdf": "self pdf variant version conformance compress",
    "weasyprint.pdf.tags:_build_box_tree": "box parent",
    "weasyprint.urls:URLFetcher.fetch": "self url headers",
    "pydyf:PDF.add_object": "self object_",
    "pydyf:PDF.write": "self output version identifier compress",
    "pydyf:Stream.__init__": "self stream extra compress",
}
MEMBERS = {
    # module:object, names that it has
    "weasyprint.text.fonts": "FontConfiguration",
    "weasyprint.urls": "FatalURLFetchingError",
    "weasyprint.layout:LayoutContext": "excluded_shapes",
    "weasyprint.pdf.fonts:Font": "type",
    "weasyprint.formatting_structure.boxes": "FlexBox GridBox InlineBlockBox InlineBox InlineFlexBox InlineGridBox "
    "InlineTableBox LineBox MarginBox TableBox TableCellBox TextBox",
    "weasyprint.formatting_structure.boxes:Box": "bookmark_label border_box_x border_width content_box_y link margin_width",
    "weasyprint.layout.page:PageType": "name",
    "weasyprint.css.properties:INITIAL_VALUES": "anchor bookmark_level border_bottom_width border_left_width border_right_width "
    "border_top_width float opacity outline_style position table_layout text_decoration_line transform width",
    "pydyf": "Dictionary String",
    "pydyf:Object": "compressible data indirect reference",
}
USED_INSIDE = {
    # module:function, the attributes that it sets, and the functions that it calls by a name that is patched
    "weasyprint:HTML.__init__": "etree_element",
    "weasyprint.document:Document.__init__": "pages metadata",
    "weasyprint.document:Page.__init__": "_page_box bookmarks",
    "weasyprint.draw:draw_inline_level": "draw_text",
    "weasyprint.draw.text:draw_text": "pango_layout",
    "weasyprint.formatting_structure.boxes:Box.__init__": "element style",
    "weasyprint.formatting_structure.boxes:PageBox.__init__": "page_type",
    "weasyprint.formatting_structure.boxes:ParentBox.__init__": "children",
    "weasyprint.formatting_structure.boxes:TextBox.__init__": "text",
    "weasyprint.layout:LayoutContext.__init__": "get_image_from_uri",
    "weasyprint.layout.absolute:AbsolutePlaceholder.__getattr__": "_box",
    "weasyprint.layout.background:layout_box_backgrounds": "background",
    "weasyprint.layout.block:_linebox_layout": "iter_line_boxes",
    "weasyprint.layout.inline:split_text_box": "baseline height pango_layout width",
    "weasyprint.pdf:generate_pdf": "build_fonts_dictionary info",
    "weasyprint.pdf.fonts:Font.__init__": "family file_content get_hb_object_data missing tables to_unicode weight widths",
    "weasyprint.pdf.fonts:Font.clean": "fvar subset tables",
    "weasyprint.pdf.metadata:DocumentMetadata.__init__": "title",
    "weasyprint.pdf.metadata:DocumentMetadata.include_in_pdf": "generate_rdf_metadata",
    "weasyprint.pdf.pdfa:pdfa": "include_in_pdf",
    "weasyprint.pdf.stream:Stream.__init__": "_fonts",
    "weasyprint.pdf.tags:add_tags": "_build_box_tree",
    "weasyprint.text.line_break:Layout.__init__": "justification_spacing max_width",
    "weasyprint.text.line_break:Layout.set_text": "text",
    "pydyf:Object.__init__": "free generation number offset",
    "pydyf:PDF.__init__": "catalog info objects",
    "pydyf:Stream.__init__": "compress extra stream",
    "pydyf:Stream.data.fget": "compress extra stream",
}


def check() -> None:
    """Check all names. The engine must be imported. Raises RenderError, with the remedy, if one is missing or has changed."""
    if names := list(missing_names()):
        raise wrong_version(names)


def wrong_version(names: Sequence[str]) -> RenderError:
    """Return the error for a version that lacks these names."""
    what = say(
        "%(packages)s: the version is not the one needed (%(names)s); install it again with: %(command)s",
        packages="WeasyPrint, pydyf",
        names=", ".join(names),
        command=pip_command(*VERSIONS),
    )
    return RenderError(what)


def missing_names() -> Iterator[str]:
    """Yield the names that are missing or have changed."""
    for address, parameters in PARAMETERS.items():
        wanted = tuple(parameters.split())
        code = getattr(_resolve(address), "__code__", None)
        if code is None or code.co_varnames[: code.co_argcount][: len(wanted)] != wanted:
            yield address.replace(":", ".")
    for address, names in MEMBERS.items():
        holder = _resolve(address)
        yield from (f"{address.replace(':', '.')}.{name}" for name in names.split() if not _holds(holder, name))
    for address, names in USED_INSIDE.items():
        known = _names(getattr(_resolve(address), "__code__", None))
        yield from (f"{address.replace(':', '.')}: {name}" for name in names.split() if name not in known)


def _resolve(address: str) -> Any:
    """Return the object at an address like `module:name`; None if there is none."""
    module, _, name = address.partition(":")
    try:
        imported = import_module(module)
        return attrgetter(name)(imported) if name else imported
    except (ImportError, AttributeError):
        return None


def _holds(holder: Any, name: str) -> bool:
    return name in holder if isinstance(holder, dict) else hasattr(holder, name)


def _names(code: Any) -> set[str]:
    """Return the names that a function uses, and those that it holds as a text."""
    return set() if code is None else {*code.co_names, *(one for one in code.co_consts if isinstance(one, str))}
