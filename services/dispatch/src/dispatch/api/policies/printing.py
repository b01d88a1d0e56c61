"""The sections on printed orders: who prints a part (WO-02), and how articles are cited (WO-20)."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from marshmallow import fields
from marshmallow.validate import Regexp

from dispatch.api.policies.values import roles, values
from dispatch.domain.prints import ArticleRule, Duty, Part, PrintRule
from shared.policy import Fault, Merge, Rule, Section


def _check_parts(rules: Sequence[Rule]) -> Iterable[Fault]:
    """An order has two parts, and somebody prints each of them."""
    yield from _check_named(rules, "part", list(Part))


def _check_articles(rules: Sequence[Rule]) -> Iterable[Fault]:
    """Each duty has an article, and no two of them the same."""
    yield from _check_named(rules, "duty", list(Duty))
    for index, rule in enumerate(rules):
        if rule.value.article in [earlier.value.article for earlier in rules[:index]]:
            yield Fault(f"{index}.value.article", "Two articles have this number.")


def _check_named(rules: Sequence[Rule], fact: str, all_: Sequence[str]) -> Iterator[Fault]:
    covered: set[object] = set()
    for index, rule in enumerate(rules):
        named = set(rule.when.get(fact, all_))
        covered |= named
        if named - set(all_):
            yield Fault(f"{index}.when.{fact}", "There is nothing of this name.")
    for missing in [name for name in all_ if name not in covered]:
        yield Fault("", f"No rule speaks of {missing}.")


SECTIONS: Mapping[str, Section] = {
    "printing": Section(
        schema=values(
            PrintRule, {"roles": roles(), "by_receiver": fields.Boolean(load_default=False)}
        ),
        check=_check_parts,
        facts=frozenset({"part"}),
        merges=frozenset({Merge.REPLACE}),
    ),
    "articles": Section(
        schema=values(
            ArticleRule,
            {"article": fields.String(required=True, validate=Regexp(r"[0-9a-z.]{1,10}\Z"))},
        ),
        check=_check_articles,
        facts=frozenset({"duty"}),
        merges=frozenset({Merge.REPLACE}),
    ),
}
