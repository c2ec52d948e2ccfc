# SPDX-License-Identifier: GPL-2.0-or-later
"""Real programs: built without and with the plugin, compared and timed."""
import pytest

FIGURES = []


@pytest.fixture(scope="session")
def figures():
    """Lines for the end of the report: measured, and no criterion."""
    return FIGURES


def pytest_terminal_summary(terminalreporter):
    if FIGURES:
        terminalreporter.section("measured")
        for line in FIGURES:
            terminalreporter.write_line(line)
