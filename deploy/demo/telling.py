"""Print a story so that a person can follow it, and count what it expects."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import click

ZONE = ZoneInfo("Asia/Shanghai")


@dataclass
class Telling:
    """Chapters, sentences and expectations. An expectation that fails is told and the story goes
    on, so that one run shows all of them."""

    passed: int = 0
    failed: int = 0

    def chapter(self, title: str) -> None:
        """Begin a new part."""
        click.echo(f"\n== {title}")

    def say(self, who: str, what: str, *, at: str | datetime, because: Any = None) -> None:
        """One sentence: when, who, what, and the clause that made it so."""
        clause = f"   [{cite(because)}]" if because else ""
        click.echo(f"{local(at)}  {who}: {what}{clause}")

    def expect(self, what: str, expected: Any, actual: Any) -> None:
        """Count whether ``actual`` is what the story says it must be."""
        if expected == actual:
            self.passed += 1
            click.echo(f"                     ok    {what}")
        else:
            self.failed += 1
            click.echo(f"                     FAIL  {what}: expected {expected!r}, got {actual!r}")

    def close(self) -> int:
        """Print the last line; returns how many expectations failed."""
        click.echo(f"\n{self.passed} passed, {self.failed} failed")
        return self.failed


def local(at: str | datetime) -> str:
    """``Fri 2026-02-13 17:00`` in the company's zone."""
    moment = datetime.fromisoformat(at) if isinstance(at, str) else at
    return moment.astimezone(ZONE).strftime("%a %Y-%m-%d %H:%M")


def cite(because: Any) -> str:
    """``franchise/1, 5.1.1, CP-17``."""
    return (
        f"{because['pack']}/{because['version']}, {because['clause']}, {because['rule']}"
        if because
        else ""
    )
