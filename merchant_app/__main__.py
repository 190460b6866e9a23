"""`python -m merchant_app` is `merchant-app`."""

import sys

from .cli.main import main

sys.exit(main())
