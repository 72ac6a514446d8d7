"""Which ports the local run takes: the usual ones, or free ones where somebody else has them."""

import socket
from dataclasses import asdict, dataclass

LOOPBACK = "127.0.0.1"


@dataclass(frozen=True)
class Ports:
    """One port for each program; the defaults are what a person finds in the documents."""

    emulator: int = 4610
    store: int = 4611
    netcore: int = 4612


def free_ports(wanted: Ports) -> Ports:
    """Return `wanted`, each port that is taken replaced by one that is not."""
    return Ports(**{name: port if _free(port) else _any() for name, port in asdict(wanted).items()})


def url(port: int) -> str:
    """The address of a program on this machine."""
    return f"http://{LOOPBACK}:{port}"


def _free(port: int) -> bool:
    with socket.socket() as probe:
        # As servers do it: connections of an ended program do not count as taken.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((LOOPBACK, port))
        except OSError:
            return False
        return True


def _any() -> int:
    with socket.socket() as probe:
        probe.bind((LOOPBACK, 0))
        return int(probe.getsockname()[1])
