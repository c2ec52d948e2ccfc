# SPDX-License-Identifier: GPL-2.0-or-later
"""Processes that may not change their text, by one means or all."""
import ctypes
import re
import signal

import pytest

pytestmark = pytest.mark.usefixtures("kernel")

NOTHING_PATCHED = r"staticcall: .*: nothing is patched\n"


@pytest.fixture
def denied(programs, tmp_path):
    def run(*args, **env):
        link = env.pop("link", "pie")
        return programs.run(programs.program("denied.c", link=link), *args,
                            EMPTY_FOLDER=str(tmp_path), **env)
    return run


def has_mdwe():
    """Does the kernel know PR_GET_MDWE (Linux 6.3)?"""
    return ctypes.CDLL(None).prctl(66, 0, 0, 0, 0) >= 0


WRITERS = [("mprotect", "mem"), ("dumpable", "mprotect"), ("proc", "mprotect")]
if has_mdwe():
    WRITERS.append(("mdwe", "mem"))


@pytest.mark.parametrize("link", ["pie", "static"])
@pytest.mark.parametrize("what, writer", WRITERS)
def test_another_writer_is_found_at_start(denied, what, writer, link):
    result = denied("works", DENY=what, link=link)
    assert result.out.split()[1:] == [writer, "4"]
    assert not result.err


@pytest.mark.parametrize("what", ["mprotect dumpable", "mprotect proc"])
def test_no_writer_at_start(denied, what):
    result = denied("works", DENY=what)
    assert result.out == "none none 0\n"
    assert re.fullmatch(NOTHING_PATCHED, result.err)


@pytest.mark.parametrize("what", ["membarrier", "sync_core"])
def test_no_membarrier_at_start(denied, what):
    result = denied("works", DENY=what)
    assert result.out == "none none 0\n"
    assert re.fullmatch(NOTHING_PATCHED, result.err)


@pytest.mark.parametrize("what", [what for what, writer in WRITERS if writer == "mem"])
def test_auto_changes_to_the_other_writer_later(denied, what):
    denied("works", what)


@pytest.mark.parametrize("what, writer", [
    ("mprotect", "mprotect"), ("dumpable", "mem"), ("proc", "mem"),
    ("mprotect dumpable", "auto"), ("mprotect proc", "auto"), ("membarrier", "auto"), ("sync_core", "auto")])
def test_update_is_refused_later(denied, poke, what, writer):
    denied("refused", what, "other", STATICCALL_POKE=poke, STATICCALL_WRITER=writer)


@pytest.mark.parametrize("what", ["membarrier", "sync_core"])
def test_who_is_alone_needs_no_membarrier_later(denied, poke, writer, what):
    assert not denied("works", what, STATICCALL_POKE=poke, STATICCALL_WRITER=writer).err


@pytest.mark.parametrize("kind", ["store", "aggregate"])
def test_assignment_uses_even_a_writer_that_was_not_chosen(denied, kind):
    denied(kind, "mprotect", STATICCALL_WRITER="mprotect")


@pytest.mark.parametrize("what", ["dumpable wx", "wx proc", "proc wx"])
@pytest.mark.parametrize("kind", ["store", "aggregate"])
def test_assignment_makes_nothing_writable_that_shall_not_be(denied, kind, what):
    assert not denied(kind, what, STATICCALL_WRITER="mem").err


@pytest.mark.parametrize("what", ["mprotect dumpable", "mprotect proc", "membarrier"])
@pytest.mark.parametrize("kind, name", [("store", "op"), ("aggregate", r"ops\.\w+")])
def test_assignment_that_cannot_be_carried_out_ends_the_process(programs, tmp_path, kind, name,
                                                                what):
    result = programs.run(programs.program("denied.c"), kind, what, "other",
                          status=-signal.SIGABRT,
                          EMPTY_FOLDER=str(tmp_path))
    assert re.fullmatch(rf"staticcall: assignment to the static call {name} \(at 0x\w+\): .*\n",
                        result.err)


@pytest.mark.parametrize("what", ["mprotect", "mdwe"])
@pytest.mark.parametrize("why, error", [("dumpable", "EACCES"), ("proc", "ENOENT")])
def test_the_message_tells_what_was_tried_and_is_missing(programs, tmp_path, what, why, error):
    if what == "mdwe" and not has_mdwe():
        pytest.skip("Linux 6.3 has it")
    result = programs.run(programs.program("denied.c"), "store", f"{what} {why}", "other",
                          status=-signal.SIGABRT, EMPTY_FOLDER=str(tmp_path))
    assert re.search(rf"/proc/thread-self/mem: {error}, it needs ", result.err)
    assert re.search(r"mprotect\(\) to make the text writable: E[A-Z]+, it needs ", result.err)
    # What a copy of the text has failed by is the copy's own reason.
    assert re.search(r"mprotect\(\) to make a copy of the text executable: E[A-Z]+, it needs a right",
                     result.err)
    assert "needs memory" not in result.err and result.err.endswith(" could report that\n")
