"""Any text that a file can hold."""

from __future__ import annotations

from hypothesis import strategies as st

odd = st.text(st.characters(codec="utf-8", exclude_characters="\r"), max_size=60)
