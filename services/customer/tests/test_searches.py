"""Customers are found by what may not stand in an address (S34), within one's own units."""

import pytest

from .river import CUSTOMERS, RIVER

SEARCHES = f"{CUSTOMERS}/searches"


def numbers(answer):
    assert 200 == answer.status_code, answer.json
    return [one["number"] for one in answer.json["items"]]


@pytest.mark.rule("CF-19")
@pytest.mark.parametrize(
    "asked", [{"phone": "138 0000 1234"}, {"name": "畔家"}, {"number": "F-0001"}]
)
def test_a_customer_is_found_in_the_one_store_by_those_who_see_him(as_, river, asked):
    assert ["F-0001"] == numbers(as_("customer_service_team").post(SEARCHES, asked))
    south = as_("customer_service_team", unit="region-south")
    assert [] == numbers(south.post(SEARCHES, asked))


@pytest.mark.parametrize("name", ["%%", "__", "河%居", "河_", "\\\\", "畔家居河"])
def test_no_character_of_a_name_stands_for_others(sales, river, name):
    assert [] == numbers(sales.post(SEARCHES, {"name": name}))


@pytest.mark.parametrize("name", ["河畔", "畔家", "家居", "畔家居", "河畔家居"])
def test_every_part_of_two_characters_finds_a_customer(sales, river, name):
    assert ["F-0001"] == numbers(sales.post(SEARCHES, {"name": name}))


def test_one_character_is_too_little_to_search_by(sales, river):
    refused = sales.post(SEARCHES, {"name": "河"})

    assert (422, "invalid") == (refused.status_code, refused.json["code"])


def test_a_customer_is_found_by_the_name_that_he_has_now(sales, river, path):
    assert 200 == sales.patch(path, {"name": "海边河畔"}, version=1).status_code

    assert [] == numbers(sales.post(SEARCHES, {"name": "家居"}))
    for part in ("海边", "边河", "河畔"):
        assert ["F-0001"] == numbers(sales.post(SEARCHES, {"name": part}))


def test_upper_and_lower_case_differ_in_a_name(sales):
    sales.post(CUSTOMERS, {**RIVER, "name": "River Shop"})

    found = [numbers(sales.post(SEARCHES, {"name": part})) for part in ("er Sh", "River", "RiVER")]
    assert [["F-0001"], ["F-0001"], []] == found


def test_a_consumer_is_found_by_his_whole_name_alone(sales):
    sales.post(CUSTOMERS, {**RIVER, "kind": "consumer", "name": "李华明"})

    assert [] == numbers(sales.post(SEARCHES, {"name": "李华"}))
    assert ["F-0001"] == numbers(sales.post(SEARCHES, {"name": "李华明"}))


@pytest.mark.parametrize("asked", [{}, {"name": "x", "number": "F-1"}, {"phone": "12"}])
def test_a_search_names_one_thing_that_can_be(sales, asked):
    assert 422 == sales.post(SEARCHES, asked).status_code
