# SPDX-License-Identifier: GPL-2.0-or-later
"""What is stored before the library, and the C library, have started."""
import pytest



def test_stores_of_a_resolver(programs, link, poke):
    if programs.toolchain.architecture.name == "arm" and link in ("pie", "pie-archive"):
        pytest.skip("the linker has it resolved before the PLT, by which it stores, is relocated")
    programs.run(programs.program("resolver.c", link=link), STATICCALL_POKE=poke)


@pytest.mark.parametrize("binding", ["lazy", "now"])
def test_stores_of_a_resolver_before_there_is_a_plt(programs, link, binding):
    if programs.toolchain.architecture.name not in ("x86_64", "i386"):
        pytest.skip("stores are calls by way of the PLT there")
    programs.run(programs.program("resolver.c", "-DADDRESS", f"-Wl,-z,{binding}", link=link))


def test_constructors_and_destructors(programs, link, poke):
    program = programs.program("first.c", "-Wno-attributes", link=link)
    assert programs.run(program, STATICCALL_POKE=poke).out == "done\n"


@pytest.mark.parametrize("how", ["close", "stay"])
def test_constructors_and_destructors_of_a_library(programs, how, poke):
    library = programs.library("first.c", "-DLIBRARY", "-Wno-attributes",
                               f"-Wl,-rpath,{programs.toolchain.libdir}")
    program = programs.program("first_main.c", "-rdynamic")
    assert programs.run(program, library, how, STATICCALL_POKE=poke).out == "done\n"
