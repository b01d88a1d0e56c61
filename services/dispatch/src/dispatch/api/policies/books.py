"""The sections on books of blank orders: who keeps them and when more are to be bought (WO-03), and
how many a dispatcher may hold (WO-18)."""

from collections.abc import Mapping

from dispatch.api.policies.values import A_MONTH, one, roles, values, whole
from dispatch.domain.book_rules import BookIssueRule, BookRule
from dispatch.domain.books import THICKEST
from shared.policy import Section

SECTIONS: Mapping[str, Section] = {
    "books": one(
        values(
            BookRule,
            {
                "roles": roles(),
                "pages": whole(1, THICKEST),
                "reorder_at": whole(0, 1000),
                "again": whole(1, A_MONTH),
            },
        )
    ),
    "book_issuing": one(values(BookIssueRule, {"held": whole(1, 20)})),
}
