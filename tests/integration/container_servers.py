"""PostgreSQL and RabbitMQ in containers, by testcontainers."""

import secrets
import shutil
import socket
import subprocess
from collections.abc import Callable
from typing import Generic, TypeVar

from testcontainers.core.config import ConnectionMode
from testcontainers.core.config import testcontainers_config as configuration
from testcontainers.core.container import DockerContainer

from private_process import STARTING, free_port
from server_admin import Broker, Postgres, wait_until

POSTGRES_IMAGE = "postgres:18"
RABBITMQ_IMAGE = "rabbitmq:4-management"
NAME = "huiyin"  # of the administrator
PASSWORD = secrets.token_hex(16)  # a published port may be open to the whole network
PULLING = 600.0  # seconds

Admin = TypeVar("Admin", Postgres, Broker)
Address = Callable[[int], str]  # from a port in the container to host:port for the tests


def docker(*arguments: str) -> str | None:
    """What the command says, or None where there is no engine or it refuses."""
    program = shutil.which("docker")
    if program is None:
        return None
    done = subprocess.run([program, *arguments], capture_output=True, text=True, timeout=PULLING)
    return done.stdout.strip() if done.returncode == 0 else None


def docker_answers() -> bool:
    return docker("info", "--format", "{{.ServerVersion}}") is not None


def image_is_had(image: str) -> bool:
    """Here already, or pulled now."""
    return docker("image", "inspect", image) is not None or docker("pull", image) is not None


def fit_testcontainers() -> None:
    """Fit testcontainers to this machine, where the environment does not say how.

    Its cleaner is done without where the image cannot be had. An engine with the host name of the
    tests is on their machine, so published ports are on localhost, whatever /.dockerenv suggests.
    """
    if not configuration.ryuk_disabled and not image_is_had(configuration.ryuk_image):
        configuration.ryuk_disabled = True
    same_machine = docker("info", "--format", "{{.Name}}") == socket.gethostname()
    if same_machine and configuration.connection_mode_override is None:
        configuration.connection_mode_override = ConnectionMode.docker_host


class ContainerServer(Generic[Admin]):
    """One container on host ports that it keeps when it is killed and started again."""

    admin: Admin

    def __init__(
        self,
        image: str,
        *,
        environment: dict[str, str],
        ports: tuple[int, ...],
        admin: Callable[[Address], Admin],
    ) -> None:
        self._image = image
        self._admin = admin
        self._container = DockerContainer(image).with_envs(**environment)
        for port in ports:
            self._container.with_bind_ports(port, free_port())
        self._created = False

    def start(self) -> None:
        """Create the container, or start the killed one, and wait until it serves."""
        if self._created:
            self._container.get_wrapped_container().start()
        else:
            self._container.start()
            self._created = True
        self.admin = self._admin(self._address)
        wait_until(self.admin.ready, seconds=STARTING, what=self._image)

    def kill(self) -> None:
        """End the server at once, as a crash would; its data stay."""
        container = self._container.get_wrapped_container()
        container.kill()
        container.wait()

    def stop(self) -> None:
        """Remove the container and its data."""
        self._container.stop()

    def _address(self, port: int) -> str:
        host = self._container.get_container_host_ip()
        return f"{host}:{self._container.get_exposed_port(port)}"


def container_postgres() -> ContainerServer[Postgres]:
    return ContainerServer(
        POSTGRES_IMAGE,
        environment={
            "POSTGRES_USER": NAME,
            "POSTGRES_PASSWORD": PASSWORD,
            "POSTGRES_DB": "postgres",
        },
        ports=(5432,),
        admin=lambda address: Postgres(f"postgresql://{NAME}:{PASSWORD}@{address(5432)}/postgres"),
    )


def container_rabbitmq() -> ContainerServer[Broker]:
    return ContainerServer(
        RABBITMQ_IMAGE,
        environment={"RABBITMQ_DEFAULT_USER": NAME, "RABBITMQ_DEFAULT_PASS": PASSWORD},
        ports=(5672, 15672),
        admin=lambda address: Broker(
            url=f"amqp://{NAME}:{PASSWORD}@{address(5672)}/",
            management_url=f"http://{NAME}:{PASSWORD}@{address(15672)}",
        ),
    )
