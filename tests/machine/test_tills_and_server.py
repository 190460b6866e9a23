"""A few dozen random lives of tills and their server; `make soak` goes through many more."""

from hypothesis import settings

from tests.machine.tills_and_server import TillsAndServer

TestTillsAndServer = TillsAndServer.TestCase
TestTillsAndServer.settings = settings(max_examples=12, stateful_step_count=25, deadline=None)
