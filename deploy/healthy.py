"""Whether the process of this container is ready, for the health check of an image.

A web process answers on port 8000, a worker or a relay on port 9000; a container holds one of them.
Run by itself, with nothing but the standard library: it starts every few seconds.
"""

import socket
import sys

PORTS = (8000, 9000)
SECONDS = 4.0
REQUEST = b"GET /readyz HTTP/1.0\r\nHost: localhost\r\n\r\n"


def ready(port: int) -> bool | None:
    """What the process behind ``port`` says of itself; None where nobody listens."""
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=SECONDS) as connection:
            connection.sendall(REQUEST)
            status = connection.makefile("rb").readline().split()
    except ConnectionRefusedError:
        return None
    except OSError:
        return False
    return len(status) > 1 and status[1] == b"200"


if __name__ == "__main__":
    answers = [answer for answer in map(ready, PORTS) if answer is not None]
    sys.exit(0 if answers and all(answers) else 1)
