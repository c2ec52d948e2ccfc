# SPDX-License-Identifier: GPL-2.0-or-later
"""GCC's own torture tests, out of Debian's source package of GCC 12."""
import re
import shutil
import subprocess

from harness import debian

# The security update, then the release's own; the tests are the same.
VERSIONS = ["12.2.0-14+deb12u1", "12.2.0-14"]
TREE = "gcc-12.2.0/gcc/testsuite/gcc.c-torture"
TIMEOUT = 600


def folder():
    """gcc.c-torture/, unpacked into the cache folder once."""
    target = debian.cache_folder() / "gcc-12.2.0"
    if not (target / TREE).is_dir():
        package = debian.fetch("gcc-12", VERSIONS)
        origin = next(package.glob("gcc-12_12.2.0.orig.tar.*"))
        new = target.with_suffix(".new")
        shutil.rmtree(new, ignore_errors=True)
        new.mkdir()
        # A tar archive in a tar archive.
        script = ('tar -xO -f "$1" --wildcards "*-dfsg.tar.xz" | '
                  'tar -xJ -C "$2" --wildcards "*/gcc/testsuite/gcc.c-torture"')
        subprocess.run(["bash", "-o", "pipefail", "-ec", script, "-", str(origin), str(new)],
                       check=True, timeout=TIMEOUT)
        shutil.rmtree(target, ignore_errors=True)
        new.rename(target)
    return target / TREE


def options_of(text, machine):
    """The options that a test's directives ask for, as far as they are for this machine."""
    found = []
    for words, selector in re.findall(r'dg-(?:additional-)?options\s+[{"]([^}"]*)[}"]([^\n]*)', text):
        targets = re.search(r"target\s+(.*)", selector)
        if targets and "-*-" in targets.group(1) and f"{machine}-*-" not in targets.group(1):
            continue
        if targets and "-*-" not in targets.group(1) and "pie" not in targets.group(1) \
                and "fpic" not in targets.group(1):
            continue
        found += words.split()
    return found


# GCC 12's own library of tests has these compiled with files that come with them.
LEFT_OUT = ("builtins/",)


def tests(kind, machine):
    """(path, options) of each test in execute/ or compile/."""
    base = folder() / kind
    for path in sorted(base.rglob("*.c")):
        if not str(path.relative_to(base)).startswith(LEFT_OUT):
            yield path, options_of(path.read_text(errors="replace"), machine)
