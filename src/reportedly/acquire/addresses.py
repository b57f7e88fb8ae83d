"""Which network addresses may be reached: public ones only, checked at the moment of connecting.

The name of a host is resolved once, here, and the connection goes to the very address that was checked, so that a name
that resolves to something else a second later (DNS rebinding) gains nothing. Every redirect and every reconnection
comes through here again.
"""

import ipaddress
import socket
import ssl
import time
from collections.abc import Callable, Iterable

import httpcore

Address = ipaddress.IPv4Address | ipaddress.IPv6Address

_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")
# Special-purpose blocks (IANA registries) that the standard library calls global in one version or another.
_SPECIAL = tuple(
    ipaddress.ip_network(block)
    for block in ("192.0.0.0/24", "192.88.99.0/24", "64:ff9b:1::/48", "100::/64", "3fff::/20")
)


class RefusedAddressError(Exception):
    """A host stands at an address that may not be reached."""


class UnknownHostError(Exception):
    """The name of a host resolves to nothing.

    Attributes:
        transient: Whether the name service itself failed, so that asking again may help.
    """

    def __init__(self, message: str, transient: bool) -> None:
        super().__init__(message)
        self.transient = transient


def is_public(address: Address) -> bool:
    """Say whether an address is one of the public internet.

    False for private, shared, loopback, link-local, multicast, reserved and unspecified addresses, and for IPv6
    addresses that carry such an IPv4 address within (mapped, NAT64, 6to4, Teredo).
    """
    if isinstance(address, ipaddress.IPv6Address):
        if address.ipv4_mapped is not None:
            return is_public(address.ipv4_mapped)
        if address in _NAT64:
            return is_public(ipaddress.IPv4Address(int(address) & 0xFFFFFFFF))
        inner = address.sixtofour or (address.teredo[1] if address.teredo else None)
        if address.is_site_local or (inner is not None and not is_public(inner)):
            return False
    return address.is_global and not (
        address.is_private
        or address.is_loopback
        or address.is_link_local
        or address.is_multicast
        or address.is_reserved
        or address.is_unspecified
        or any(address in block for block in _SPECIAL)
    )


def resolve_host(host: str, port: int) -> list[Address]:
    """Return the addresses of a host, in the system's order of preference.

    Raises:
        UnknownHostError: there are none.
    """
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except socket.gaierror as error:
        raise UnknownHostError(f"the host {host} is not known", error.errno == socket.EAI_AGAIN) from error
    except UnicodeError as error:
        raise UnknownHostError(f"{host} is no name of a host", transient=False) from error
    return list(dict.fromkeys(ipaddress.ip_address(entry[4][0]) for entry in found))


class GuardedBackend(httpcore.NetworkBackend):
    """Opens connections to addresses that may be reached, and gives every read and write until a deadline only.

    Attributes:
        deadline: When to give up, by ``time.monotonic``; a server that sends a byte now and then cannot pass it.
    """

    def __init__(
        self,
        may_reach: Callable[[Address], bool] = is_public,
        resolve: Callable[[str, int], Iterable[Address]] = resolve_host,
    ) -> None:
        self.deadline = float("inf")
        self._may_reach = may_reach
        self._resolve = resolve
        self._backend = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:
        """Resolve, check and connect.

        Raises:
            UnknownHostError: the name resolves to nothing.
            RefusedAddressError: none of its addresses may be reached.
            httpcore.ConnectError: none of those that may answers.
            httpcore.ConnectTimeout: the time is up.
        """
        addresses = list(self._resolve(host, port))
        reachable = [address for address in addresses if self._may_reach(address)]
        if not reachable:
            found = ", ".join(str(address) for address in addresses)
            raise RefusedAddressError(
                f"the host {host} stands at {found or 'no address'}, which is not a public address of the internet"
            )
        failure: Exception | None = None
        for address in reachable:
            try:
                stream = self._backend.connect_tcp(
                    str(address), port, self.limit(timeout), local_address, socket_options
                )
                return _TimedStream(stream, self)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failure = error
        raise failure or httpcore.ConnectError(f"the host {host} has no address")

    def limit(self, timeout: float | None) -> float:
        """Return the seconds that may still pass.

        Raises:
            httpcore.ReadTimeout: the deadline has passed.
        """
        left = self.deadline - time.monotonic()
        if left <= 0:
            raise httpcore.ReadTimeout("the deadline has passed")
        return left if timeout is None else min(left, timeout)


class _TimedStream(httpcore.NetworkStream):
    """A connection whose reads and writes end at the backend's deadline."""

    def __init__(self, stream: httpcore.NetworkStream, backend: GuardedBackend) -> None:
        self._stream = stream
        self._backend = backend

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, self._backend.limit(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, self._backend.limit(timeout))

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        secured = self._stream.start_tls(ssl_context, server_hostname, self._backend.limit(timeout))
        return _TimedStream(secured, self._backend)

    def get_extra_info(self, info: str) -> object:
        return self._stream.get_extra_info(info)
