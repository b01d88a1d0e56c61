import logging
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from prometheus_client import REGISTRY
from sqlalchemy.orm import sessionmaker

from shared.database import connect, upgrade


def asked(house: Any, path: str) -> tuple[int, Any]:
    answer = house.app.test_client().get(path)
    return answer.status_code, answer.json


def test_a_process_that_answers_is_alive(house: Any) -> None:
    assert asked(house, "/healthz") == (200, {"alive": True})


def test_a_process_tells_its_version(house: Any) -> None:
    assert asked(house, "/version") == (200, {"service": "notes", "version": "0.1.0"})


def test_a_process_is_ready_when_every_check_is_well(house: Any) -> None:
    checks = {"database": "ok", "migrations": "ok", "outbox": "ok"}
    assert asked(house, "/readyz") == (200, {"ready": True, "checks": checks})


@pytest.mark.parametrize(("age", "told"), [(300.0, "ok"), (300.1, "delayed")])
def test_a_process_whose_events_are_not_sent_is_not_ready(
    make_house: Any, age: float, told: str
) -> None:
    status, body = asked(make_house(outbox_age=lambda: age), "/readyz")
    assert (status, body["checks"]["outbox"]) == (200 if told == "ok" else 503, told)


def test_a_process_before_its_migrations_is_not_ready(make_house: Any) -> None:
    status, body = asked(make_house(migrated=lambda _session: False), "/readyz")
    assert (status, body["ready"], body["checks"]["migrations"]) == (503, False, "behind")


def test_a_process_without_its_database_is_alive_and_not_ready(make_house: Any) -> None:
    nowhere = sessionmaker(connect("sqlite:////nowhere/at/all.db", application="test"))
    house = make_house(sessions=nowhere)
    checks = {"database": "unavailable"}
    assert asked(house, "/readyz") == (503, {"ready": False, "checks": checks})
    assert asked(house, "/healthz")[0] == 200


def test_a_request_without_the_database_is_told_to_come_again(make_house: Any) -> None:
    nowhere = sessionmaker(connect("sqlite:////nowhere/at/all.db", application="test"))
    answer = make_house(sessions=nowhere).writer.get("/v1/notes")
    assert (answer.status_code, answer.json["code"]) == (503, "database_unavailable")
    assert answer.headers["Retry-After"] == "2"


def seen(method: str, route: str, status: str) -> float:
    labels = {"service": "notes", "method": method, "route": route, "status": status}
    return REGISTRY.get_sample_value("huiyin_http_requests_total", labels) or 0.0


def test_requests_are_counted_by_route_and_not_by_address(house: Any) -> None:
    route = "/v1/notes/<uuid:note_id>"
    before = seen("GET", route, "404"), seen("GET", "unmatched", "404")
    house.writer.get("/v1/notes/0190b8a0-0000-7000-8000-000000000001")
    house.writer.get("/v1/13812345678")
    assert (seen("GET", route, "404"), seen("GET", "unmatched", "404")) == (
        before[0] + 1,
        before[1] + 1,
    )
    metrics = house.app.test_client().get("/metrics")
    assert metrics.status_code == 200
    assert f'route="{route}"' in metrics.text
    assert "13812345678" not in metrics.text


def test_an_invented_method_makes_no_label(house: Any) -> None:
    house.app.test_client().open("/v1/notes", method="CANARY")
    assert "CANARY" not in house.app.test_client().get("/metrics").text


def test_a_request_is_logged_by_route_and_without_query(
    house: Any, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG, logger="shared.web.access")
    house.writer.get("/v1/notes?limit=7", headers={"X-Request-ID": "r-1"})
    [record] = [one for one in caplog.records if one.name == "shared.web.access"]
    told = {name: record.__dict__[name] for name in ("method", "route", "status", "principal")}
    assert told == {"method": "GET", "route": "/v1/notes", "status": 200, "principal": "wang"}
    assert "limit" not in str(record.__dict__)


def test_questions_about_health_are_not_logged_at_the_usual_level(
    house: Any, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    house.app.test_client().get("/healthz")
    assert [one for one in caplog.records if one.name == "shared.web.access"] == []


ENV = """
from alembic import context

context.configure(connection=context.config.attributes["connection"], target_metadata=None)
with context.begin_transaction():
    context.run_migrations()
"""
REVISION = """
revision = "{revision}"
down_revision = {before!r}


def upgrade():
    pass


def downgrade():
    pass
"""


def write_migrations(package: Path, revisions: list[str]) -> None:
    versions = package / "migrations" / "versions"
    versions.mkdir(parents=True)
    (package / "__init__.py").touch()
    (package / "migrations" / "__init__.py").touch()
    (package / "migrations" / "env.py").write_text(ENV)
    for before, revision in zip([None, *revisions], revisions, strict=False):
        text = REVISION.format(revision=revision, before=before)
        (versions / f"{revision}.py").write_text(text)


def test_readiness_compares_the_database_with_the_migrations_of_the_service(
    make_house: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.syspath_prepend(tmp_path)
    write_migrations(tmp_path / "cellar", ["0001", "0002"])
    house = make_house(service="cellar", migrated=None)
    engine = house.sessions.kw["bind"]
    before = asked(house, "/readyz")[1]["checks"]["migrations"]
    upgrade("cellar", engine)
    after = asked(house, "/readyz")[1]["checks"]["migrations"]
    assert (before, after) == ("behind", "ok")


COUNTING = """
import sys
from prometheus_client import Counter
Counter("huiyin_http_requests", "n", ["service", "method", "route", "status"]).labels(
    "notes", "GET", "/v1/notes", "200"
).inc(float(sys.argv[1]))
"""


def test_metrics_are_those_of_all_workers(make_house: Any, tmp_path: Path) -> None:
    for count in ("2", "3"):
        subprocess.run(
            [sys.executable, "-c", COUNTING, count],
            check=True,
            env={**os.environ, "PROMETHEUS_MULTIPROC_DIR": str(tmp_path)},
        )
    text = make_house(metrics_dir=tmp_path).app.test_client().get("/metrics").text
    labels = 'method="GET",route="/v1/notes",service="notes",status="200"'
    assert f"huiyin_http_requests_total{{{labels}}} 5.0" in text
