"""Four services under one roof: started in order, served on one port, stopped cleanly."""

import logging
import threading
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import Any

from flask import Flask
from werkzeug.middleware.dispatcher import DispatcherMiddleware
from werkzeug.serving import BaseWSGIServer, WSGIRequestHandler, make_server

from embedded.keys import ISSUER, DevelopmentKeys
from shared import memory_broker
from shared.clock import Clock
from shared.database import upgrade
from shared.relay import Relay
from shared.runtime import Parts, Service, create_parts, create_relay, create_web, create_worker
from shared.worker import Worker

log = logging.getLogger(__name__)

HOST = "127.0.0.1"


class House:
    """All services of one home folder: their SQLite files, their threads and one WSGI server.

    A home may be used by one process at a time; what a killed process left is taken up again.
    ``given`` are further settings by service.
    """

    def __init__(
        self,
        home: Path,
        services: Sequence[Service],
        *,
        clock: Clock,
        given: Mapping[str, Mapping[str, Any]] = MappingProxyType({}),
    ) -> None:
        self.home = home
        self._given = given
        self.clock = clock
        self.keys = DevelopmentKeys(home)
        self.parts: dict[str, Parts] = {}
        self._relays: dict[str, Relay] = {}
        self._workers: dict[str, Worker] = {}
        self._threads: list[threading.Thread] = []
        self._server: BaseWSGIServer | None = None
        for service in services:
            self.parts[service.name] = self._make(service)

    def start(self) -> None:
        """Migrate every database, then start consumers before any relay."""
        for name, parts in self.parts.items():
            upgrade(parts.service.package, parts.engine, parts.encryption)
            self._workers[name] = create_worker(parts)
            self._relays[name] = create_relay(parts)
        for worker in self._workers.values():
            worker.start()
        for name, relay in self._relays.items():
            self._spawn(f"{name}-relay", relay.run)

    def listen(self, port: int, control: Flask) -> int:
        """Serve on loopback; returns the port (``port`` 0 takes a free one)."""
        mounts: dict[str, Any] = {
            f"/{name}": create_web(parts) for name, parts in self.parts.items()
        }
        self._server = make_server(
            HOST,
            port,
            DispatcherMiddleware(control, mounts),
            threaded=True,
            request_handler=_QuietHandler,
        )
        self._spawn("http", self._server.serve_forever)
        return self._server.server_port

    def stop(self) -> None:
        """Stop taking requests, finish what is in hand, leave the rest in the databases."""
        if self._server is not None:
            self._server.shutdown()
        for relay in self._relays.values():  # They wait for inboxes, so they leave first.
            relay.stop()
        for thread in self._threads:
            thread.join(timeout=20)
        for worker in self._workers.values():
            worker.stop()
        for parts in self.parts.values():
            parts.engine.dispose()
        memory_broker.reset()

    def wake(self) -> None:
        """Let every worker look for work now, as after a move of the clock."""
        for worker in self._workers.values():
            worker.wake()

    def _make(self, service: Service) -> Parts:
        settings = service.settings(
            database_url=f"sqlite:///{self.home / service.name}.db",
            broker_url=memory_broker.URL,
            jwks=str(self.keys.jwks),
            issuer=ISSUER,
            **self.keys.of_fields(service.name),
            **self._given.get(service.name, {}),
        )
        return create_parts(
            service, settings, clock=self.clock, told=lambda: self._wake(service.name)
        )

    def _wake(self, name: str) -> None:
        relay = self._relays.get(name)
        if relay is not None:
            relay.wake()

    def _spawn(self, name: str, target: Any) -> None:
        thread = threading.Thread(target=target, name=name, daemon=True)
        thread.start()
        self._threads.append(thread)


class _QuietHandler(WSGIRequestHandler):
    """The services write access logs of their own, without paths and query strings."""

    protocol_version = "HTTP/1.1"

    def log_request(self, *_args: Any, **_kwargs: Any) -> None:
        return None
