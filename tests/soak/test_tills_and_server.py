"""Many random lives of tills and their server. A failure prints the steps, and `@reproduce_failure` repeats it."""

from hypothesis import settings

from tests.machine.tills_and_server import TillsAndServer

TestTillsAndServer = TillsAndServer.TestCase
TestTillsAndServer.settings = settings(max_examples=600, stateful_step_count=60, deadline=None, print_blob=True)
