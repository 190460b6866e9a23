"""`/console/disputes`."""

from merchant_app.server.console.who import area

router = area("disputes")
