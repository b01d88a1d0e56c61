"""Where a webhook may go: never into the networks behind this machine (S39)."""

import socket
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from urllib.parse import urlsplit

Ip = IPv4Address | IPv6Address
Resolve = Callable[[str, int], Sequence[str]]
URL_LENGTH = 2000
NAT64 = IPv6Network("64:ff9b::/96")
PORTS = {"https": 443, "http": 80}


class TargetRefused(Exception):
    """The URL is none that one may post to. The text is a code."""


@dataclass(frozen=True, kw_only=True)
class Target:
    """A checked URL and the one address to connect to, so that no second look-up can differ."""

    secure: bool
    host: str
    port: int
    path: str
    address: str


def resolve(host: str, port: int) -> list[str]:
    """The addresses of a host. Raises OSError."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return [str(sockaddr[0]) for *_, sockaddr in found]


def target_of(url: str, *, allow_loopback: bool, resolve: Resolve = resolve) -> Target:
    """Check ``url`` and every address that its host has.

    https to public addresses alone; with ``allow_loopback`` this machine too, also by http. Raises
    TargetRefused, and OSError when the host cannot be looked up.
    """
    scheme, host, port, path = _read(url)
    addresses = [_plain(ip_address(one.partition("%")[0])) for one in resolve(host, port)]
    if not addresses or not all(_allowed(one, scheme, allow_loopback) for one in addresses):
        raise TargetRefused("address_refused")
    return Target(
        secure=scheme == "https", host=host, port=port, path=path, address=str(addresses[0])
    )


def refuse_plainly_private(url: str, *, allow_loopback: bool) -> None:
    """Raise TargetRefused for a URL that can be told to be refused without asking anybody: by its
    form, or since its host is an address, however it is written. What a name leads to is seen
    when something is sent there."""
    try:
        target_of(url, allow_loopback=allow_loopback, resolve=_numeric)
    except (OSError, UnicodeError):
        scheme = urlsplit(url).scheme
        if scheme != "https" and not allow_loopback:
            raise TargetRefused("not_https") from None


def _numeric(host: str, port: int) -> list[str]:
    """The address that a host is itself. Raises OSError for a name."""
    if host == "localhost" or host.endswith(".localhost"):
        return ["127.0.0.1"]
    flags = socket.AI_NUMERICHOST
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=flags)
    return [str(sockaddr[0]) for *_, sockaddr in found]


def _read(url: str) -> tuple[str, str, int, str]:
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise TargetRefused("url_invalid") from None
    plain = url.isascii() and url.isprintable() and " " not in url and len(url) <= URL_LENGTH
    if not plain or parts.scheme not in PORTS or not parts.hostname or "\\" in url:
        raise TargetRefused("url_invalid")
    if parts.username is not None or parts.password is not None:
        raise TargetRefused("url_with_user")
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return parts.scheme, parts.hostname, port or PORTS[parts.scheme], path


def _plain(address: Ip) -> Ip:
    """An IPv4 address in the clothes of IPv6 is judged as what it is."""
    if not isinstance(address, IPv6Address):
        return address
    if address in NAT64:
        return IPv4Address(int(address) & 0xFFFF_FFFF)
    return address.ipv4_mapped or address.sixtofour or address


def _allowed(address: Ip, scheme: str, allow_loopback: bool) -> bool:
    if address.is_loopback:
        return allow_loopback
    return scheme == "https" and address.is_global and not address.is_multicast
