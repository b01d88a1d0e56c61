"""How gunicorn serves one service, which ``python -m <service> web`` names in HUIYIN_SERVICE.

The service's own settings decide size and address.
"""

import gc
import importlib
import os
import shutil
from pathlib import Path
from typing import Any

from prometheus_client import multiprocess

SERVICE = os.environ["HUIYIN_SERVICE"].upper()


def _setting(name: str, default: str) -> str:
    return os.environ.get(f"{SERVICE}_{name}", default)


bind = _setting("HTTP_BIND", "127.0.0.1:8000")
workers = int(_setting("HTTP_WORKERS", "2"))
threads = int(_setting("HTTP_THREADS", "4"))
worker_class = "gthread"
timeout = 30
graceful_timeout = 20
max_requests = 0
preload_app = False  # Database connections must not cross a fork.
control_socket_disable = True  # It needs a writable home, which a container does not have.
worker_tmp_dir = "/dev/shm" if Path("/dev/shm").is_dir() else None
accesslog = None  # The service logs its requests itself, without paths and query strings.


def on_starting(server: Any) -> None:
    """Counters of an earlier run would be added to the new ones.

    Code is loaded here, once, and its memory shared by all workers; whatever opens a connection is
    made by each of them.
    """
    directory = os.environ.get("PROMETHEUS_MULTIPROC_DIR")
    if directory:
        shutil.rmtree(directory, ignore_errors=True)
        Path(directory).mkdir(parents=True)
    importlib.import_module(server.app.app_uri.partition(":")[0])
    gc.collect()
    gc.freeze()  # A collection would write to what is shared.


def post_worker_init(_worker: Any) -> None:
    """What was loaded stays for ever: no collection has to look through it in the middle of a
    request."""
    gc.collect()
    gc.freeze()


def child_exit(_server: Any, worker: Any) -> None:
    """Forget the gauges of a worker that is gone."""
    if os.environ.get("PROMETHEUS_MULTIPROC_DIR"):
        multiprocess.mark_process_dead(worker.pid)
