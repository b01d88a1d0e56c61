"""What only the local runner answers, beside the services: a front page, the clock, the count.

It listens on loopback like everything here; the clock can be moved only when it is simulated.
"""

import threading
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from flask import Flask, jsonify, request
from flask.typing import ResponseReturnValue

from embedded.reconciling import reconcile
from embedded.settling import Settling, move
from shared.clock import Clock, SimulatedClock
from shared.runtime import Parts


def create_control(parts: Mapping[str, Parts], clock: Clock, wake: Callable[[], None]) -> Flask:
    """The application at ``/``: ``/_local/clock`` (GET, POST) and ``/_local/reconciliation``.

    ``wake`` tells the workers that the clock was moved.
    """
    app = Flask("local")
    settling = Settling(parts)
    one_at_a_time = threading.Lock()

    @app.get("/")
    def front() -> dict[str, Any]:
        return {
            "services": {name: {"docs": f"/{name}/docs", "api": f"/{name}/v1"} for name in parts}
        }

    @app.get("/_local/clock")
    def read_clock() -> dict[str, Any]:
        simulated = isinstance(clock, SimulatedClock)
        return {"now": clock.now().isoformat(), "simulated": simulated}

    @app.get("/_local/reconciliation")
    def count() -> dict[str, Any]:
        return reconcile(parts).to_data()

    if isinstance(clock, SimulatedClock):
        simulated_clock = clock

        @app.post("/_local/clock")
        def move_clock() -> ResponseReturnValue:
            """``{"to": "2026-02-14T18:00:00+08:00"}``; an absent ``to`` only waits for rest."""
            try:
                asked = (request.get_json(silent=True) or {}).get("to")
                target = datetime.fromisoformat(asked) if asked else simulated_clock.now()
                with one_at_a_time:
                    stops = move(simulated_clock, settling, target, moved=wake)
            except (TypeError, ValueError) as fault:
                return jsonify(code="clock_invalid", detail=str(fault)), 422
            return {"now": simulated_clock.now().isoformat(), "stops": stops}

    return app
