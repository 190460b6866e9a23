"""A campaign document as a form: `Fields` by the document's own paths, filled from one, changed by steps, read back."""

from merchant_app.server.console.campaigns.form.fields import Fields
from merchant_app.server.console.campaigns.form.filling import filled
from merchant_app.server.console.campaigns.form.reading import read
from merchant_app.server.console.campaigns.form.steps import take

__all__ = ["Fields", "filled", "read", "take"]
