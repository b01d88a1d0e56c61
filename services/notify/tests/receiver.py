"""A real HTTP server on this machine that answers as it is told to."""

import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

Answers = Callable[[str, Mapping[str, str], bytes], tuple[int, bytes]]


class Receiver(ThreadingHTTPServer):
    """Answers with ``status`` and ``body``, or what ``answers`` says of a request, and keeps what
    came. Status 0 is an answer that does not end."""

    daemon_threads = True

    def __init__(self, answers: Answers | None = None):
        super().__init__(("127.0.0.1", 0), Answering)
        self.status, self.headers, self.body = 204, {}, b""
        self.answers = answers
        self.drip = threading.Event()
        self.requests = []

    @property
    def url(self):
        return f"http://127.0.0.1:{self.server_port}/hook?team=1"


class Answering(BaseHTTPRequestHandler):
    server: Receiver

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.requests.append((self.path, dict(self.headers), body))
        if self.server.status == 0:
            self._drip()
            return
        status, answer = self.server.status, self.server.body
        if self.server.answers:
            status, answer = self.server.answers(self.path, self.headers, body)
        self.send_response(status)
        for name, value in self.server.headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(answer)

    def _drip(self):
        """A first line that never ends, a byte at a time."""
        self.wfile.write(b"HTTP/1.")
        while not self.server.drip.wait(0.05):
            try:
                self.wfile.write(b"x")
            except OSError:
                return

    def log_message(self, *_args):
        return None


@contextmanager
def receiving(answers: Answers | None = None) -> Iterator[Receiver]:
    """A server that runs until the end of the block."""
    server = Receiver(answers)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.drip.set()
        server.shutdown()
        server.server_close()
        thread.join()
