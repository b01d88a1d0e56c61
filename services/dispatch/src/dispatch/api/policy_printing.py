"""How the sections on printed work orders are read, and what is refused in them."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from marshmallow import Schema, fields, post_load
from marshmallow.validate import Length, OneOf, Regexp

from dispatch.domain.prints import ArticleRule, Duty, Part, PrintRule
from dispatch.domain.roles import Role
from shared.policy import Fault, Merge, Rule, Section


class PrintRuleSchema(Schema):
    """Who prints a part of an order (WO-02)."""

    roles = fields.List(
        fields.String(validate=OneOf([role.value for role in Role])),
        required=True,
        validate=Length(1, 20),
    )
    by_receiver = fields.Boolean(load_default=False)

    @post_load
    def made(self, data: dict[str, Any], **_: Any) -> PrintRule:
        return PrintRule(**{**data, "roles": tuple(data["roles"])})


class ArticleSchema(Schema):
    """The number by which an article is referred to (WO-20)."""

    article = fields.String(required=True, validate=Regexp(r"[0-9a-z.]{1,10}\Z"))

    @post_load
    def made(self, data: dict[str, Any], **_: Any) -> ArticleRule:
        return ArticleRule(**data)


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


PRINTING: Mapping[str, Section] = {
    "printing": Section(
        schema=PrintRuleSchema(),
        check=_check_parts,
        facts=frozenset({"part"}),
        merges=frozenset({Merge.REPLACE}),
    ),
    "articles": Section(
        schema=ArticleSchema(),
        check=_check_articles,
        facts=frozenset({"duty"}),
        merges=frozenset({Merge.REPLACE}),
    ),
}
