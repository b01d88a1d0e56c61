"""What staff says on the telephone (SC-00..SC-15, SC-24)."""

import copy

import pytest

from complaint.api.policies import SECTIONS
from shared.policy import PackFault, parse

CONDUCT = [
    ("SC-00", "主动自我介绍,语调平缓温和,耐心听取客户意见,使用《客服标准话术》。"),
    ("SC-24", "客服标准话术见附件一。"),
]
SPOKEN = [
    ("SC-01", "incoming", 1, "greeting", "incoming_greeting", {}, "您好!综合服务部。"),
    (
        "SC-01",
        "incoming",
        1,
        "greeting",
        "incoming_greeting_customer_service",
        {},
        "您好!客服部。",
    ),
    ("SC-02", "incoming", 2, "question", "incoming_question", {}, "有什么可以帮到您?"),
    (
        "SC-03",
        "incoming",
        3,
        "solvable_at_once",
        "solvable_at_once",
        {},
        "您说的这个问题,具体是这样的……",
    ),
    (
        "SC-04",
        "incoming",
        3,
        "guide_to_solver",
        "guide_to_solver",
        {"department": "物流部", "person": "王小明", "phone": "13812345678"},
        "您说的这个问题,具体可由物流部王小明解决,他的联系电话是:13812345678,"
        "我马上致电给他说明,让他给您电话。如还有问题,欢迎来电。",
    ),
    (
        "SC-05",
        "incoming",
        3,
        "no_answer_now",
        "no_answer_now",
        {},
        "您所说的内容我已记录下来了,具体我晚点再回复您。",
    ),
    (
        "SC-06",
        "incoming",
        3,
        "other_department",
        "other_department",
        {"department": "物流部"},
        "您说的这个问题可能与物流部有关,我先帮您了解下,再回复您。",
    ),
    (
        "SC-07",
        "incoming",
        3,
        "report_needed",
        "report_needed",
        {"superior": "经理"},
        "您说的内容我已记录下来了,我需要向部门经理汇报后,才能回复您,晚点我会给您电话。",
    ),
    ("SC-08", "incoming", 4, "end", "incoming_end", {}, "谢谢您的来电,再见。"),
    (
        "SC-08",
        "incoming",
        4,
        "end",
        "incoming_end_by_name",
        {"nickname": "李姐"},
        "谢谢李姐的来电,再见。",
    ),
    (
        "SC-09",
        "outgoing",
        1,
        "greeting",
        "outgoing_greeting",
        {"nickname": "李姐", "team": "北区", "staff": "小王"},
        "李姐您好!我是北区客服小王。",
    ),
    (
        "SC-10",
        "outgoing",
        2,
        "purpose",
        "outgoing_purpose",
        {"matter": "换货"},
        "今天致电给您,是关于换货的事……",
    ),
    (
        "SC-11",
        "outgoing",
        3,
        "payment_reminder",
        "payment_reminder",
        {"order": "订单", "amount": "1200"},
        "您的订单已扫描,总共1200元,请您尽快打款到账号,以便发货。",
    ),
    (
        "SC-12",
        "outgoing",
        3,
        "information",
        "information",
        {"matter": "新品"},
        "您对新品一事了解吗?具体是……",
    ),
    (
        "SC-13",
        "outgoing",
        3,
        "progress",
        "progress",
        {"matter": "换货", "state": "寄出"},
        "您的换货事现在已寄出,我会尽快跟进处理,请您放心。",
    ),
    (
        "SC-14",
        "outgoing",
        3,
        "completed",
        "completed",
        {"matter": "换货", "result": "新货已到店"},
        "您的换货事情已处理完毕,具体结果是新货已到店,请您知悉。",
    ),
    ("SC-15", "outgoing", 4, "end", "outgoing_end", {}, "今天跟您说的就是这个事,谢谢,再见。"),
]
PROMISES = {
    "guide_to_solver": {"department": "admin-centre"},
    "no_answer_now": {},
    "other_department": {"department": "admin-centre"},
    "report_needed": {},
}
RULES = [pytest.param(*row, marks=pytest.mark.rule(row[0]), id=row[4]) for row in SPOKEN]


@pytest.fixture
def clerk(as_):
    return as_("assistant-north")


@pytest.mark.parametrize(
    ("rule", "direction", "step", "situation", "code", "variables", "said"), RULES
)
def test_each_script_is_found_by_its_situation_and_said_with_its_words(
    clerk, rule, direction, step, situation, code, variables, said
):
    listed = clerk.get(f"/v1/scripts?direction={direction}&situation={situation}").json["items"]
    (found,) = [one for one in listed if one["code"] == code]
    asked = {"variables": variables}
    if code in PROMISES:
        asked["call_back"] = {"matter": "运费", "caller_phone": "13812345678", **PROMISES[code]}
    answer = clerk.post(f"/v1/scripts/{code}/renderings", asked)

    assert (found["step"], found["placeholders"]) == (step, sorted(variables))
    assert (answer.status_code, answer.json["text"]) == (200, said)
    assert rule == found["because"]["rule"] == answer.json["because"]["rule"]
    assert (answer.json["call_back"] is not None) == (code in PROMISES)


@pytest.mark.rule("SC-00", "SC-24")
def test_every_answer_says_how_to_behave(clerk):
    listed = clerk.get("/v1/scripts?situation=end").json
    rendered = clerk.post("/v1/scripts/incoming_end/renderings", {}).json

    for answer in (listed, rendered):
        shown = [(one["because"]["rule"], one["text"]) for one in answer["conduct"]]
        assert shown == CONDUCT


def test_the_scripts_are_listed_in_the_order_of_a_call(clerk):
    listed = clerk.get("/v1/scripts").json["items"]

    places = [(one["direction"], one["step"]) for one in listed]
    assert (len(listed), places) == (len(SPOKEN), sorted(places))


def test_a_direction_and_a_situation_that_do_not_go_together_find_nothing(clerk):
    answer = clerk.get("/v1/scripts?direction=incoming&situation=payment_reminder")

    assert (answer.status_code, answer.json["items"]) == (200, [])


@pytest.mark.parametrize("asked", ["direction=sideways", "situation=lunch"])
def test_what_no_script_is_for_cannot_be_asked(clerk, asked):
    assert clerk.get(f"/v1/scripts?{asked}").status_code == 422


def test_every_word_that_is_missing_or_too_many_is_named(clerk):
    given = {"variables": {"department": "物流部", "colour": "red"}}

    answer = clerk.post("/v1/scripts/guide_to_solver/renderings", given)

    assert (answer.status_code, answer.json["code"]) == (422, "script_variables_unfit")
    assert sorted(answer.json["errors"]) == ["colour", "person", "phone"]
    assert answer.json["because"]["rule"] == "SC-04"


def test_a_script_that_is_not_there_cannot_be_said(clerk):
    answer = clerk.post("/v1/scripts/no_such_script/renderings", {})

    assert (answer.status_code, answer.json["code"]) == (404, "not_found")


@pytest.mark.parametrize(
    ("path", "value"),
    [("text", "您好{"), ("code", "incoming_question"), ("situation", "lunch"), ("direction", "in")],
)
def test_a_pack_with_a_broken_script_is_refused(rulebook, path, value):
    (franchise,) = [one for one in rulebook.builtin if one.pack == "franchise"]
    document = copy.deepcopy(dict(franchise.document))
    document["sections"]["scripts"]["rules"][0]["value"][path] = value

    with pytest.raises(PackFault) as refused:
        parse(document, SECTIONS)

    assert f"sections.scripts.rules.0.value.{path}" in refused.value.extra["errors"]
