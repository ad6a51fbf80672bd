"""What holds for the tests that ask servers."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator

import pytest


@pytest.fixture(autouse=True)
def own_loop() -> Iterator[None]:
    """Let a test run a loop though an earlier one of the same process opened the browser.

    Playwright's loop stays marked as the thread's running one between two calls.
    """
    running = asyncio._get_running_loop()
    asyncio._set_running_loop(None)
    yield
    asyncio._set_running_loop(running)
