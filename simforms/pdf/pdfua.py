"""What makes a file PDF/UA-1 as well: its metadata say so, and what that entry means."""

from __future__ import annotations

from copy import copy
from typing import Any

_PDF_UA_METADATA = b"""<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/"><pdfuaid:part>1</pdfuaid:part></rdf:Description>
<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name><pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category><pdfaProperty:description>PDF/UA part</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description>
"""
"""Says in the metadata that the file is PDF/UA-1, and, as PDF/A wants it, what that entry means (ISO 19005-3, 6.6.2.3)."""


def declare_pdf_ua(document: Any) -> Any:
    """Return a document whose metadata say that it is PDF/UA-1, too."""
    metadata = document.metadata = copy(document.metadata)
    described, included = metadata.generate_rdf_metadata, metadata.include_in_pdf
    metadata.generate_rdf_metadata = lambda *names: described(*names).replace(b"</rdf:RDF>", _PDF_UA_METADATA + b"</rdf:RDF>")
    metadata.include_in_pdf = lambda *names: included(*names[:4], compress=False)  # PDF/A wants it plain
    return document
