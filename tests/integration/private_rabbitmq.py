"""A RabbitMQ of one's own, with its management API, from the programs of this machine."""

import os
import shutil
import socket
import tempfile
from pathlib import Path

from private_process import PrivateProcess, find_program, free_port
from server_admin import Broker


def rabbitmq_script() -> Path | None:
    """The start script itself; Debian's wrapper of it would change to a user of its own."""
    return find_program("rabbitmq-server", "/usr/lib/rabbitmq/bin", "/opt/rabbitmq/sbin")


def epmd_program() -> Path | None:
    return find_program("epmd", "/usr/lib/erlang/bin", "/usr/local/lib/erlang/bin")


class PrivateRabbitmq:
    """A node of one; ``kill`` leaves its data, ``stop`` removes them.

    Erlang's port mapper would outlive the node and be shared with others, so it gets one of its
    own, started first and stopped last.
    """

    def __init__(self, script: Path, epmd: Path) -> None:
        self._folder = Path(tempfile.mkdtemp(prefix="huiyin-rabbitmq-"))
        amqp, management, distribution, mapper = (free_port() for _ in range(4))
        self.admin = Broker(
            url=f"amqp://guest:guest@127.0.0.1:{amqp}/",
            management_url=f"http://guest:guest@127.0.0.1:{management}",
        )
        self._write_configuration(amqp=amqp, management=management)
        self._mapper = PrivateProcess(
            [str(epmd), "-port", str(mapper), "-address", "127.0.0.1"],
            folder=self._folder,
            ready=lambda: answers(mapper),
        )
        self._node = PrivateProcess(
            [str(script)],
            folder=self._folder,
            ready=self.admin.ready,
            environment=self._environment(distribution=distribution, mapper=mapper),
        )
        self._mapped = False

    def start(self) -> None:
        if not self._mapped:
            self._mapper.start()
            self._mapped = True
        self._node.start()

    def kill(self) -> None:
        self._node.kill()

    def stop(self) -> None:
        self._node.stop()
        self._mapper.stop()
        shutil.rmtree(self._folder)

    def _write_configuration(self, *, amqp: int, management: int) -> None:
        lines = [
            f"listeners.tcp.local = 127.0.0.1:{amqp}",
            "management.tcp.ip = 127.0.0.1",
            f"management.tcp.port = {management}",
            "disk_free_limit.absolute = 50MB",
        ]
        (self._folder / "rabbitmq.conf").write_text("\n".join(lines) + "\n")
        (self._folder / "enabled_plugins").write_text("[rabbitmq_management].\n")
        (self._folder / "rabbitmq-env.conf").touch()
        (self._folder / "advanced.config").write_text("[].\n")

    def _environment(self, *, distribution: int, mapper: int) -> dict[str, str]:
        folder = str(self._folder)
        return {
            "HOME": folder,
            "ERL_EPMD_PORT": str(mapper),
            "RABBITMQ_NODENAME": f"huiyin-{os.getpid()}@localhost",
            "RABBITMQ_DIST_PORT": str(distribution),
            "RABBITMQ_CONFIG_FILE": f"{folder}/rabbitmq.conf",
            "RABBITMQ_ADVANCED_CONFIG_FILE": f"{folder}/advanced.config",
            "RABBITMQ_CONF_ENV_FILE": f"{folder}/rabbitmq-env.conf",
            "RABBITMQ_ENABLED_PLUGINS_FILE": f"{folder}/enabled_plugins",
            "RABBITMQ_MNESIA_BASE": f"{folder}/data",
            "RABBITMQ_LOG_BASE": f"{folder}/log",
            "RABBITMQ_PID_FILE": f"{folder}/pid",
        }


def answers(port: int) -> bool:
    with socket.create_connection(("127.0.0.1", port), timeout=1):
        return True
