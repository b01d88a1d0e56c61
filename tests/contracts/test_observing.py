"""Alerts, the dashboard and the page for operators speak of figures that there are."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from prometheus_client import REGISTRY

from shared import relay_metrics, worker_metrics
from shared.topology import SERVICES
from shared.web import access

ROOT = Path(__file__).parents[2]
RULES = yaml.safe_load((ROOT / "deploy/prometheus/rules.yml").read_text())["groups"][0]["rules"]
CONFIG = yaml.safe_load((ROOT / "deploy/prometheus/prometheus.yml").read_text())
DASHBOARD = json.loads((ROOT / "deploy/grafana/dashboards/huiyin.json").read_text())
PAGE = (ROOT / "docs/operations.md").read_text()
COMPOSE = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
OF_OTHERS = {"up", "rabbitmq_detailed_queue_messages"}
DEFINED_IN = (relay_metrics, worker_metrics, access)

EXPRESSIONS = {rule["alert"]: rule["expr"] for rule in RULES} | {
    f"{panel['title']} {target['refId']}": target["expr"]
    for panel in DASHBOARD["panels"]
    for target in panel["targets"]
}


def figures() -> set[str]:
    """What the processes show, as Prometheus names it."""
    assert all(module.__name__ for module in DEFINED_IN)
    names = set()
    for metric in REGISTRY.collect():
        endings = {"counter": ("_total",), "histogram": ("_bucket", "_sum", "_count")}
        names |= {metric.name + ending for ending in endings.get(metric.type, ("",))}
    return names


@pytest.mark.parametrize("what", EXPRESSIONS)
def test_an_expression_asks_for_figures_that_there_are(what: str) -> None:
    asked = set(re.findall(r"\b(?:huiyin|rabbitmq)_\w+|\bup\b", EXPRESSIONS[what]))
    assert asked
    assert asked <= figures() | OF_OTHERS


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule["alert"])
def test_an_alert_says_how_bad_it_is_and_stands_on_the_page_for_operators(
    rule: dict[str, Any],
) -> None:
    assert rule["labels"]["severity"] in {"critical", "warning"}
    assert rule["annotations"]["summary"]
    assert f"| `{rule['alert']}` |" in PAGE


def test_every_process_and_the_broker_are_asked() -> None:
    asked = {
        target
        for job in CONFIG["scrape_configs"]
        for targets in job["static_configs"]
        for target in targets["targets"]
    }
    ports = {"web": 8000, "worker": 9000, "relay": 9000}
    ours = {f"{name}-{part}:{port}" for name in SERVICES for part, port in ports.items()}
    assert ours | {"rabbitmq:15692"} == asked
    assert {target.partition(":")[0] for target in asked} <= set(COMPOSE["services"])
