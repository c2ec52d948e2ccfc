# SPDX-License-Identifier: GPL-2.0-or-later
"""Executables and libraries: one pointer in several, coming and going, wrong ones."""
import re

import pytest


@pytest.fixture(params=["pie", "no-pie"])
def shared(request, programs):
    owner = programs.library("shared_owner.c")
    user = programs.library("shared_user.c", owner)
    leak = programs.library("shared_leak.c", owner, "-Wno-attributes")
    main = programs.program("shared_main.c", owner, f"-Wl,-rpath,{owner.parent}",
                            link=request.param)
    return main, user, leak


def test_libraries_come_and_go(programs, shared, poke, writer):
    main, *libraries = shared
    programs.run(main, "come-and-go", *libraries, STATICCALL_POKE=poke, STATICCALL_WRITER=writer)


def test_an_escape_anywhere_unpatches_everywhere(programs, shared, poke):
    main, *libraries = shared
    programs.run(main, "escape", *libraries, STATICCALL_POKE=poke)


@pytest.mark.parametrize("link", ["pie", "no-pie"])
def test_one_name_in_several_objects(programs, link, poke):
    libraries = [programs.library("same_name.c", f"-DOWNER={owner}") for owner in (1, 2)]
    main = programs.program("same_name.c", "-DOWNER=0", *libraries,
                            f"-Wl,-rpath,{libraries[0].parent}", link=link)
    programs.run(main, STATICCALL_POKE=poke)


@pytest.mark.parametrize("abi, size", [("99", "72"), ("0", "72"), ("1", "56"), ("2", "8")])
def test_unknown_descriptor(programs, abi, size):
    result = programs.run(programs.program("wrong_abi.c"), abi, size)
    assert re.fullmatch(rf"staticcall: \S+ has static calls of ABI {abi}, this library knows 2 .*\n"
                        r"staticcall: an object has a descriptor that lies in no loaded object: .*\n",
                        result.err)


@pytest.mark.parametrize("link", ["pie", "no-pie", "static"])
def test_wrong_records_are_left_alone(programs, link, poke):
    flags = ["-Wl,-z,notext"] if link == "pie" else []
    programs.run(programs.program("wrong_sites.c", *flags, link=link), STATICCALL_POKE=poke)


def test_a_target_out_of_reach(programs, link, poke):
    if programs.toolchain.architecture.name == "i386":
        pytest.skip("everything is in reach in 32 bits")
    programs.run(programs.program("range.c", link=link), STATICCALL_POKE=poke)


def test_assignment_of_a_whole_object(programs, link, poke, writer):
    programs.run(programs.program("sync.c", link=link),
                 STATICCALL_POKE=poke, STATICCALL_WRITER=writer)


@pytest.mark.parametrize("link", ["pie-archive", "no-pie-archive"])
def test_assignment_next_to_an_exported_constant(programs, link):
    """The library in the program does not hear of others' stores: to them whatever is exported is."""
    programs.run(programs.program("sync.c", "-Wl,--export-dynamic-symbol=constant", link=link))


def test_stats_and_walk(programs, link):
    programs.run(programs.program("look.c", link=link))


@pytest.mark.parametrize("poke, printed", [("aligned8", "aligned8 2\n"), ("int3", "none 0\n")])
def test_no_breakpoint_with_a_shadow_stack(programs, shadow_stack, poke, printed):
    program = programs.program("shstk.c", "-Wl,--wrap=__static_call_syscall", link="static")
    assert programs.run(program, STATICCALL_POKE=poke).out == printed


@pytest.mark.parametrize("own, count, options", [
    (600, 600, []),
    (1000, 1000, ["-DLEAKS", "-Wno-attributes"]),
])
def test_more_pointers_than_the_table_has_had_room_for(programs, own, count, options):
    library = programs.library("many_user.c", "-DLIBRARY", f"-DMANY=MANY_{count}", *options)
    programs.run(programs.program("many.c", "many_user.c", f"-DMANY=MANY_{own}", f"-DOWN={own}"),
                 library, count)


def test_records_in_no_order(programs, link, poke, writer):
    programs.run(programs.program("scattered.c", link=link),
                 STATICCALL_POKE=poke, STATICCALL_WRITER=writer)


def test_code_and_pointers_in_many_segments(programs, poke):
    """Nothing of it is damaged, and all of it patched."""
    if programs.toolchain.architecture.name not in ("x86_64", "i386"):
        pytest.skip("larger pages than x86's: the linker makes fewer segments")
    where = [f"-Wl,--section-start=.{kind}_{n}={0x200000 + 0x20000 * n + offset:#x}"
             for n in range(40) for kind, offset in (("text", 0), ("data", 0x10000))]
    result = programs.run(programs.program("segments.c", *where, link="pie"),
                          STATICCALL_POKE=poke)
    assert result.err == ""


def test_an_escape_outlives_all_users_and_ends_with_the_owner(programs):
    owner = programs.library("lonely_owner.c", f"-Wl,-rpath,{programs.toolchain.libdir}")
    user = programs.library("lonely_user.c", owner)
    leak = programs.library("lonely_leak.c", owner, "-Wno-attributes")
    programs.run(programs.program("lonely.c"), owner, user, leak)


def test_a_pointer_that_comes_after_its_object_has_escaped(programs, poke):
    programs.run(programs.program("covered.c"), STATICCALL_POKE=poke)


def test_worlds_of_their_own(programs, kernel, poke, writer):
    options = ["-D_GNU_SOURCE", f"-Wl,-rpath,{programs.toolchain.libdir}"]
    libraries = [programs.library("world_library.c", *options, *pad) for pad in ([], ["-DPAD"])]
    programs.run(programs.program("world.c", "-D_GNU_SOURCE"), *libraries,
                 STATICCALL_POKE=poke, STATICCALL_WRITER=writer)


def test_a_breakpoint_where_an_unloaded_library_had_a_site(programs, breakpoints, kernel):
    library = programs.library("world_library.c", f"-Wl,-rpath,{programs.toolchain.libdir}")
    programs.run(programs.program("former.c"), library, STATICCALL_POKE="int3")


@pytest.mark.parametrize("how", ["close", "exit"])
def test_a_destructor_of_what_a_library_needs(programs, how, poke):
    libdir = f"-Wl,-rpath,{programs.toolchain.libdir}"
    owner = programs.library("depend_owner.c", libdir)
    user = programs.library("depend_user.c", owner, libdir)
    program = programs.program("depend.c")
    assert programs.run(program, user, how, STATICCALL_POKE=poke).out == "done\n"
