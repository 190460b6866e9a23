"""Hashes by which the server knows things again: secrets that others hold, and bytes that it published."""

import hashlib


def hashed_secret(secret: str) -> str:
    """Secrets are looked up by their hash: how long that takes tells nothing about the secret. Any text has one."""
    return hashlib.sha256(secret.encode(errors="replace")).hexdigest()


def fingerprint_of(content: bytes) -> str:
    """The same for the same bytes."""
    return hashlib.sha256(content).hexdigest()
