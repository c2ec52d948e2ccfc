# SPDX-License-Identifier: GPL-2.0-or-later
"""STATICCALL_POKE, STATICCALL_WRITER, STATICCALL_DEBUG: known values, and others."""
import re

import pytest


def names(programs):
    """What STATICCALL_POKE may be."""
    return ", ".join(["auto", *programs.toolchain.architecture.pokes, "none"])


def choice(programs, **env):
    result = programs.run(programs.program("env.c"), **env)
    return result.out.split(), result.err


@pytest.mark.parametrize("variable", ["STATICCALL_POKE", "STATICCALL_WRITER"])
def test_none_patches_nothing(programs, variable):
    assert choice(programs, **{variable: "none"}) == (["none", "none", "0"], "")


@pytest.mark.parametrize("value", ["", "auto"])
def test_auto_is_the_default(programs, value):
    default = choice(programs)
    assert default[0][0] in programs.toolchain.architecture.pokes
    assert default[0][1:] == ["mprotect", "1"]
    assert choice(programs, STATICCALL_POKE=value, STATICCALL_WRITER=value) == default


def test_auto_uses_aligned_stores_where_amd_documents_them(programs, breakpoints):
    with open("/proc/cpuinfo") as cpuinfo:
        amd = "AuthenticAMD" in cpuinfo.read()
    assert choice(programs)[0][0] == ("aligned8" if amd else "int3")


def test_auto_does_not_use_aligned_stores_through_the_kernel(programs, breakpoints, kernel):
    assert choice(programs, STATICCALL_WRITER="mem")[0] == ["int3", "mem", "1"]


@pytest.mark.parametrize("variable, known", [
    ("STATICCALL_POKE", None),
    ("STATICCALL_WRITER", "auto, mprotect, mem, none"),
    ("STATICCALL_DEBUG", "0, 1"),
])
@pytest.mark.parametrize("value", ["bogus", "AUTO", "1 ", "x" * 5000])
def test_unknown_value_is_named_once_and_the_default_used(programs, variable, known, value):
    known = known or names(programs)
    default, _ = choice(programs)
    chosen, err = choice(programs, **{variable: value})
    assert chosen == default
    assert err == (f"staticcall: {variable}={value[:64]} is not known; it is one of {known}: "
                   f"going on with {known.split(',')[0]}\n")


def test_debug_tells_what_happens(programs):
    _, err = choice(programs, STATICCALL_DEBUG="1")
    assert re.search(r"^staticcall: poke \w+, writer mprotect$", err, re.M)
    assert re.search(r"^staticcall: \S+env: 1 sites of 1 keys$", err, re.M)
    assert choice(programs, STATICCALL_DEBUG="0")[1] == ""
