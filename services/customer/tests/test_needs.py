"""What customers need, and departments that have to acknowledge it (CF-43 to CF-47)."""

import pytest

from .desk import at

NEED = {
    "weight": "critical",
    "satisfiable_now": False,
    "dimension": "quality",
    "origin": "interview",
    "text": "the hinges hold longer",
    "units": ["region-north", "region-south"],
}
WHOLE = {**NEED, "expectation": "ten years", "wanted_by": "next year"}


@pytest.fixture(autouse=True)
def factory(desk):
    desk.follow("region-north", "factory", "generic")


@pytest.fixture
def post(sales, path):
    return lambda **fields: sales.post(f"{path}/needs", {**NEED, **fields})


@pytest.mark.rule("CF-43")
@pytest.mark.parametrize("left_out", ["expectation", "wanted_by"])
def test_the_form_of_the_pack_is_whole_or_refused(desk, post, left_out):
    desk.follow("region-north", "crm-generic", "generic")

    refused = post(**{**WHOLE, left_out: None})

    assert ("need_incomplete", [left_out]) == (refused.json["code"], refused.json["missing"])
    assert 201 == post(**WHOLE).status_code


@pytest.mark.rule("CF-43")
@pytest.mark.parametrize("left_out", ["weight", "satisfiable_now", "dimension", "origin"])
def test_a_need_is_critical_or_not_and_can_be_met_now_or_not(sales, path, left_out):
    asked = {name: value for name, value in NEED.items() if name != left_out}

    assert 422 == sales.post(f"{path}/needs", asked).status_code


@pytest.mark.rule("CF-44")
@pytest.mark.parametrize("dimension", ["function", "quality", "price", "delivery"])
def test_a_need_is_about_one_of_four_things(sales, post, dimension):
    made = post(dimension=dimension).json

    (listed,) = sales.get(f"/v1/needs?dimension={dimension}").json["items"]
    assert made["need_id"] == listed["need_id"]


@pytest.mark.rule("CF-45")
@pytest.mark.parametrize("origin", ["questionnaire", "interview", "data_analysis"])
def test_a_need_stands_on_the_file_whatever_it_was_learnt_from(sales, post, river, origin):
    post(origin=origin)

    asked = f"/v1/needs?customer_id={river['customer_id']}"
    assert [origin] == [one["origin"] for one in sales.get(asked).json["items"]]


@pytest.mark.rule("CF-47")
def test_the_departments_concerned_are_told_and_acknowledge(desk, as_, post):
    made = post().json
    (told,) = desk.told("need_recorded")
    assert (["region-north", "region-south"], "text" in told) == (told["units"], False)

    south = as_("sales_team", unit="region-south")
    one = f"/v1/needs/{made['need_id']}"
    foreign = south.post(f"{one}/acknowledgements", {"unit": "region-north"})
    own = south.post(f"{one}/acknowledgements", {"unit": "region-south"})
    twice = south.post(f"{one}/acknowledgements", {"unit": "region-south"})

    assert [404, 200, 409] == [one.status_code for one in (foreign, own, twice)]
    assert [False, True] == [bool(t["acknowledged_at"]) for t in own.json["targets"]]
    assert 1 == len([kind for kind, _ in desk.timers() if kind == "need.unanswered"])


@pytest.mark.parametrize(
    ("pack", "day"),
    [
        pytest.param("factory", 5, marks=pytest.mark.rule("CF-47")),
        pytest.param(
            "crm-generic", 4, marks=[pytest.mark.rule("CF-43"), pytest.mark.rule("CF-46")]
        ),
    ],
)
def test_a_department_that_does_not_acknowledge_in_time_is_alarmed(desk, post, pack, day):
    desk.follow("region-north", pack, "generic")
    post(**{**WHOLE, "units": ["region-north"]})

    while desk.fire() != "need.unanswered":
        pass

    assert at(2026, 3, day, 18) == desk.now

    assert ["region-north"] == [one["unit"] for one in desk.told("need_unanswered")]
