"""``dead-letters list | show | replay | drop``: the tool for what could not be handled."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from typing import Any, Protocol

import click
from sqlalchemy.orm import Session, sessionmaker

from shared import dead_letter_acts as letters
from shared.clock import Clock
from shared.dead_letter_office import Office
from shared.dead_letter_shelves import StillUnreadable
from shared.topology import dead_letters_of
from shared.transaction import Begin


class Reached(Protocol):
    """Where the broker is, and whom to believe, among a service's settings."""

    @property
    def broker_url(self) -> str: ...
    @property
    def trusted_publishers(self) -> str: ...


class Parts(Protocol):
    """A running instance of a service, as far as these commands look at it."""

    @property
    def sessions(self) -> sessionmaker[Session]: ...
    @property
    def begin(self) -> Begin[Any]: ...
    @property
    def clock(self) -> Clock: ...
    @property
    def settings(self) -> Reached: ...


def dead_letters(service: str, parts: Callable[[], Parts]) -> click.Group:
    """The group of commands; ``parts`` is called when one of them runs."""

    def make() -> Office:
        of = parts()
        trusted = tuple(user for user in of.settings.trusted_publishers.split(",") if user)
        return Office(service, of.sessions, of.begin, of.clock, of.settings.broker_url, trusted)

    group = click.Group("dead-letters", help="Look at, replay or drop what could not be handled.")
    for command in (_list(make), _show(make), _replay(make), _drop(make), _heal(make)):
        group.add_command(command)
    return group


ACTOR = click.option("--actor", default="operator", show_default=True, help="For the audit log.")
KEYS = click.argument("keys", nargs=-1)


def _list(make: Callable[[], Office]) -> click.Command:
    @click.command("list", help="List what waits, one JSON object a line.")
    def command() -> None:
        office = make()
        for letter in office.waiting():
            click.echo(_line(asdict(letter)))
        click.echo(f"{office.queued()} in {dead_letters_of(office.service)}", err=True)

    return command


def _show(make: Callable[[], Office]) -> click.Command:
    @click.command("show", help="Show one letter with its body. Audited.")
    @click.argument("key")
    @ACTOR
    def command(key: str, actor: str) -> None:
        with _explained(), make().open(actor) as tx:
            click.echo(_line(letters.show(tx, key)))

    return command


def _replay(make: Callable[[], Office]) -> click.Command:
    @click.command("replay", help="Try the letters again; --all takes in the broker's too.")
    @KEYS
    @click.option("--all", "everything", is_flag=True)
    @click.option("--dry-run", is_flag=True, help="Only say what would happen.")
    @ACTOR
    def command(keys: tuple[str, ...], everything: bool, dry_run: bool, actor: str) -> None:
        office = make()
        chosen = [letter.key for letter in office.waiting()] if everything else list(keys)
        if dry_run:
            _would("replay", [*chosen, *_queue(office, everything)])
            return
        if everything:
            click.echo(f"took in {office.take_in_all(actor)} of {dead_letters_of(office.service)}")
        _each(office, chosen, actor, letters.replay, "replayed")

    return command


def _drop(make: Callable[[], Office]) -> click.Command:
    @click.command("drop", help="Give up on the letters for ever.")
    @KEYS
    @click.option("--yes", is_flag=True, help="Do it; without this, only say what would happen.")
    @ACTOR
    def command(keys: tuple[str, ...], yes: bool, actor: str) -> None:
        if not yes:
            _would("drop", list(keys))
            return
        _each(make(), list(keys), actor, letters.drop, "dropped")

    return command


def _heal(make: Callable[[], Office]) -> click.Command:
    @click.command("heal", help="Store again, from the public log, events that are missing here.")
    @click.option("--since", default="first", show_default=True, help="Or an age: 7D, 12h.")
    @ACTOR
    def command(since: str, actor: str) -> None:
        click.echo(f"{make().heal(actor, since=since)} events were missing")

    return command


def _each(office: Office, keys: list[str], actor: str, act: Callable[..., None], done: str) -> None:
    """Each letter in a transaction of its own, so that one that fails holds back no other."""
    failed = 0
    for key in keys:
        try:
            with _explained(), office.open(actor) as tx:
                act(tx, key, real=office.real)
            click.echo(f"{done} {key}")
        except click.ClickException as error:
            failed += 1
            click.echo(error.message, err=True)
    if failed:
        raise click.ClickException(f"{failed} of {len(keys)} could not be {done}")


def _queue(office: Office, everything: bool) -> list[str]:
    return [f"{office.queued()} of {dead_letters_of(office.service)}"] if everything else []


def _would(act: str, what: list[str]) -> None:
    for one in what:
        click.echo(f"would {act} {one}")


@contextmanager
def _explained() -> Iterator[None]:
    try:
        yield
    except letters.NoSuchLetter as error:
        raise click.ClickException(f"no letter {error}") from error
    except StillUnreadable as error:
        raise click.ClickException(f"still unreadable: {error}") from error


def _line(values: dict[str, Any]) -> str:
    return json.dumps(values, ensure_ascii=False, default=_shown)


def _shown(value: object) -> str:
    return value.decode("utf-8", "backslashreplace") if isinstance(value, bytes) else str(value)
