"""What is encrypted can be read in its place alone, under keys that change (S33)."""

import pytest

from shared.encryption import (
    DecryptionFailed,
    Encryption,
    KeysMissing,
    KeysUnreadable,
    Place,
    fresh_key,
    read_encryption,
)

HERE = Place("contacts", "phone", 1)
PHONE = "+8613812345678"
OLD, NEW = f"old:{fresh_key()}", f"new:{fresh_key()}"


@pytest.fixture
def encryption() -> Encryption:
    return read_encryption(OLD, fresh_key())


@pytest.mark.rule("CF-11")
@pytest.mark.parametrize("text", [PHONE, "", "李华", "x" * 10_000])
def test_what_is_encrypted_is_read_in_its_place(encryption: Encryption, text: str) -> None:
    value = encryption.encrypt(text, HERE)

    assert text == encryption.decrypt(value, HERE)
    assert not text or text.encode() not in value
    assert value != encryption.encrypt(text, HERE)  # Equal values do not look alike.


@pytest.mark.parametrize(
    "elsewhere",
    [HERE._replace(row=2), HERE._replace(column="email"), HERE._replace(table="people")],
)
def test_it_is_not_read_anywhere_else(encryption: Encryption, elsewhere: Place) -> None:
    value = encryption.encrypt(PHONE, HERE)

    with pytest.raises(DecryptionFailed, match=f"{elsewhere} was altered, or was made for another"):
        encryption.decrypt(value, elsewhere)


def test_no_byte_of_it_can_be_altered_or_left_out(encryption: Encryption) -> None:
    value = encryption.encrypt(PHONE, HERE)
    altered = [value[:n] + bytes([byte ^ 1]) + value[n + 1 :] for n, byte in enumerate(value)]

    for one in (*altered, *(value[:n] for n in range(len(value)))):
        with pytest.raises((DecryptionFailed, KeysMissing)):
            encryption.decrypt(one, HERE)


def test_an_old_key_still_decrypts_and_the_first_one_encrypts() -> None:
    before, between = read_encryption(OLD), read_encryption(f"{NEW}, {OLD}")
    value = before.encrypt(PHONE, HERE)

    assert PHONE == between.decrypt(value, HERE)
    with pytest.raises(KeysMissing, match="contacts/phone/1 is encrypted under the key 'old'"):
        read_encryption(NEW).decrypt(value, HERE)
    assert PHONE == read_encryption(NEW).decrypt(between.encrypt(PHONE, HERE), HERE)


def test_equal_values_of_a_column_have_the_same_index(encryption: Encryption) -> None:
    index = encryption.index(PHONE, "contacts", "phone")

    assert index == encryption.index(PHONE, "contacts", "phone")
    others = [
        encryption.index("+8613812345679", "contacts", "phone"),
        encryption.index(PHONE, "people", "phone"),
        read_encryption(OLD, fresh_key()).index(PHONE, "contacts", "phone"),
    ]
    assert index not in others


def test_without_keys_nothing_is_encrypted_or_found() -> None:
    with pytest.raises(KeysMissing, match="FIELD_KEYS"):
        read_encryption("").encrypt(PHONE, HERE)
    with pytest.raises(KeysMissing, match="INDEX_KEY"):
        read_encryption(OLD).index(PHONE, "contacts", "phone")


@pytest.mark.parametrize(
    "keys",
    ["secret", "a:c2hvcnQ=", f"A:{fresh_key()}", f":{fresh_key()}", f"{OLD},{OLD}", "a:ü"],
    ids=["word", "short", "capital", "nameless", "twice", "umlaut"],
)
def test_keys_that_cannot_be_read_are_refused_and_not_repeated(keys: str) -> None:
    with pytest.raises(KeysUnreadable) as refused:
        read_encryption(keys)
    assert keys not in str(refused.value)
