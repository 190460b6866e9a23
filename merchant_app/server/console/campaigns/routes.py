"""`/console/campaigns`."""

from merchant_app.server.console.who import area

router = area("campaigns")
