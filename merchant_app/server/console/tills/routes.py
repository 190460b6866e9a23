"""`/console/tills`."""

from merchant_app.server.console.who import area

router = area("tills")
