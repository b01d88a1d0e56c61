"""The running compose stack, as somebody on its machine sees it."""

import json
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from sqlalchemy import Engine
from sqlalchemy.orm import Session, sessionmaker

from embedded.keys import DevelopmentKeys
from shared.database import connect
from shared.topology import SERVICES

ROOT = Path(__file__).parents[2]
KEPT = "/secrets/kept"
DOOR = ("--profile", "debug")


class ComposeFailed(Exception):
    """``docker compose`` refused, or is not there; the text is what it said."""


@dataclass(frozen=True)
class Database:
    """One service's database, seen as its runtime role."""

    engine: Engine

    @property
    def sessions(self) -> sessionmaker[Session]:
        return sessionmaker(self.engine)


class Project:
    """The stack of docker-compose.yml, of the project name that the environment may give it."""

    def compose(self, *arguments: str) -> str:
        """What ``docker compose`` says to ``arguments``. Raises ComposeFailed."""
        docker = shutil.which("docker")
        if docker is None:
            raise ComposeFailed("there is no command docker")
        command = [docker, "compose", *arguments]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)  # noqa: S603
        if done.returncode != 0:
            raise ComposeFailed(f"docker compose {' '.join(arguments)}:\n{done.stderr[-4000:]}")
        return done.stdout

    def address(self, service: str, port: int) -> str:
        """``host:port`` under which a container's port is published. Raises ComposeFailed."""
        return self.compose(*DOOR, "port", service, str(port)).strip()

    @property
    def bases(self) -> dict[str, str]:
        """The address of each service's API."""
        return {name: f"http://{self.address(f'{name}-web', 8000)}" for name in SERVICES}

    def keys(self, folder: Path) -> DevelopmentKeys:
        """The keys that the stack made for itself, copied into ``folder``."""
        self.compose("cp", f"secrets:{KEPT}", str(folder))
        return DevelopmentKeys(folder / "kept")

    @contextmanager
    def door(self) -> Iterator[None]:
        """Let this machine reach ports 5432 and 5672 of the service ``door`` meanwhile."""
        try:
            self.compose(*DOOR, "up", "--detach", "--wait", "--no-deps", "door")
            yield
        finally:
            self.compose(*DOOR, "rm", "--stop", "--force", "door")

    @contextmanager
    def databases(self, folder: Path) -> Iterator[dict[str, Database]]:
        """All four databases, through a door that is open meanwhile. ``folder`` has the keys."""
        passwords = json.loads((folder / "kept" / "passwords.json").read_text())
        with ExitStack() as stack:
            stack.enter_context(self.door())
            address = self.address("door", 5432)
            made = {}
            for name in SERVICES:
                user, password = f"{name}-runtime", quote(passwords[f"{name}-runtime"], safe="")
                url = f"postgresql+psycopg://{user}:{password}@{address}/{name}"
                engine = connect(url, application="huiyin-demo")
                stack.callback(engine.dispose)
                made[name] = Database(engine)
            yield made
