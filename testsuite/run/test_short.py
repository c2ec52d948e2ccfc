# SPDX-License-Identifier: GPL-2.0-or-later
"""Memory that is short while an executable or a library registers."""
import pathlib

VERSIONS = pathlib.Path(__file__).resolve().parents[2] / "ld-scripts/libstaticcall.map"


def test_no_escape_is_lost_for_want_of_memory(programs, tmp_path):
    owner = programs.library("shared_owner.c")
    leak = programs.library("shared_leak.c", owner, "-Wno-attributes")
    libdir = programs.toolchain.libdir
    runtime = programs.unmarked("short_runtime.c", "-shared", "-fPIC", "-Wl,-soname,libstaticcall.so.0",
                                "-Wl,-u,__static_call_update", libdir / "libstaticcall_static.a",
                                "-Wl,--wrap=__static_call_syscall", f"-Wl,--version-script,{VERSIONS}")
    folder = tmp_path / "library"
    folder.mkdir()
    (folder / "libstaticcall.so.0").symlink_to(runtime)
    # In front of the emulator's LD_LIBRARY_PATH.
    main = programs.program("short.c", owner, folder / "libstaticcall.so.0", "-Wl,--disable-new-dtags",
                            f"-Wl,-rpath,{folder}:{owner.parent}")
    failures = 0
    for maps in range(20):
        result = programs.run(main, leak, maps)
        if result.out != "0\n":
            break
        failures += "there is no memory for" in result.err
    assert failures >= 3, "fewer maps than there must be"
    assert not result.err and maps < 19
