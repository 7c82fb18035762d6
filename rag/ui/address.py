"""Where the page listens: on this machine alone, or at an address by which other machines reach it."""

import re
import socket
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, ip_address

from rag.errors import RagError
from rag.ui import DEFAULT_PORT, HOST

_NUMERIC = re.compile(r"[\d.]+|.*:.*")
THIS_MACHINE = frozenset({HOST, "localhost", "[::1]"})
"""What a browser calls the machine that it runs on."""


class PortTakenError(RagError):
    """Another program already listens where the page was to be."""

    def __init__(self, port: int) -> None:
        super().__init__(
            f"Port {port} is not free: another program listens there, perhaps this page opened before. "
            f"Close that one, or choose another port with --port {port + 1 if port < 65535 else DEFAULT_PORT}."
        )
        self.port = port


class HostError(RagError):
    """An address at which this machine cannot offer the page."""

    def __init__(self, host: str, reason: str) -> None:
        super().__init__(
            f"The page cannot listen at {host!r}: {reason}. "
            "Give the address or the name of this machine that the others type, as its network settings show it; "
            "leave --host out to keep the page on this machine."
        )
        self.host = host


@dataclass(frozen=True)
class Address:
    """A host as it was typed, the port, and the network addresses that the host stands for."""

    host: str
    port: int
    found: tuple[IPv4Address | IPv6Address, ...]

    @classmethod
    def of(cls, host: str, port: int) -> "Address":
        """Find what a host stands for.

        Raises:
            HostError: it stands for nothing, or for every address at once.
        """
        host = host.strip().strip("[]").casefold()
        try:
            found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM) if host else []
        except (OSError, UnicodeError):
            found = []
        addresses = tuple(dict.fromkeys(ip_address(str(each[4][0]).partition("%")[0]) for each in found))
        if not addresses:
            raise HostError(host, "there is no such address")
        if _NUMERIC.fullmatch(host):
            host = str(addresses[0])  # as browsers write it, whichever way it was typed
        if any(each.is_unspecified for each in addresses):
            raise HostError(host, "it is no address that can be typed, so that visitors could not be told from others")
        return cls(host, port, addresses)

    @property
    def is_here(self) -> bool:
        """Whether no other machine can reach it."""
        return all(each.is_loopback for each in self.found)

    @property
    def name(self) -> str:
        """The host as it stands in a link (RFC 3986)."""
        return f"[{self.host}]" if ":" in self.host else self.host

    @property
    def link(self) -> str:
        """What to type to get there."""
        return f"http://{self.name}:{self.port}"

    @property
    def names(self) -> frozenset[str]:
        """How a browser may call the host."""
        return THIS_MACHINE | {self.name} if self.is_here else frozenset({self.name})

    def check_free(self) -> None:
        """Refuse at once, before seconds of preparation, where the page could not listen.

        Raises:
            HostError: the address is another machine's.
            PortTakenError: another program listens there.
        """
        for address in self.found:
            family = socket.AF_INET if address.version == 4 else socket.AF_INET6
            self._try(family, (str(address), 0), HostError(self.host, "it is no address of this machine"))
            self._try(family, (str(address), self.port), PortTakenError(self.port))

    def _try(self, family: socket.AddressFamily, place: tuple[str, int], error: RagError) -> None:
        with socket.socket(family) as attempt:
            attempt.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                attempt.bind(place)
            except (OSError, OverflowError) as reason:
                raise error from reason
