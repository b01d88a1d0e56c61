"""What is no event of ours is refused, with a reason, and never breaks the reader."""

import json
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shared.reading_envelopes import Delivery, Unreadable, read
from shared.strict_json import MAX_BYTES, MAX_DEPTH
from shared.testing_inbox import TOLD_AT, delivered, envelope

NESTED = MAX_DEPTH - 2  # The envelope and its data are two levels already.


def raw(**others: Any) -> bytes:
    return json.dumps(envelope(**others)).encode()


def without(name: str) -> bytes:
    return json.dumps({k: v for k, v in envelope().items() if k != name}).encode()


def deep(levels: int) -> Any:
    value: Any = "bottom"
    for _ in range(levels):
        value = [value]
    return value


def spliced(old: str, new: str) -> bytes:
    text = raw().decode()
    assert old in text
    return text.replace(old, new, 1).encode("utf-8", "surrogatepass")


POISON = [
    (b"", "not_json"),
    (b" ", "not_json"),
    (b"{", "not_json"),
    (b"hello", "not_json"),
    (b"\xff\xfe\x00", "not_utf8"),
    (b"\x80\x04\x95\x05\x00\x00\x00\x00\x00\x00\x00\x8c\x01x\x94.", "not_utf8"),
    (b"\xef\xbb\xbf" + raw(), "not_json"),
    (raw().decode().encode("utf-16"), "not_utf8"),
    (raw().decode().encode("utf-16-be"), "not_json"),
    (raw() + b"{}", "not_json"),
    (raw()[:-1], "not_json"),
    (b"null", "not_an_object"),
    (b"[]", "not_an_object"),
    (b'"text"', "not_an_object"),
    (b"17", "not_an_object"),
    (b"{}", "specversion"),
    (b"[" * 100_000, "too_deep"),
    (b'{"a":' * 100_000, "too_deep"),
    (b"[" * 21 + b"]" * 21, "too_deep"),
    (raw(data={"x": deep(NESTED + 1)}), "too_deep"),
    (b"9" * 5_000, "not_json"),
    (b" " * (MAX_BYTES + 1), "too_large"),
    (raw(data={"x": "a" * 5_000_000}), "too_large"),
    (spliced('"sequence": 1', '"sequence": 1, "sequence": 2'), "duplicate_key"),
    (spliced('"text":', '"text": "a", "text":'), "duplicate_key"),
    (spliced('"sequence": 1', '"sequence": NaN'), "not_a_number"),
    (spliced('"data": {', '"data": {"x": Infinity, '), "not_a_number"),
    (spliced('"data": {', '"data": {"x": -Infinity, '), "not_a_number"),
    (spliced('"data": {', '"data": {"x": 1e999, '), "not_a_number"),
    (spliced('"data": {', '"data": {"x": "\\ud800", '), "lone_surrogate"),
    (spliced('"data": {', '"data": {"\\udfff": 1, '), "lone_surrogate"),
    (spliced('"data": {', '"data": {"x": "\ud800", '), "not_utf8"),
    (spliced('"data": {', '"data": {"x": "\\u0000", '), "nul_character"),
    (spliced('"data": {', '"data": {"x": "\\\\\\u0000", '), "nul_character"),
    (spliced('"data": {', '"data": {"x": "\x01", '), "not_json"),
    (without("specversion"), "specversion"),
    (without("id"), "id"),
    (without("source"), "source"),
    (without("type"), "type"),
    (without("subject"), "subject"),
    (without("sequence"), "sequence"),
    (without("time"), "time"),
    (without("data"), "data"),
    (raw(specversion="0.3"), "specversion"),
    (raw(specversion=1.0), "specversion"),
    (raw(id="17"), "id"),
    (raw(id="00000000-0000-0000-0000-00000000000G"), "id"),
    (raw(id="{0198c0de-0000-7000-8000-000000000000}"), "id"),
    (raw(id=7), "id"),
    (raw(source="/dispatch"), "source"),
    (raw(source="complaint"), "source"),
    (raw(type="complaint.filed", source="/complaint"), "type"),
    (raw(type="complaint.filed.v0"), "type"),
    (raw(type="Complaint.filed.v1"), "type"),
    (raw(type="complaint.filed.v1 "), "type"),
    (raw(type="complaint.filed.v1\n"), "type"),
    (raw(type="complaint." + "x" * 200 + ".v1"), "type"),
    (raw(type="complaint.filed.extra.v1"), "type"),
    (raw(subject=""), "subject"),
    (raw(subject="complaint/1 2"), "subject"),
    (raw(subject="complaint/\x7f"), "subject"),
    (raw(subject="c" * 201), "subject"),
    (raw(subject=["complaint/1"]), "subject"),
    (raw(sequence=0), "sequence"),
    (raw(sequence=-1), "sequence"),
    (raw(sequence="1"), "sequence"),
    (raw(sequence=1.0), "sequence"),
    (raw(sequence=True), "sequence"),
    (raw(sequence=2**63), "sequence"),
    (raw(time="2026-03-02T09:00:00"), "time"),
    (raw(time="yesterday"), "time"),
    (raw(time="9999-12-31T23:59:59-23:59"), "time"),
    (raw(time=1_772_442_000), "time"),
    (raw(datacontenttype="application/xml"), "datacontenttype"),
    (spliced('"data": {', '"data": [], "dat": {'), "data"),
    (raw(actor=17), "actor"),
    (raw(orgunit=["hq"]), "orgunit"),
    (raw(traceparent="t" * 201), "traceparent"),
    (raw(correlationid=""), "correlationid"),
]


@pytest.mark.parametrize(("body", "reason"), POISON, ids=range(len(POISON)))
def test_what_is_no_event_is_refused_with_its_reason(body: bytes, reason: str) -> None:
    with pytest.raises(Unreadable) as refused:
        read(replace(delivered(), raw=body))
    assert str(refused.value) == reason


@pytest.mark.parametrize(
    ("properties", "reason"),
    [
        ({"content_type": "application/json"}, "content_type"),
        ({"content_type": "application/x-python-serialize"}, "content_type"),
        ({"content_type": None}, "content_type"),
        ({"content_encoding": "gzip"}, "content_encoding"),
        ({"routing_key": "complaint.closed.v1"}, "routing_key"),
        ({"user_id": "dispatch-relay"}, "user_id"),
        ({"user_id": "guest"}, "user_id"),
    ],
)
def test_a_message_with_strange_properties_is_refused(
    properties: dict[str, str], reason: str
) -> None:
    with pytest.raises(Unreadable) as refused:
        read(replace(delivered(), **properties))
    assert str(refused.value) == reason


def test_a_trusted_user_may_publish_for_every_service() -> None:
    arrival = read(replace(delivered(), user_id="admin"), trusted_users=["admin"])
    assert arrival.event.source == "complaint"


def test_a_valid_envelope_is_read_as_it_is() -> None:
    delivery = delivered(subject="complaint/9", sequence=4, data={"a": "乙"}, orgunit="shop-1")
    event = read(delivery).event
    assert (event.type, event.source) == ("complaint.filed.v1", "complaint")
    assert (event.subject, event.sequence) == ("complaint/9", 4)
    assert (event.actor, event.correlation, event.causation) == ("zhang", "c-1", None)
    assert (event.org_unit, event.policy) == ("shop-1", None)
    assert event.data == {"a": "乙"}
    assert str(event.id) == delivery.message_id
    assert read(delivery).body == delivery.raw.decode()


def test_times_are_turned_to_utc() -> None:
    event = read(delivered(time="2026-03-02T09:00:00+08:00")).event
    assert event.time == TOLD_AT
    assert event.time.utcoffset() == timedelta(0)


def test_an_extension_nobody_knows_does_no_harm() -> None:
    assert read(delivered(colour="green")).event.sequence == 1


def test_the_greatest_depth_and_an_escaped_backslash_are_read() -> None:
    data = {"x": deep(NESTED), "y": "\\u0000", "z": "\U0001f600"}
    assert read(delivered(data=data)).event.data == data
    assert read(replace(delivered(), raw=raw(data=data))).event.data == data


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=400))
def test_bytes_of_any_kind_are_refused_and_nothing_else_is_raised(body: bytes) -> None:
    with pytest.raises(Unreadable):
        read(Delivery(raw=body))


@settings(max_examples=200, deadline=None)
@given(
    name=st.sampled_from(sorted(envelope())),
    value=st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    ),
)
def test_an_attribute_of_any_value_is_read_as_it_came_or_refused(name: str, value: Any) -> None:
    body = json.dumps(envelope() | {name: value}).encode()
    assert read_or_refuse(body) in (body.decode(), Unreadable)


def read_or_refuse(body: bytes) -> object:
    try:
        return read(Delivery(raw=body)).body
    except Unreadable:
        return Unreadable


def test_no_reason_repeats_what_the_message_says() -> None:
    reasons = {reason for _, reason in POISON}
    assert not {reason for reason in reasons if not reason.replace("_", "").isalnum()}


def test_properties_are_kept_as_text_that_any_database_takes() -> None:
    strange = replace(delivered(), user_id="a\x00b\ud800", message_id="x" * 999)
    kept = strange.properties()
    assert kept["user_id"] == "a?b\\ud800"
    assert len(kept["message_id"]) == 200
