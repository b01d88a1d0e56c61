"""What may be said about an exception: its class, its code and its place, never its text.

The text of an exception can hold what a customer wrote or the values of a statement.
"""

from pathlib import PurePath

from shared.rules import RuleBroken


def describe(error: BaseException) -> str:
    """``OperationalError 55P03 at pool.py:1180``: fit for logs and for ``last_error``."""
    parts = [type(error).__name__]
    code = _code(error)
    if code:
        parts.append(code)
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    if trace is not None:
        parts.append(f"at {PurePath(trace.tb_frame.f_code.co_filename).name}:{trace.tb_lineno}")
    return " ".join(parts)[:200]


def _code(error: BaseException) -> str | None:
    """The code of a rule of ours, or PostgreSQL's five characters."""
    if isinstance(error, RuleBroken):
        return error.code
    state = getattr(getattr(error, "orig", None), "sqlstate", None)
    return state if isinstance(state, str) else None
