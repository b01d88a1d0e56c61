"""``python -m dispatch verify``: whether what was signed is still what the orders say."""

from collections.abc import Callable, Iterator
from uuid import UUID

import click
from sqlalchemy import select
from sqlalchemy.orm import Session

from dispatch.adapters.work_orders import work_orders
from dispatch.domain.verification import Finding, Verified
from dispatch.use_cases.verification import every_order, is_altered, verified
from shared.runtime import Parts
from shared.transaction import reading


def verify_command(parts: Callable[[], Parts]) -> click.Command:
    """The command; ``parts`` is called when it runs."""

    @click.command("verify")
    @click.argument("order", required=False)
    @click.option("--all", "everything", is_flag=True, help="Every order that was given out.")
    def command(order: str | None, everything: bool) -> None:
        """Hold the signatures on ORDER (its number or id), or on all orders, against what they say.

        Prints a line a signature, of all orders those alone that were changed; ends with 1 where
        something was changed since it was signed.
        """
        if everything == (order is not None):
            raise click.UsageError("Name one order, or --all.")
        altered = 0
        with reading(parts().sessions) as session:
            for number, found in every_order(session) if order is None else _one(session, order):
                altered += is_altered(found)
                shown = [one for one in found if order or one.finding is Finding.CHANGED]
                for one in shown:
                    click.echo(f"{number} {_said(one)}")
        click.echo(f"{altered} changed since they were signed")
        raise SystemExit(1 if altered else 0)

    return command


def _one(session: Session, written: str) -> Iterator[tuple[str, list[Verified]]]:
    known = work_orders.c
    try:
        which = known.id == UUID(written)
    except ValueError:
        which = known.order_no == written
    row = session.execute(select(known.id, known.order_no).where(which)).one_or_none()
    if row is None:
        raise click.ClickException("There is no such order.")
    yield row.order_no or str(row.id), verified(session, row.id)


def _said(one: Verified) -> str:
    altered = f": {', '.join(one.altered)}" if one.altered else ""
    waiting = "" if one.taken else " (not completed by it)"
    return f"{one.part} {one.finding}{altered}{waiting}"
