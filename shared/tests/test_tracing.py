import pytest

from shared import tracing

INCOMING = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-00"


def test_an_incoming_trace_is_continued_with_a_span_of_our_own() -> None:
    version, trace, span, flags = tracing.continued(INCOMING).split("-")
    assert (version, trace, flags) == ("00", "0af7651916cd43dd8448eb211c80319c", "00")
    assert span != "b7ad6b7169203331"


@pytest.mark.parametrize(
    "incoming",
    [
        None,
        "",
        "abc",
        INCOMING.upper(),
        f"{INCOMING}-00",
        f"{INCOMING}\n",
        INCOMING.replace("00-0a", "ff-0a"),
        f"00-{'0' * 32}-b7ad6b7169203331-01",
        f"00-0af7651916cd43dd8448eb211c80319c-{'0' * 16}-01",
    ],
)
def test_a_trace_begins_here_when_none_can_be_read(incoming: str | None) -> None:
    begun = tracing.continued(incoming)
    assert tracing.FORM.fullmatch(begun)
    assert begun.split("-")[1] != INCOMING.split("-")[1]
    assert begun != tracing.continued(incoming)


def test_the_trace_holds_within_a_span_only() -> None:
    assert tracing.current_traceparent() is None
    with tracing.span(INCOMING) as outer:
        assert tracing.current_traceparent() == outer
        with tracing.span(outer) as inner:
            assert tracing.current_trace_id() == INCOMING.split("-")[1]
            assert inner != outer
        assert tracing.current_traceparent() == outer
    assert (tracing.current_traceparent(), tracing.current_trace_id()) == (None, None)
