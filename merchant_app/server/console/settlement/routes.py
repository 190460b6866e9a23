"""`/console/settlement`."""

from merchant_app.server.console.who import area

router = area("settlement")
