"""The fonts that count as installed: the whole Noto Sans CJK, as the system has it or as the packages have it."""

from __future__ import annotations

from pathlib import Path

from simforms.pdf.fonts import font_files

COLLECTIONS = ("/usr/share/fonts/opentype/noto", "/usr/share/fonts/noto-cjk", "/usr/share/fonts/google-noto-cjk")
"""Where Debian, Arch and Fedora keep the collection."""
_CONFIGURATION = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">
<fontconfig>{folders}<cachedir>{cache}</cachedir></fontconfig>
"""


def fontconfigs(folder: Path) -> dict[str, Path]:
    """Write fontconfig files that know these faces only; return them by the name of the faces, the usual ones first."""
    found: dict[str, list[Path]] = {}
    for place in map(Path, COLLECTIONS):
        if (place / "NotoSansCJK-Regular.ttc").exists():
            found["installed collection (.ttc)"] = [place]
    found["the two .otf of the packages"] = [path.parent for path in font_files()]
    return {name: _written(folder / f"fonts-{number}.conf", places) for number, (name, places) in enumerate(found.items())}


def _written(path: Path, places: list[Path]) -> Path:
    folders = "".join(f"<dir>{place}</dir>" for place in places)
    path.write_text(_CONFIGURATION.format(folders=folders, cache=path.with_suffix(".cache")), encoding="utf-8")
    return path
