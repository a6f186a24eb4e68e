"""Addresses of the web: which may be kept, in which form, and the date that they hold."""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit

LONGEST = 2_000
"""Characters of the longest address that is kept."""

_ARCHIVED = re.compile(
    r"https?://web\.archive\.org/web/\d{4,14}(?:[a-z]{2}_)?\*?/(?P<address>https?:/{1,2}.+)",
    re.IGNORECASE | re.DOTALL,
)
_TRACKING = re.compile(
    r"utm_\w+|fbclid|gclid|dclid|msclkid|yclid|igshid|mc_[ce]id|ns_campaign|ns_mchannel|ns_source"
    r"|ns_linkname|ns_fee|at_medium|at_campaign|at_custom\w+|cmpid|ocid|smid|smtyp|ref_src|_ga|wt_mc",
    re.IGNORECASE,
)
_HOST = re.compile(r"(?:[\w-]{1,63}\.)+[^\W\d_][\w-]{1,62}\.?|\d{1,3}(?:\.\d{1,3}){3}")


def web_address(stated: str | None, base: str | None = None) -> str | None:
    """Gives an address without what only tracks its readers; None for any that is not of the web.

    One that begins in the middle is completed from `base`, another address. Nothing but http and
    https may ever be opened from an article, and no name may stand before the host to hide it.
    """
    address = stated.strip() if stated else ""
    if not address or len(address) > LONGEST or not address.isprintable() or " " in address:
        return None
    try:
        if base and not re.match(r"[a-zA-Z][\w+.-]*:", address):
            address = urljoin(base, address)
        elif address.startswith("//"):
            address = f"https:{address}"
        parts = urlsplit(address)
        if parts.scheme.lower() not in ("http", "https") or "@" in parts.netloc:
            return None
        if not _HOST.fullmatch(parts.hostname or ""):
            return None
        if parts.query and _TRACKING.search(parts.query):
            kept = [
                (name, value)
                for name, value in parse_qsl(parts.query, keep_blank_values=True)
                if not _TRACKING.fullmatch(name)
            ]
            parts = parts._replace(query=urlencode(kept))
        return parts.geturl()
    except ValueError:
        return None


def original(address: str) -> str:
    """Gives the address of the page itself, for one in the Internet Archive; else the same."""
    found = _ARCHIVED.match(address)
    return found["address"] if found else address


def is_front_page(address: str) -> bool:
    """Whether an address is that of a whole site, and so of no article."""
    parts = urlsplit(address)
    return not parts.query and parts.path.strip("/").lower() in ("", "index.html", "index.php")
