"""How gunicorn serves the site; `PORT`, `HOST`, `WEB_PROCESSES` and `WEB_THREADS` come from the environment."""

import gc
import os
from importlib import import_module

bind = f"{os.environ.get('HOST', '127.0.0.1')}:{os.environ.get('PORT', '8000')}"
worker_class = "gthread"
workers = int(os.environ.get("WEB_PROCESSES") or 2)
threads = int(os.environ.get("WEB_THREADS") or 8)
# Loaded once and then forked: the processes start at once and share the memory of the code.
preload_app = True
timeout = 60
graceful_timeout = 10
keepalive = 30
# A process is renewed now and then, at different moments, so that a leak never grows.
max_requests = 5000
max_requests_jitter = 500
# The heartbeat file lies in memory where it can: on a slow disk it would stall the process.
worker_tmp_dir = "/dev/shm" if os.path.isdir("/dev/shm") else None
control_socket_disable = True


def when_ready(server: object) -> None:
    """The pages' code is loaded before the processes fork, not at the first request of each; and as it stays for good,
    the garbage collector need not look through it again and again."""
    from django.conf import settings  # noqa: PLC0415  (Django is set up by now)

    import_module(settings.ROOT_URLCONF)
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)
