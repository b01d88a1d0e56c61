"""A way to a server that can fall silent: links stay open and carry nothing (no FIN, no RST)."""

import contextlib
import selectors
import socket
import threading
from typing import Self
from urllib.parse import urlsplit, urlunsplit

CHUNK = 65_536


class StallingProxy:
    """Stands before the server of ``url``; clients use ``self.url``.

    ``stall`` silences the links of that moment for ever; later ones work.
    """

    def __init__(self, url: str) -> None:
        parts = urlsplit(url)
        self._target = (parts.hostname, parts.port)
        self._listener = socket.create_server(("127.0.0.1", 0))
        host = f"{parts.netloc.rpartition('@')[0]}@127.0.0.1:{self._listener.getsockname()[1]}"
        self.url = urlunsplit(parts._replace(netloc=host))
        self._links: dict[socket.socket, socket.socket] = {}
        self._clients: set[socket.socket] = set()
        self._stalled: set[socket.socket] = set()
        self._ending = False
        self._thread = threading.Thread(target=self._carry, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._ending = True
        self._thread.join()
        for one in (self._listener, *self._links):
            one.close()

    def stall(self) -> None:
        """From now on the links that stand carry nothing; that a client hangs up is still seen."""
        self._stalled |= set(self._links)

    def open_clients(self) -> int:
        """How many clients have not hung up."""
        return len(self._clients)

    def _carry(self) -> None:
        with selectors.DefaultSelector() as selector:
            selector.register(self._listener, selectors.EVENT_READ)
            while not self._ending:
                for key, _ in selector.select(0.05):
                    if key.fileobj is self._listener:
                        self._accept(selector)
                    else:
                        self._pass_on(key.fileobj, selector)

    def _accept(self, selector: selectors.BaseSelector) -> None:
        client, _ = self._listener.accept()
        server = socket.create_connection(self._target)
        self._links |= {client: server, server: client}
        self._clients.add(client)
        for one in (client, server):
            selector.register(one, selectors.EVENT_READ)

    def _pass_on(self, source: socket.socket, selector: selectors.BaseSelector) -> None:
        try:
            data = source.recv(CHUNK)
        except ConnectionError:
            data = b""
        if not data:
            selector.unregister(source)
            self._clients.discard(source)
        if source in self._stalled:
            return
        with contextlib.suppress(OSError):
            if data:
                self._links[source].sendall(data)
            else:
                self._links[source].shutdown(socket.SHUT_RDWR)
