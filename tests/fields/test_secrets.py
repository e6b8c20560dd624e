"""Secrets are refused however they are written; honest numbers are not, and doubtful ones are only pointed out."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
import secret_spellings as made
from conftest import CHECKOUT

from simforms.cases import check, secrets
from simforms.errors import ContentError, Location, Problem
from simforms.knowledge import secret_words
from simforms.knowledge.vocabulary import vocabulary
from simforms.texts import Section, Text

WORDS = vocabulary(CHECKOUT)
HERE = Location("case.yaml", 1)


def _told(text: str) -> list[str]:
    return [str(what) for what, _ in secrets.refused(text)]


def _problems(name: str, value: str) -> list[Problem]:
    """Return the problems of a case of one field."""
    entry: Section | Text = Text(value, HERE)
    for step in reversed(name.replace("[]", ".1").split(".")):
        entry = Section({step: entry}, {step: HERE}, HERE, listed=step == "1")
    assert isinstance(entry, Section)
    return check.check(entry, WORDS)[1]


@pytest.mark.parametrize("number", made.MY_NUMBERS)
def test_a_my_number_is_refused_in_every_spelling(number: str) -> None:
    texts = list(made.spellings(number))

    assert len(texts) > 500
    assert [text for text in texts if "this is a My Number (個人番号)" not in _told(text)] == []


@pytest.mark.parametrize(("brand", "number"), [(brand, one) for brand, several in made.CARDS.items() for one in several])
def test_a_payment_card_is_refused_in_every_spelling(brand: str, number: str) -> None:
    assert secret_words.card_brand(number) == brand.partition(" of")[0]
    assert [text for text in made.spellings(number) if "this is a payment card number" not in _told(text)] == []


@pytest.mark.parametrize(
    "texts", [made.named_my_numbers, made.named_pins, made.named_passwords], ids=["My Number", "PIN", "password"]
)
def test_what_its_words_name_is_refused(texts: made.Texts) -> None:
    assert [text for text in texts() if not _told(text)] == []


def test_honest_texts_are_not_accused() -> None:
    assert [text for text in made.honest() if _told(text)] == []


def test_a_number_of_another_length_or_check_digit_is_no_payment_card() -> None:
    numbers = [number for several in made.CARDS.values() for number in several]
    wrong = [f"{number[:-1]}{(int(number[-1]) + 1) % 10}" for number in numbers] + [number[:13] for number in numbers]

    assert [number for number in wrong if "this is a payment card number" in _told(number)] == []


@pytest.mark.parametrize("name", ["line.customer_number", "log[].number", "loss.report_number", "log[].note", "reference"])
def test_where_one_in_ten_honest_numbers_fits_a_my_number_is_only_pointed_out(name: str) -> None:
    [problem] = _problems(name, made.MY_NUMBERS[0])

    assert problem.severity == "warning"
    assert "this may be a My Number" in str(problem)
    assert "10 other numbers" in str(problem)
    assert [one.severity for one in _problems(name, made.CARDS["Visa"][0])] == ["error"]


def test_one_in_ten_numbers_fits() -> None:
    choose = random.Random(1)  # noqa: S311 - an example, not a key
    numbers = [f"{choose.randrange(10**12):012}" for _ in range(5000)]

    assert 0.07 < sum(bool(_told(number)) for number in numbers) / len(numbers) < 0.13


def test_a_my_number_in_a_note_is_refused_next_to_its_word() -> None:
    assert [one.severity for one in _problems("log[].note", f"マイナンバー {made.MY_NUMBERS[0]}")] == ["error"]


@pytest.mark.parametrize("name", ["person.address", "refund.account.bank", "first_days.place", "person.email", "carrier"])
def test_a_my_number_in_free_text_is_refused(name: str) -> None:
    assert any("this is a My Number" in str(one) for one in _problems(name, made.MY_NUMBERS[0]))


def test_an_account_with_the_number_of_a_unionpay_card_is_right_and_another_card_is_pointed_out() -> None:
    assert _problems("refund.account.number", made.CARDS["UnionPay"][0]) == []
    assert [one.severity for one in _problems("refund.account.number", made.CARDS["Visa"][0])] == ["warning"]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("line.eid", "378282246310005"),
        ("line.eid", "4111111111111111"),
        ("line.imei", "3530111333300000"),
        ("line.serial", "621498320257"),
    ],
)
def test_a_wrong_number_of_a_device_is_said_to_be_one(name: str, value: str) -> None:
    assert not any("payment card" in str(one) or "My Number" in str(one) for one in _problems(name, value))


@pytest.mark.parametrize("key", ["pin", "PIN_code", "暗証番号", "cvv2", "mật khẩu", "비밀번호", "密码"])
def test_a_secret_has_no_field_in_any_language(key: str) -> None:
    assert any("a PIN, password or security code must not be written in a case" in str(one) for one in _problems(key, "x"))


def test_a_broken_file_of_secrets_is_an_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "secrets.toml"
    path.write_text('[words]\npin = []\n[[brand]]\nname = "Visa"\nprefixes = ["x"]\nlengths = [16]\n', encoding="utf-8")
    monkeypatch.setattr(secret_words, "data", lambda _: path)

    with pytest.raises(ContentError):
        secret_words._secrets.__wrapped__()
