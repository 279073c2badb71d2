"""Settings for gunicorn: ``gunicorn -c python:checklist.gunicorn_settings``.

What is given on the command line, such as ``--bind`` and ``--workers``, comes first. The names
are gunicorn's own.
"""

from pathlib import Path

wsgi_app = "checklist.hosted:app()"
bind = "127.0.0.1:8000"
workers = 2

# A thread for each request: a worker that takes one at a time stands still when few are slow.
worker_class = "checklist.web.quiet_worker.QuietWorker"
threads = 4

# The rules are read once, by the parent: a worker that starts later has those of the others,
# whatever happened to the file meanwhile.
preload_app = True

timeout = 30
graceful_timeout = 30
keepalive = 75  # longer than the proxy keeps a connection, so that it is the proxy who ends it

# Whose word counts on https is said in one place: CHECKLIST_PROXIES.
forwarded_allow_ips = ""

# Workers show that they live by touching a file: in memory where that can be.
worker_tmp_dir = "/dev/shm" if Path("/dev/shm").is_dir() else None  # noqa: S108  # gunicorn makes a private file there

# The form writes its own lines, which name no person and no address.
accesslog = None
errorlog = "-"
loglevel = "error"  # warnings would name addresses of people, and repeat what they asked

control_socket_disable = True  # it would be made in the home folder, which need not be there
