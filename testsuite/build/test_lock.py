# SPDX-License-Identifier: GPL-2.0-or-later
"""A library that is built with -DSTATICCALL_DEBUG_LOCK asserts that what needs the lock has it."""
import shutil
import signal
import subprocess

import pytest

RUN = "testsuite/run"


@pytest.fixture(scope="module")
def debug(sh, tmp_path_factory):
    """The runtime alone: the plugin is the one under test."""
    folder = tmp_path_factory.mktemp("debug") / "b"
    own = folder / sh.folder("gcc")
    sh.make(f"BUILD={folder}", "CFLAGS=-O1 -g -DSTATICCALL_DEBUG_LOCK", own / "libstaticcall.a")
    yield own
    shutil.rmtree(folder)


def program(sh, debug, source, *more):
    target = debug / source.replace(".c", "")
    sh.run("gcc", "-O2", "-pthread", f"-fplugin={sh.build / 'staticcall.so'}",
           f"-I{sh.top / 'runtime/include'}", sh.top / RUN / source, *more,
           f"-Wl,-T,{sh.top / 'ld-scripts/staticcall.ld'}", f"-L{debug}", debug / "libstaticcall.a",
           "-o", target)
    return target


@pytest.mark.parametrize("source, more", [
    ("basic.c", []), ("batch.c", ["-static", "-Wl,--wrap=__static_call_syscall"]), ("sync.c", [])])
def test_everything_that_needs_the_lock_has_it(sh, debug, source, more):
    sh.run(program(sh, debug, source, *more))


def test_what_has_it_not_ends_the_process(sh, debug):
    target = debug / "unlocked"
    sh.run("gcc", "-std=gnu11", "-pthread", "-DSTATICCALL_DEBUG_LOCK",
           f"-I{sh.top / 'runtime'}", f"-I{sh.top / 'runtime/include'}",
           sh.top / "testsuite/build/unlocked.c", *(debug / "obj/runtime").rglob("*.o"),
           "-o", target)
    done = subprocess.run([target], stderr=subprocess.PIPE, text=True, timeout=60)
    assert done.returncode == -signal.SIGABRT
    assert done.stderr == "staticcall: slot_find() without the lock\n"
