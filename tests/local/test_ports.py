"""The local run finds a place beside whatever else runs on this machine."""

import socket

from local.ports import Ports, free_ports


def test_a_taken_port_is_replaced_and_the_others_stay() -> None:
    """Somebody else's port is left alone; the free ones remain what they were."""
    with socket.socket() as others:
        others.bind(("127.0.0.1", 0))
        others.listen()
        taken = others.getsockname()[1]
        free = _unused()

        found = free_ports(Ports(emulator=taken, store=free, netcore=free))

    assert found.emulator != taken
    assert (found.store, found.netcore) == (free, free)


def _unused() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
