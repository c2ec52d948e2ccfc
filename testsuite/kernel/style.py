# SPDX-License-Identifier: GPL-2.0-or-later
"""What checkpatch.pl of the kernel itself has to say of a patch."""
import re
import subprocess

TIMEOUT = 120
# Who submits them signs them; and MAINTAINERS has patterns that the new files fit, which
# checkpatch does not look for.
IGNORED = "MISSING_SIGN_OFF,FILE_PATH_CHANGES"


def faults(tree, patch):
    """A line each, and the line with the counts."""
    done = subprocess.run(
        ["perl", "scripts/checkpatch.pl", "--strict", "--no-tree", "--show-types",
         f"--ignore={IGNORED}", patch], cwd=tree, stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, timeout=TIMEOUT, check=False)
    lines = done.stdout.splitlines()
    total = next((line for line in lines if line.startswith("total: ")), "")
    found = [line for line in lines if re.search(r"^(ERROR|WARNING|CHECK):", line)]
    if not re.match("total: 0 errors, 0 warnings, 0 checks", total):
        found.append(total or done.stdout)
    return found, total
