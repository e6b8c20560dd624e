"""Lines of JSON become cases; one that is wrong costs only itself."""

from __future__ import annotations

import json

import pytest
from tables import FULL, FULL_ROW, Write, read, table_of, texts, wrong_with


def test_lines_of_json_are_cases(write: Write) -> None:
    line = (
        '{"id": 7, "carrier": "au", "person": {"name": "A\u2028B"}, "log": [{"who": "C"}, {"who": null}], "refund.amount": 3278}'
    )
    table = table_of(write(f"\ufeff{line}\n\n{line.replace('7', '8')}\r\n", "desk.ndjson"))

    one, other = table
    assert (one.number, one.id, other.number, other.id, len(table)) == (1, "7", 3, "8", 2)
    assert texts(one) == {"carrier": "au", "person.name": "A\u2028B", "log.1.who": "C", "refund.amount": "3278"}
    assert table.headings == ("id", "carrier", "person.name", "log[1].who", "refund.amount")
    assert not one.problems


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ('{"person": {"phone": 8012345678}}', "person.phone: person.phone contains a number, so any leading 0 is lost"),
        ('{"line.eid": ' + "8" * 5000 + "}", "line.eid: it has 5000 characters"),
        ('{"refund.amount": 3.5}', "refund.amount: this is not an amount in yen"),
        ('{"person.name": "A", "person": {"name": "B"}}', "person.name: the name appears twice, first in line 2"),
        ('{"a": 1, "a": 2}', "a: the name appears twice, first in line 2"),
        ('{"person": "A", "person.name": "B"}', "person.name: it is written both as a single value and as fields"),
        ('{"refund.amount": NaN}', "it is not valid JSON (NaN)"),
        ('{"refund.amount": 1e999}', "it is not valid JSON (1e999)"),
        ('{"person.phone": true}', "person.phone contains a spreadsheet value"),
        ('{"person.name": "\\ud800"}', "person.name: character 1, U+D800"),
        ('{"person.name": ["A", "B"]}', "person.name: this must not be a list"),
        ('{"person.nam": "A"}', "person.nam: there is no such field; did you mean person.name?"),
        ('{"pin": "1234"}', "pin: a PIN, password or security code must not be written in a case"),
        ('{"log": [{"date": "2026-01-01"}, "x"]}', "log[2]: this must contain fields, not a value"),
        ("[" * 100_000, "it is nested too deeply"),
        ('{"a":' * 30 + "1" + "}" * 30, "it is nested too deeply"),
        ("[]", "this is not a case"),
        ("7", "this is not a case"),
        ('{"a"', "it is not valid JSON"),
        (b'{"a": "\xff"}', "the file is not in UTF-8"),
    ],
    ids=lambda value: str(value)[:30],
)
def test_a_line_that_is_wrong_costs_only_itself(write: Write, line: str | bytes, told: str) -> None:
    good = json.dumps(dict(zip(FULL[1:], FULL_ROW[1:], strict=True))).encode()
    wrong = line if isinstance(line, bytes) else line.encode()
    found = read(write(b"\n".join([good, wrong, good]), "desk.jsonl"))

    assert [record.id for record in found] == ["row-1", "row-2", "row-3"]
    assert wrong_with(found[0]) == wrong_with(found[2]) == []
    assert any(told in str(problem) for problem in wrong_with(found[1])), wrong_with(found[1])
