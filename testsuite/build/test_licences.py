# SPDX-License-Identifier: GPL-2.0-or-later
"""Every file says its licence, in the way of https://reuse.software."""
import os
import re
import subprocess

import pytest

from harness.toolchain import TOP

SKIPPED = {".git", "build", "__pycache__", ".pytest_cache", "LICENSES"}
# Programs link these, so they must not be bound by the GPL; GCC demands it of its plugins.
BY_FOLDER = {"runtime": "MIT", "ld-scripts": "MIT", "plugin": "GPL-2.0-or-later"}


def sources():
    """The files of the checkout; all there are where there is no git."""
    try:
        paths = subprocess.run(["git", "-C", TOP, "-c", f"safe.directory={TOP}", "ls-files"],
                               capture_output=True, text=True, check=True).stdout.splitlines()
    except (OSError, subprocess.CalledProcessError):
        paths = [os.path.relpath(os.path.join(folder, name), TOP)
                 for folder, folders, names in os.walk(TOP) for name in names]
    return [path for path in paths
            if not SKIPPED & set(path.split("/")) and os.path.isfile(TOP / path)]


def licence(path):
    """From the first lines, or from FILE.license beside a file that takes no comment."""
    beside = TOP / f"{path}.license"
    with open(beside if beside.is_file() else TOP / path, errors="replace") as file:
        head = "".join(line for _, line in zip(range(5), file))
    found = re.search(r"SPDX-License-Identifier: (\S+)", head)
    return found.group(1) if found else None


FILES = sources()


def test_there_are_sources():
    assert "Makefile" in FILES and "runtime/include/staticcall.h" in FILES


def test_every_file_has_one():
    assert [path for path in FILES if not licence(path)] == []


def test_texts_are_complete():
    """LICENSES/ holds the text of each licence in use and no other."""
    used = {f"{licence(path)}.txt" for path in FILES}
    assert used == {path.name for path in (TOP / "LICENSES").iterdir()}


@pytest.mark.parametrize("folder", sorted(BY_FOLDER))
def test_folder_has_its_licence(folder):
    inside = [path for path in FILES if path.startswith(folder + "/")]
    assert inside
    assert [path for path in inside if licence(path) != BY_FOLDER[folder]] == []
