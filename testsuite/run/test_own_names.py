# SPDX-License-Identifier: GPL-2.0-or-later
"""The library asks the kernel itself, whatever a program calls its own functions and variables."""
import shutil
import subprocess

import pytest

# What may be taken from the C library: names of ISO C, names that are the C library's alone, and
# what the kernel cannot do in its place: a handler of signals that returns, a walk of the loaded
# objects, a handler of fork().  A name that a program may have for something of its own is none.
ISO_C = {"abort", "getenv", "memchr", "memcmp", "memcpy", "memmove", "memset", "snprintf", "strcat",
         "strchr", "strcmp", "strcpy", "strlen", "strncmp", "strrchr", "strstr", "strtol",
         "vsnprintf"}
RESERVED = {"__errno_location", "__getauxval", "__libc_current_sigrtmin", "__progname_full",
            "__register_atfork", "__static_call_bounds", "__stack_chk_fail", "__tls_get_addr"}
POSIX = {"dl_iterate_phdr", "sigaction"}


def test_what_is_taken_from_the_c_library(programs):
    nm = shutil.which("nm") if not programs.toolchain.emulator else None
    if not nm:
        pytest.skip("another architecture's")
    listing = subprocess.run([nm, "-D", programs.toolchain.libdir / "libstaticcall.so.0"],
                             check=True, timeout=60, stdout=subprocess.PIPE, text=True).stdout
    # Weak ones are the compiler's, and aliases of variables.
    taken = {line.split()[-1].split("@")[0] for line in listing.splitlines() if " U " in line}
    assert taken <= ISO_C | RESERVED | POSIX


def test_names_of_the_programs_own(programs, link, poke, writer):
    program = programs.program("own_names.c", "-fno-builtin", link=link)
    result = programs.run(program, STATICCALL_POKE=poke, STATICCALL_WRITER=writer)
    assert (result.out, result.err) == ("2 3 0\n", "")
