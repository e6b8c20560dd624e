"""The situations of 0.1: way and papers are the same, or differ by a rule that is named."""

from __future__ import annotations

from datetime import date

import pytest

from simforms.cases.written_case import WrittenCase
from simforms.clock import Now
from simforms.planning.plan_case import plan_case

FIELDS = {
    "shop": ("cancellation.channel", "shop"),
    "phone": ("cancellation.channel", "phone"),
    "online": ("cancellation.channel", "online"),
    "post": ("cancellation.channel", "post"),
    "abroad": ("person.place", "abroad"),
    "family": ("cancellation.visitor", "family"),
    "reseller": ("line.contract", "reseller"),
    "prepaid": ("line.billing", "prepaid"),
    "lost": ("line.state", "lost"),
    "refund": ("refund.ground", "double-billing"),
}
ONLINE = "online-worksheet"
COUNTER = "counter-card cancellation-request"
PROXY = "counter-card proxy cancellation-request"
CALL = "call-script call-log"

AS_BEFORE = [
    ("softbank", "", "online", ONLINE),
    ("softbank", "shop", "shop", COUNTER),
    ("softbank", "phone", "online", ONLINE),
    ("softbank", "online", "online", ONLINE),
    ("softbank", "abroad", "online", ONLINE),
    ("softbank", "abroad shop", "online", ONLINE),
    ("softbank", "refund", "", "refund-request"),
    ("softbank", "refund shop", "shop", "counter-card cancellation-request refund-request"),
    ("softbank", "prepaid", "", ""),
    ("softbank", "prepaid refund", "", "refund-request"),
    ("ntt-docomo", "", "online", ONLINE),
    ("ntt-docomo", "shop", "shop", COUNTER),
    ("ntt-docomo", "phone", "online", ONLINE),
    ("ntt-docomo", "abroad", "online", ONLINE),
    ("ntt-docomo", "refund", "", "refund-request"),
    ("ahamo", "", "online", ONLINE),
    ("ahamo", "shop", "online", ONLINE),
    ("ahamo", "phone", "online", ONLINE),
    ("au", "", "online", ONLINE),
    ("au", "shop", "shop", COUNTER),
    ("uq-mobile", "", "online", ONLINE),
    ("povo2", "", "online", ONLINE),
    ("povo2", "shop", "online", ONLINE),
    ("povo2", "prepaid", "online", ONLINE),
    ("ymobile", "shop", "shop", COUNTER),
    ("linemo", "", "online", ONLINE),
    ("rakuten-mobile", "", "online", "online-worksheet sim-return"),
    ("rakuten-mobile", "shop", "online", "online-worksheet sim-return"),
    ("rakuten-mobile", "post", "online", "online-worksheet sim-return"),
    ("iijmio", "", "online", "online-worksheet sim-return"),
    ("mineo", "", "online", ONLINE),
    ("b-mobile", "", "online", ONLINE),
    ("mobal", "", "online", ONLINE),
    ("his-mobile", "", "online", ONLINE),
    ("nuro-mobile", "", "online", "online-worksheet sim-return"),
    ("softbank-prepaid", "", "", ""),
    ("b-mobile-visitor", "", "", ""),
    ("japan-travel-sim", "", "", ""),
    ("docomo-prepaid", "", "", ""),
    ("au-prepaid", "", "", ""),
    ("ヒマワリモバイル", "prepaid", "", ""),
    ("ヒマワリモバイル", "refund", "", "refund-request"),
]
"""Carrier, what the case says, the way of the first matter ("" where none is known or needed), its papers."""

OTHERWISE = [
    ("softbank", "family", "shop by family", PROXY, "who walks the way is part of it"),
    ("softbank", "family abroad", "shop by family", PROXY, "the holder's absence does not close the counter to the family"),
    ("softbank", "reseller", "", "", "a seller is asked, it is no way of the carrier's"),
    ("softbank", "lost shop", "online", "stop-line counter-card cancellation-request", "having the line stopped comes first"),
    ("ntt-docomo", "family", "shop by family", PROXY, "who walks the way is part of it"),
    ("ahamo", "lost", "", "stop-line", "a lost line alone does not ask for its end"),
    (
        "au",
        "phone",
        "online",
        "online-worksheet call-script call-log",
        "a wished way that is not known keeps its paper; the way that works is taken",
    ),
    ("au", "phone abroad", "online", "online-worksheet call-script call-log", "the same"),
    ("au", "family", "shop by family", PROXY, "who walks the way is part of it"),
    ("ymobile", "post", "online", ONLINE, "the form by post is for the Japanet plan only"),
    ("rakuten-mobile", "family", "online", "online-worksheet sim-return", "an agent does not close the holder's own way online"),
    ("sakura-mobile", "", "", ONLINE, "the page is about postpaid contracts; the case does not say which this is"),
    ("laox", "", "", "", "a shop runs no line: look on the package"),
    ("ヒマワリモバイル", "", "", "", "nothing is known of an unknown company: it is asked"),
    ("ヒマワリモバイル", "shop", "", COUNTER, "the same; the wished way keeps its papers"),
    ("ヒマワリモバイル", "phone", "", CALL, "the same; the wished way keeps its papers"),
]
"""The same, and the rule by which 0.1 was wrong or said it in another way."""


def _decided(carrier: str, given: str) -> tuple[str, str]:
    values = [FIELDS[name] for name in given.split()]
    case = WrittenCase().overridden([("language", "en"), ("carrier", carrier), *values])
    found = plan_case(case, Now(date(2026, 11, 20)), needs_papers=False)
    return found.way.key if found.way else "", " ".join(kind.name for kind in found.documents)


@pytest.mark.parametrize(("carrier", "given", "way", "papers"), AS_BEFORE)
def test_a_situation_of_0_1_is_decided_as_before(carrier: str, given: str, way: str, papers: str) -> None:
    assert _decided(carrier, given) == (way, papers)


@pytest.mark.parametrize(("carrier", "given", "way", "papers", "rule"), OTHERWISE)
def test_a_situation_of_0_1_is_decided_otherwise_by_a_rule(carrier: str, given: str, way: str, papers: str, rule: str) -> None:
    assert rule
    assert _decided(carrier, given) == (way, papers)
