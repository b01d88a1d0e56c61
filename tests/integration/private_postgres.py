"""A PostgreSQL of one's own, from the programs of this machine."""

import os
import pwd
import shutil
import subprocess
import tempfile
from pathlib import Path

from private_process import PrivateProcess, find_program, free_port
from server_admin import Postgres


def postgres_folder() -> Path | None:
    """Where ``initdb`` and ``postgres`` are, if they are."""
    initdb = find_program("initdb", "/usr/lib/postgresql/*/bin", "/usr/pgsql-*/bin")
    return initdb.parent if initdb and (initdb.parent / "postgres").exists() else None


class PrivatePostgres:
    """The cluster is made by the first start and removed by ``stop``; ``kill`` leaves it."""

    def __init__(self, programs: Path) -> None:
        self._programs = programs
        self._user = unprivileged_user()
        self._folder = Path(tempfile.mkdtemp(prefix="huiyin-postgres-"))
        shutil.chown(self._folder, user=self._user or os.geteuid())
        port = free_port()
        self.admin = Postgres(f"postgresql://postgres@127.0.0.1:{port}/postgres")
        self._process = PrivateProcess(
            [str(programs / "postgres"), "-D", str(self._data), *settings(port)],
            folder=self._folder,
            ready=self.admin.ready,
            user=self._user,
        )

    def start(self) -> None:
        if not self._data.exists():
            self._make_cluster()
        self._process.start()

    def kill(self) -> None:
        self._process.kill()

    def stop(self) -> None:
        self._process.stop()
        shutil.rmtree(self._folder)

    @property
    def _data(self) -> Path:
        return self._folder / "data"

    def _make_cluster(self) -> None:
        subprocess.run(
            [
                *(self._programs / "initdb", "-D", self._data, "-U", "postgres"),
                *("--auth=trust", "--encoding=UTF8", "--locale=C", "--no-sync"),
            ],
            cwd=self._folder,
            check=True,
            stdout=subprocess.DEVNULL,
            user=self._user,
            group=self._user,
            extra_groups=[] if self._user else None,
        )


def settings(port: int) -> list[str]:
    """As arguments. Without fsync a killed server loses nothing; a cut of power would lose it. What
    measures commits sets HUIYIN_TEST_FSYNC to "on".
    """
    values = {
        "listen_addresses": "127.0.0.1",
        "port": str(port),
        "unix_socket_directories": "",
        "max_connections": "200",
        "fsync": os.environ.get("HUIYIN_TEST_FSYNC", "off"),
    }
    return [part for name, value in values.items() for part in ("-c", f"{name}={value}")]


def unprivileged_user() -> str | None:
    """Whom root lends PostgreSQL, which refuses to run as root; others need nobody else."""
    if os.geteuid() != 0:
        return None
    names = {entry.pw_name for entry in pwd.getpwall()}
    return "postgres" if "postgres" in names else "nobody"
