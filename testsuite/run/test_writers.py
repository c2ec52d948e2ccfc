# SPDX-License-Identifier: GPL-2.0-or-later
"""What writers need of the system, where it is not there, or not what it seems."""
import os
import re
import shutil

import pytest

pytestmark = pytest.mark.usefixtures("kernel")


def test_the_first_thread_may_have_ended(programs, writer):
    assert programs.run(programs.program("leader.c"), STATICCALL_WRITER=writer).out == "done\n"


@pytest.fixture
def jail(programs, tmp_path):
    if os.geteuid():
        pytest.skip("a jail of one's own needs root")

    def run(kind, **env):
        result = programs.run(programs.program("jail.c", link="static"), tmp_path, kind, **env)
        if result.out.startswith("cannot"):
            pytest.skip("nothing can be mounted here")
        return int(result.out)
    return run


@pytest.mark.parametrize("kind", ["file", "pipe", "other"])
def test_what_stands_for_proc_in_a_jail_is_not_believed(jail, kind, writer):
    err = jail(kind, STATICCALL_WRITER=writer)
    assert (err == 0) == (writer == "mprotect")


def test_a_jail_may_have_a_proc_of_its_own(jail, writer):
    assert jail("proc", STATICCALL_WRITER=writer) == 0


@pytest.mark.parametrize("tool", ["none", "memcheck", "cachegrind", "drd"])
def test_a_translator_that_keeps_old_code_is_noticed(programs, tool, writer):
    valgrind = shutil.which("valgrind")
    if not valgrind:
        pytest.skip("needs valgrind")
    program = programs.program("translated.c")
    result = programs.run(valgrind, "-q", f"--tool={tool}", "--log-file=/dev/null",
                          f"--{tool}-out-file=/dev/null" if tool == "cachegrind" else "-q",
                          program, STATICCALL_WRITER=writer)
    assert (result.out, result.err) == ("done\n", "")


@pytest.mark.parametrize("what, deny, tried, not_tried", [
    ("mem", "dumpable", "/proc/thread-self/mem: errno 13", "mprotect"),
    ("mem", "proc", "/proc/thread-self/mem: errno 2", "mprotect"),
    ("auto", "mprotect dumpable", r"mprotect\(\) to make the text writable: errno 1.*"
                                  "/proc/thread-self/mem: errno 13", "membarrier"),
    ("auto", "membarrier", r"membarrier\(\), which synchronizes cores: errno 1", "mprotect")])
def test_a_message_names_what_was_tried(programs, tmp_path, what, deny, tried, not_tried):
    result = programs.run(programs.program("denied.c"), "works", DENY=deny,
                          EMPTY_FOLDER=str(tmp_path), STATICCALL_WRITER=what)
    assert re.search(tried, result.err) and not_tried not in result.err
    assert result.err.count("\n") == 1
