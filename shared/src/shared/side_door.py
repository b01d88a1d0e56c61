"""Health, readiness and metrics of the processes that serve no API: worker and relay."""

import json
import threading
from collections.abc import Callable, Iterable
from typing import Any

from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from werkzeug.serving import BaseWSGIServer, WSGIRequestHandler, make_server
from werkzeug.wrappers import Request, Response

Readiness = Callable[[], dict[str, bool]]  # what is looked at -> whether it is well


class SideDoor:
    """Answers ``/healthz``, ``/readyz`` and ``/metrics`` on ``bind`` (``host:port``) from a thread.

    ``/readyz`` is 503 while anything that ``readiness`` names is not well, and says what.
    """

    def __init__(self, bind: str, readiness: Readiness) -> None:
        host, _, port = bind.rpartition(":")
        self._readiness = readiness
        self._server: BaseWSGIServer = make_server(
            host, int(port), self._answer, threaded=True, request_handler=_Silent
        )

    @property
    def port(self) -> int:
        """The port in use, also where 0 was asked for."""
        return self._server.server_port

    def open(self) -> None:
        """Start to answer."""
        threading.Thread(target=self._server.serve_forever, name="side-door", daemon=True).start()

    def close(self) -> None:
        """Stop answering and free the port."""
        self._server.shutdown()
        self._server.server_close()

    def _answer(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        path = Request(environ).path
        if path == "/healthz":
            response = _json({"status": "ok"}, 200)
        elif path == "/readyz":
            checks = self._readiness()
            response = _json({"checks": checks}, 200 if all(checks.values()) else 503)
        elif path == "/metrics":
            response = Response(generate_latest(), mimetype=None)
            response.headers["Content-Type"] = CONTENT_TYPE_LATEST
        else:
            response = _json({"code": "not_found"}, 404)
        return response(environ, start_response)


def _json(body: dict[str, Any], status: int) -> Response:
    return Response(json.dumps(body), status=status, mimetype="application/json")


class _Silent(WSGIRequestHandler):
    """Probes come every few seconds and are not worth a line each."""

    def log_request(self, *_args: Any, **_kwargs: Any) -> None:
        return None
