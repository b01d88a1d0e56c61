"""The demo against the running compose stack: real processes, real servers, real time."""

import sys
import tempfile
import time
from pathlib import Path

import click

from compose.project import ComposeFailed, Project
from demo.live import Live
from embedded.reconciling import reconcile
from embedded.sample import Company

SETTLING = 120.0  # seconds


class NotSettled(Exception):
    """Events were still on their way when patience ended; the text counts them."""


@click.command()
def demo() -> None:
    """Play a story over HTTP; exit 1 when an expectation fails. It loads the sample company."""
    project = Project()
    try:
        with tempfile.TemporaryDirectory(prefix="huiyin-demo-") as name:
            failed = play(project, Path(name))
    except ComposeFailed as fault:
        sys.exit(str(fault))
    sys.exit(1 if failed else 0)


def play(project: Project, folder: Path) -> int:
    """Tell the story; returns how many expectations failed."""
    company = Company(project.keys(folder))
    with project.databases(folder) as databases:

        def settle() -> None:
            deadline = time.monotonic() + SETTLING
            while not (count := reconcile(databases)).clean:
                if time.monotonic() > deadline:
                    raise NotSettled(str(count.to_data()))
                time.sleep(0.2)

        live = Live(project.bases, company, settle=settle, count=lambda: reconcile(databases))
        return live.play()


if __name__ == "__main__":
    demo()
