"""From where a request came, as far as it can be believed."""

from ipaddress import IPv6Address, ip_address

from flask import request

from shared.web.kit import kit

HOME_BITS = 64  # What one client of IPv6 has for himself.
UNKNOWN = "unknown"


def client_address() -> str:
    """The address from which the running request came: that of the connection, or the one which
    the outermost of the trusted proxies saw. Of IPv6 it is the network of a home."""
    proxies = kit().trusted_proxies
    seen = request.access_route if "X-Forwarded-For" in request.headers else []
    told = seen[-proxies] if 0 < proxies <= len(seen) else request.remote_addr
    return _network(told or "")


def _network(told: str) -> str:
    try:
        address = ip_address(told)
    except ValueError:
        return UNKNOWN
    if not isinstance(address, IPv6Address):
        return str(address)
    if address.ipv4_mapped:
        return str(address.ipv4_mapped)
    return str(IPv6Address(int(address) >> HOME_BITS << HOME_BITS))
