import pytest

from shared import masking


@pytest.mark.parametrize(
    ("number", "masked"),
    [
        ("13812345678", "138****5678"),
        ("+8613812345678", "+86138****5678"),
        ("075512345678", "075****5678"),
        ("12345678", "123****5678"),
        ("1234567", "****"),
        ("95588", "****"),
        ("", "****"),
    ],
)
def test_a_telephone_number_keeps_its_beginning_and_end(number: str, masked: str) -> None:
    assert masking.phone(number) == masked


@pytest.mark.parametrize(
    ("full", "masked"),
    [("张三", "张*"), ("欧阳娜娜", "欧***"), ("Li Hua Ming", "L***"), ("张", "张"), ("", "")],
)
def test_a_name_keeps_its_first_character(full: str, masked: str) -> None:
    assert masking.name(full) == masked


@pytest.mark.parametrize(
    ("address", "masked"),
    [
        ("lihua@example.com", "l****@example.com"),
        ("l@example.com", "l****@example.com"),
        ("lihua", "****"),
        ("@example.com", "****"),
        ("lihua@", "****"),
    ],
)
def test_an_address_keeps_its_domain(address: str, masked: str) -> None:
    assert masking.email(address) == masked
