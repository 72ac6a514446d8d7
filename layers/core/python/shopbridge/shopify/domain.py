"""The domain that names a store; the header that carries it is not signed."""

from string import ascii_letters, digits

SUFFIX = ".myshopify.com"
_LONGEST = 60 + len(SUFFIX)
_FIRST = frozenset(ascii_letters + digits)
_ALLOWED = frozenset(ascii_letters + digits + "-")


def is_store(domain: str) -> bool:
    """Whether `domain` is `<letters, digits, hyphens>.myshopify.com` and nothing else."""
    handle = domain.removesuffix(SUFFIX)
    return (
        handle != domain
        and len(domain) <= _LONGEST
        and handle[:1] in _FIRST
        and _ALLOWED.issuperset(handle)
    )
