"""How a page marks which text is the value of which field: the contract between the templates, the layout and the checks.

An element that contains a value has the attribute `data-field` with the name of the field, such as `person.name`, and contains
nothing but the escaped text of the value. The title of the page counts as a value, too. Written by `papers.wording` and, for
their own numbers, by templates in `templates/shared`. Read by `guarantees` (the elements of the page) and by `reuse.layout` (the
HTML before it is parsed: this is what may change from one person's page to the next).
"""

from __future__ import annotations

import re

ATTRIBUTE = "data-field"
MARKED = re.compile(rf'(\A(?s:.*?)<title>|<[a-z]+ [^>]*{ATTRIBUTE}="([^"]*)"[^>]*>)([^<]*[^\s<][^<]*)')
"""Groups: everything up to the text, the field ("" for the title), the text. Elements without text do not match."""
