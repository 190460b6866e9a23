"""`/console/outlets`."""

from merchant_app.server.console.who import area

router = area("outlets")
