"""Ports for the servers of tests: ``python -m tests.support.ports`` prints one."""

import random
import socket

# Below those that the system gives to connections (from 32768 on, on Linux). While a server is down and its clients try again, one of
# their connections could otherwise be given its very port, and even be connected with itself.
PORTS = range(15_000, 32_000)


def free_port() -> int:
    """A TCP port of the loopback interface that nobody uses right now, and that no outgoing connection is given."""
    for port in random.SystemRandom().sample(PORTS, 1_000):
        with socket.socket() as probe:
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port
    raise RuntimeError("no port is free")


if __name__ == "__main__":
    print(free_port())
