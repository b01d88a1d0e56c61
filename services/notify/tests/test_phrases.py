"""What may not be said to a customer is neither kept as a template nor sent (SC-20..SC-23)."""

import pytest
from sqlalchemy import update

from notify.adapters.templates import builtin, templates
from notify.domain.message_states import State
from notify.domain.messages import Urgency
from notify.domain.templates import PhraseBanned, Wording
from notify.use_cases.templates import add_template, preview_wording

from .conftest import COMPLAINT, CUSTOMER, HANDLER, HELD, MANAGER

SAID = [
    ("SC-20", "我不知道我", "我不知道"),
    ("SC-20", "您好!不知道。", "不知道"),
    ("SC-20", "不行", "不行"),
    ("SC-20", "不能退货", "不能"),
    ("SC-20", "没办法", "没办法"),
    ("SC-21", "这个不关我的事", "不关我的事"),
    ("SC-22", "这是物流部的事,你找他吧", "这是*的事*找他"),
]
RULES = [pytest.param(*row, marks=pytest.mark.rule(row[0], "SC-23")) for row in SAID]
GUIDED = "这是物流部的事,请您找他,我马上致电给他说明"


def greeting(body, title="Hello"):
    return {"code": "birthday_greeting", "wording": Wording(title=title, body=body)}


@pytest.mark.parametrize(("rule", "said", "phrase"), RULES)
def test_a_template_with_a_banned_phrase_is_refused_and_not_kept(office, rule, said, phrase):
    for where in ("body", "title"):
        texts = greeting("Dear {name}", title=said) if where == "title" else greeting(said)
        with office.open() as tx:
            with pytest.raises(PhraseBanned) as refused:
                add_template(tx, language="zh-CN", **texts)
            with pytest.raises(PhraseBanned):
                preview_wording(tx, **texts)

            assert refused.value.extra["errors"] == {where: [f"{rule}: {phrase}"]}
            assert refused.value.because.rule == rule
            assert len(tx.templates.versions("birthday_greeting", "zh-CN")) == 1


@pytest.mark.rule("SC-22", "CM-18")
def test_who_calls_the_colleague_himself_may_guide_to_him(office):
    with office.open() as tx:
        assert add_template(tx, language="zh-CN", **greeting(GUIDED)).version == 1


def test_no_text_that_comes_with_the_service_says_a_banned_phrase(office):
    with office.open() as tx:
        banned = tx.banned_of_company()

    assert banned
    assert not [key for key, one in builtin().items() if one.wording.offences(banned)]


def spoiled(office):
    """A template that was kept before its phrase was banned."""
    with office.open() as tx:
        add_template(tx, language="zh-CN", **greeting("Dear {name}"))
    with office.open() as tx:
        tx.session.execute(update(templates).values(body="{name}: 这个不关我的事"))


@pytest.mark.rule("SC-21", "SC-23")
def test_a_message_to_a_customer_that_says_a_banned_phrase_is_not_sent(office):
    spoiled(office)

    office.contact({"month": 3, "day": 2})
    office.fire(at=office.clock.at)

    message = office.only()
    assert (message.state, message.state_reason) == (State.SUPPRESSED, "phrase_banned")


@pytest.mark.rule("SC-23")
def test_supervisors_alone_hear_of_a_banned_phrase_in_a_record(office):
    flag = {
        "flag_id": str(CUSTOMER),
        "org_unit": HELD["org_unit"],
        "about": f"complaint/{COMPLAINT}",
        "person_id": str(HANDLER),
        "phrase": "不关我的事",
        "supervisor_ids": [str(MANAGER)],
    }
    office.receive("complaint.phrase_flagged.v1", flag)

    name = "phrase_flagged"
    message = office.only()
    assert (message.reason, message.person_id, message.template) == (name, MANAGER, name)
    assert (message.because.rule, message.urgency) == ("SC-23", Urgency.NORMAL)
