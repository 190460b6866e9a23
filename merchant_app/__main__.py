"""`python -m merchant_app` is `merchant-app`."""

import sys

from merchant_app.cli.main import main

sys.exit(main())
