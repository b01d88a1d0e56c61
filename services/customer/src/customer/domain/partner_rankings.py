"""The ranking of partners of joint ventures by how complete their papers are (CL-35)."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from shared.rules import RuleBroken

WHOLE = 100  # the weights in per cent, and the best score


class RankingMissing(RuleBroken):
    """Nobody has ranked the partners of the unit this year (CL-35)."""

    code = "ranking_missing"


@dataclass(frozen=True)
class RankingRule:
    """Partners of the first ``top_n`` ranks are on top. The weights, in per cent, say how much the
    admission form and the file count; they total 100."""

    top_n: int
    form_weight: int
    file_weight: int


@dataclass(frozen=True)
class Papers:
    """How complete the admission form and the file of a partner are, in whole per cent."""

    customer_id: UUID
    form_percent: int
    file_percent: int


@dataclass(frozen=True)
class Place:
    """The place of a partner in the ranking of one unit and year. ``tied``: another partner has the
    same score and rank."""

    papers: Papers
    score: Decimal
    rank: int
    tied: bool
    on_top: bool


def ranked(rule: RankingRule, partners: Iterable[Papers]) -> list[Place]:
    """The places of ``partners``, the best first.

    Equal scores share a rank, and the ranks behind them are left out: 1, 2, 2, 4. So who shares the
    last rank on top is on top as well. Nothing but the papers decides: the same give the same.
    """
    scores = {one: _score(rule, one) for one in partners}
    times = Counter(scores.values())
    places: list[Place] = []
    for number, papers in enumerate(sorted(scores, key=lambda p: (-scores[p], p.customer_id)), 1):
        score = scores[papers]
        rank = places[-1].rank if places and places[-1].score == score else number
        places.append(Place(papers, score, rank, times[score] > 1, rank <= rule.top_n))
    return places


def _score(rule: RankingRule, papers: Papers) -> Decimal:
    points = papers.form_percent * rule.form_weight + papers.file_percent * rule.file_weight
    return (Decimal(points) / WHOLE).quantize(Decimal("0.01"))
