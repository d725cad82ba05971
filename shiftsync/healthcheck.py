"""``python -m shiftsync.healthcheck [path]``: whether the server of this machine says 200 at ``/health/ready``.

With ``worker`` in the place of a path: whether a worker of this machine and user is at work. For containers and scripts that have no curl. The request names a host that the server allows.
"""

import http.client
import sys

from shiftsync.config import Config, ConfigError, load
from shiftsync.core.beat import is_late

PATIENCE_SECONDS = 5


WORKER = "worker"


def main(path: str = "/health/ready") -> int:
    """The exit code for a container's health check: 0 if the server, or the worker, is alive."""
    if path == WORKER:
        return int(is_late())
    try:
        return 0 if status(load(), path) == http.HTTPStatus.OK else 1
    except (ConfigError, OSError, http.client.HTTPException) as error:
        print(f"shiftsync: {error}", file=sys.stderr)
        return 1


def status(config: Config, path: str) -> int:
    """The status code of the answer."""
    connection = http.client.HTTPConnection("127.0.0.1", config.port, timeout=PATIENCE_SECONDS)
    try:
        connection.request("GET", path, headers={"Host": allowed_host(config)})
        return connection.getresponse().status
    finally:
        connection.close()


def allowed_host(config: Config) -> str:
    """A host name that the server answers to: the first allowed one, ``*`` being any."""
    host = config.allowed_hosts[0]
    return "localhost" if host == "*" else host.removeprefix(".")


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:2]))
