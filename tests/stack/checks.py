"""The compose stack, brought up for real under a name of its own: `make stack`.

It needs Docker with its plugin compose, so its name keeps it out of `make test`.
"""

import json
import os
import secrets
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pika
import psycopg
import pytest
from pika.exceptions import ProbableAuthenticationError

from compose.project import DOOR, ROOT, Project
from private_process import free_port
from shared.topology import SERVICES

MB = 1_000_000
LARGEST = {"customer": 200 * MB, "complaint": 200 * MB, "dispatch": 300 * MB, "notify": 300 * MB}
IDLE_LIMIT = 1600 * MB
PARTS = ("web", "worker", "relay")
OURS = tuple(f"{service}-{part}" for service in SERVICES for part in PARTS)
STEPS = 1200.0  # seconds; a first build installs everything

pytestmark = pytest.mark.timeout(STEPS)


def docker(*arguments: str) -> str:
    program = shutil.which("docker")
    assert program, "this needs Docker"
    done = subprocess.run([program, *arguments], capture_output=True, text=True, check=True)
    return done.stdout


@pytest.fixture(scope="module")
def stack(request: pytest.FixtureRequest) -> Iterator[Project]:
    """Built, healthy, and gone afterwards."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("COMPOSE_PROJECT_NAME", f"huiyin-check-{secrets.token_hex(4)}")
        for service in SERVICES:
            patch.setenv(f"{service.upper()}_PORT", str(free_port()))
        project = Project()
        try:
            project.compose("up", "--detach", "--build", "--wait")
            yield project
        finally:
            project.compose(*DOOR, "down", "--volumes", "--remove-orphans")
            assert [] == left_over(os.environ["COMPOSE_PROJECT_NAME"])


@pytest.fixture(scope="module")
def passwords(stack: Project, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    folder = tmp_path_factory.mktemp("keys")
    stack.keys(folder)
    found: dict[str, str] = json.loads((folder / "kept" / "passwords.json").read_text())
    return found


def left_over(project: str) -> list[str]:
    """Ids of what still carries the project's label."""
    label = ("--quiet", "--filter", f"label=com.docker.compose.project={project}")
    kinds = (("ps", "--all"), ("volume", "ls"), ("network", "ls"))
    return [line for kind in kinds for line in docker(*kind, *label).split()]


def described(stack: Project, service: str) -> dict:
    [found] = json.loads(docker("inspect", stack.compose("ps", "--all", "-q", service).strip()))
    return found


def test_processes_at_rest_need_little_memory(stack: Project) -> None:
    ids = [stack.compose("ps", "-q", name).strip() for name in OURS]
    stats = docker("stats", "--no-stream", "--format", "{{json .}}", *ids).splitlines()
    used = sum(in_bytes(json.loads(line)["MemUsage"].partition(" / ")[0]) for line in stats)
    print(f"\nidle: {used / MB:.0f} MB in {len(stats)} containers")
    assert len(OURS) == len(stats)
    assert used < IDLE_LIMIT


def in_bytes(text: str) -> float:
    units = {"GiB": 2**30, "MiB": 2**20, "KiB": 2**10}
    return float(text[:-3]) * units[text[-3:]]


@pytest.mark.parametrize("service", SERVICES)
def test_images_are_small(stack: Project, service: str) -> None:
    image = described(stack, f"{service}-web")["Image"]
    size = int(docker("image", "inspect", "--format", "{{.Size}}", image))
    print(f"\n{service}: {size / MB:.0f} MB")
    assert size < LARGEST[service]


@pytest.mark.parametrize("name", OURS)
def test_a_process_has_no_right_that_it_does_not_need(stack: Project, name: str) -> None:
    found = described(stack, name)
    limits = found["HostConfig"]
    assert "10001:10001" == found["Config"]["User"]
    assert limits["ReadonlyRootfs"]
    assert ["ALL"] == limits["CapDrop"]
    assert not limits["CapAdd"]
    assert "no-new-privileges:true" in limits["SecurityOpt"]
    assert limits["Memory"] > 0
    assert "unless-stopped" == limits["RestartPolicy"]["Name"]


@pytest.mark.parametrize("service", SERVICES)
def test_an_image_has_no_compiler(stack: Project, service: str) -> None:
    tools = "for one in cc gcc g++ ld make strip; do command -v $one; done; true"
    assert "" == stack.compose("exec", "-T", f"{service}-web", "sh", "-c", tools)


def test_no_secret_can_be_seen_from_outside_a_container(
    stack: Project, passwords: dict[str, str]
) -> None:
    seen = json.dumps([described(stack, name) for name in (*OURS, "postgres", "rabbitmq")])
    assert [] == [user for user, password in passwords.items() if password in seen]


def test_a_process_is_given_its_own_secrets_and_not_those_of_setup(stack: Project) -> None:
    listed = stack.compose("exec", "-T", "customer-web", "find", "/run/secrets", "-type", "f")
    names = {Path(line).name for line in listed.split()}
    expected = {"database_url", "broker_url", "relay_broker_url", "field_keys", "index_key"}
    assert expected | {"jwks.json"} == names


def test_only_http_is_published_and_on_loopback(stack: Project) -> None:
    published = {
        (name, port, bound["HostIp"])
        for name in (*OURS, "postgres", "rabbitmq")
        for port, bounds in described(stack, name)["NetworkSettings"]["Ports"].items()
        for bound in bounds or ()
    }
    assert {(f"{name}-web", "8000/tcp", "127.0.0.1") for name in SERVICES} == published


def test_the_demo_passes_against_it(stack: Project) -> None:
    program = [sys.executable, "deploy/stack.py"]
    done = subprocess.run(program, cwd=ROOT, capture_output=True, text=True, timeout=STEPS)
    assert 0 == done.returncode, done.stdout[-3000:] + done.stderr[-3000:]
    assert " 0 failed" in done.stdout


@pytest.fixture(scope="module")
def door(stack: Project) -> Iterator[Project]:
    """Database and broker, as the profile `debug` publishes them."""
    with stack.door():
        yield stack


def test_a_role_reaches_its_own_database_and_no_other(
    door: Project, passwords: dict[str, str]
) -> None:
    address = door.address("door", 5432)
    roles = [role for role in passwords if role.endswith(("-owner", "-runtime"))]
    reached = {
        (role, database)
        for role in roles
        for database in (*SERVICES, "postgres", "template1")
        if connects(f"postgresql://{role}:{quote(passwords[role])}@{address}/{database}")
    }
    own = {(f"{name}-{kind}", name) for name in SERVICES for kind in ("owner", "runtime")}
    assert own == reached


def connects(url: str) -> bool:
    try:
        psycopg.connect(url, connect_timeout=10).close()
    except psycopg.OperationalError as refused:
        if "permission denied for database" in str(refused):
            return False
        raise
    return True


@pytest.mark.parametrize("user", ["guest", "huiyin-setup", "customer-relay"])
def test_nobody_comes_to_the_broker_by_a_known_password(door: Project, user: str) -> None:
    url = f"amqp://{user}:guest@{door.address('door', 5672)}/huiyin"
    with pytest.raises(ProbableAuthenticationError):
        pika.BlockingConnection(pika.URLParameters(url))
