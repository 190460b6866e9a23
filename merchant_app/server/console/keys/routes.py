"""`/console/keys`."""

from merchant_app.server.console.who import area

router = area("keys")
