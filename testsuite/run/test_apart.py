# SPDX-License-Identifier: GPL-2.0-or-later
"""Who marks a pointer and who stores to it are different programs and libraries.

All are compiled with the plugin, but not all with the mark.
"""
import re
import shutil

import pytest

STORE = ["apart_store.c", "-fPIC", "-shared"]


class Parts:
    def __init__(self, programs):
        self.programs = programs
        self.runtime = f"-Wl,-rpath,{programs.toolchain.libdir}"

    def owner(self, *options):
        return self.programs.library("apart_owner.c", "-DMARKED", self.runtime, *options)

    def user(self, *options):
        return self.programs.library("apart_user.c", "-DMARKED", self.runtime, *options)

    def both(self, *options):
        """The one library that has the pointers, marks and calls them."""
        return self.owner("apart_user.c", *options)

    def store(self, *options):
        return self.programs.unmarked(*STORE, *options)

    def program(self, *options):
        """One without marks and without the runtime."""
        libraries = [word for word in options if not isinstance(word, str)]
        return self.programs.unmarked(
            "apart.c", "-ldl", "-Wl,--no-as-needed", *options,
            f"-Wl,-rpath-link,{self.programs.toolchain.libdir}",
            *[f"-Wl,-rpath,{library.parent}" for library in libraries])

    def run(self, program, *libraries, **env):
        return self.programs.run(program, *libraries, **env)


@pytest.fixture
def parts(programs):
    return Parts(programs)


@pytest.mark.parametrize("first", ["user", "store"])
def test_all_are_there_from_the_start(parts, first, poke):
    libraries = [parts.both(), parts.store()]
    if first == "store":
        libraries.reverse()
    parts.run(parts.program(*libraries), STATICCALL_POKE=poke)


@pytest.mark.parametrize("scope", ["+", ""])
def test_one_that_comes_later(parts, scope, poke):
    user = parts.both()
    # Either it finds the pointer among what is for all, or it has the library among its own.
    store = parts.store(*([] if scope else [user]))
    parts.run(parts.program(), f"{scope}{user}", store, PATCHED="1", STATICCALL_POKE=poke)


def test_one_that_has_come_before(parts):
    owner = parts.owner()
    parts.run(parts.program(), f"+{owner}", parts.store(), parts.user())


@pytest.mark.parametrize("options", [["-fPIE", "-pie"], ["-fPIC", "-pie"], ["-fno-pie", "-no-pie"]])
@pytest.mark.parametrize("late", [0, 1])
def test_the_program_stores(parts, options, late, poke):
    """It has perhaps a copy of the pointers."""
    owner, user = parts.owner(), parts.user()
    program = parts.program("apart_store.c", *options, owner, *[user] * (not late))
    parts.run(program, *[user] * late, STATICCALL_POKE=poke)


@pytest.mark.parametrize("late", [0, 1])
def test_the_program_has_the_pointers_and_stores(parts, late):
    """It does not register."""
    user = parts.user()
    program = parts.program("-DOWNER", "-rdynamic", "apart_store.c", *[user] * (not late))
    parts.run(program, *[user] * late)


@pytest.mark.parametrize("link", ["pie", "no-pie"])
@pytest.mark.parametrize("late", [0, 1])
def test_the_program_has_the_pointers_and_marks_them(parts, programs, link, late, poke):
    libraries = [] if late else [parts.store()]
    program = programs.program("apart.c", "-DOWNER", "-DMARKED", "apart_user.c", "-rdynamic",
                               "-ldl", "-Wl,--no-as-needed", *libraries,
                               f"-Wl,-rpath,{parts.store().parent}", link=link)
    parts.run(program, *[parts.store()] * late, STATICCALL_POKE=poke,
              **({"PATCHED": "1"} if late else {}))


@pytest.mark.parametrize("link", ["pie-archive", "no-pie-archive"])
@pytest.mark.parametrize("look", [[], ["-Wl,--export-dynamic-symbol=__static_call_look"]])
def test_the_program_has_the_library_in_it(parts, programs, link, look):
    """Where that cannot be told of what comes, nothing that others know is patched."""
    exported = [f"-Wl,--export-dynamic-symbol={name}" for name in ("apart", "apart_object")]
    program = programs.program("apart.c", "-DOWNER", "-DMARKED", "apart_user.c", "-ldl", *exported,
                               *[f"-Wl,--export-dynamic-symbol={name}" for name in (
                                   "call_apart", "call_member", "set_apart", "apart_is_patched")],
                               *look, link=link)
    parts.run(program, parts.store(), PATCHED=str(len(look)))


@pytest.mark.parametrize("marks", [[], ["-DOTHERS"]])
@pytest.mark.parametrize("late", [0, 1])
def test_one_that_registers(parts, programs, marks, late):
    user = parts.both()
    store = programs.library("apart_store.c", *marks, user, parts.runtime)
    parts.run(parts.program(*[] if late else [store, user]), *[user, store] * late)


@pytest.mark.parametrize("options", [
    ["-Wl,-Bsymbolic"], ["-DPROTECTED"], ["-Wl,-z,now"], ["-Wl,--hash-style=sysv"],
    ["-Wl,--hash-style=gnu"], ["-Wl,--gc-sections", "-ffunction-sections", "-fdata-sections"],
    ["-O0"], ["-flto"]])
def test_options_of_who_marks(parts, options):
    user = parts.both(*options)
    parts.run(parts.program(), f"+{user}", parts.store(), PATCHED="1")


@pytest.mark.parametrize("options", [
    ["-O0"], ["-O3"], ["-flto"], ["-flto", "-ffat-lto-objects"], ["-Wl,-z,now"], ["-fno-plt"],
    ["-Wl,--hash-style=sysv"], ["-Wl,--gc-sections", "-ffunction-sections", "-fdata-sections"],
    ["-Wl,--strip-all"], ["-fvisibility=hidden"]])
def test_options_of_who_stores(parts, options):
    store = parts.store(*options)
    parts.run(parts.program(), f"+{parts.both()}", store, PATCHED="1")


def test_a_script_that_discards_notes(parts, tmp_path):
    script = tmp_path / "script.ld"
    script.write_text("SECTIONS { /DISCARD/ : { *(.note .note.* .comment) } } INSERT AFTER .text;\n")
    parts.run(parts.program(), f"+{parts.both()}", parts.store(f"-Wl,-T,{script}", "-Wl,--build-id=none"),
              PATCHED="1")


@pytest.mark.parametrize("linker", ["lld", "gold", "mold"])
def test_linkers_of_who_stores(parts, linker):
    """Also those that cannot link who marks."""
    if (not shutil.which(f"ld.{linker}")
            or parts.programs.toolchain.architecture.name != "x86_64"):
        pytest.skip(f"no {linker} for this machine")
    parts.run(parts.program(), f"+{parts.both()}", parts.store(f"-fuse-ld={linker}"), PATCHED="1")


@pytest.mark.parametrize("late", [0, 1])
def test_another_name_of_the_pointer(parts, late):
    user = parts.both("-Wl,--defsym=apart_alias=apart")
    store = parts.store("-DNAME=apart_alias")
    parts.run(parts.program(*[] if late else [user, store]), *[f"+{user}", store] * late)


@pytest.mark.parametrize("name", ["apart", "__real_apart"])
def test_a_name_that_the_linker_changes(parts, name, tmp_path):
    """A reference to X is one to __wrap_X, and one to __real_X is one to X."""
    wrap = "__wrap_apart" if name == "apart" else "apart"
    user = parts.both(f"-Wl,--defsym={wrap}=apart") if wrap != "apart" else parts.both()
    store = parts.store(f"-DNAME={name}", "-Wl,--wrap=apart")
    parts.run(parts.program(), f"+{user}", store, PATCHED="1")


@pytest.mark.parametrize("directive", ["SYMVER", "WEAKREF"])
def test_a_name_that_the_assembler_changes(parts, directive, tmp_path):
    versions = tmp_path / "versions"
    versions.write_text("V1 { global: apart*; call_*; set_*; local: *; };\n")
    user = parts.both(f"-Wl,--version-script={versions}")
    store = parts.store("-DNAME=local_name", f"-D{directive}", user)
    parts.run(parts.program(), f"+{user}", store, PATCHED="1")


def test_a_version(parts, tmp_path):
    versions = tmp_path / "versions"
    versions.write_text("V1 { global: apart*; call_*; set_*; local: *; };\n")
    user = parts.both(f"-Wl,--version-script={versions}")
    parts.run(parts.program(), f"+{user}", parts.store(user), PATCHED="1")


def test_before_its_own_constructors(parts):
    """The library starts before the program, and calls it."""
    user = parts.both("-DEARLY")
    parts.run(parts.program("apart_store.c", "-DEARLY", "-rdynamic", user))


def test_who_only_reads_does_not_matter(parts):
    """Nor does one that has a pointer of that name for itself."""
    reads = parts.programs.unmarked("apart_read.c", "-fPIC", "-shared")
    own = parts.programs.unmarked("apart_read.c", "-DOWN", "-fPIC", "-shared")
    parts.run(parts.program(), f"+{parts.both()}", reads, own, PATCHED="1", UNTOUCHED="1")


def test_who_is_alone(parts):
    """Without the runtime in the process there is nothing to be seen of all this."""
    owner = parts.programs.plain("apart_owner.c", "-fPIC", "-shared")
    store = parts.store(owner, f"-Wl,-rpath,{owner.parent}")
    program = parts.programs.plain("apart_alone.c", "-ldl", "-rdynamic")
    parts.run(program, store)
    symbols = parts.programs.execute(["readelf", "--dyn-syms", "-W", store], timeout=60).out
    assert re.search(r"WEAK +DEFAULT +UND __static_call_look", symbols)


def test_a_namespace_of_its_own(parts):
    user = parts.both()
    store = parts.store(user, f"-Wl,-rpath,{user.parent}")
    parts.run(parts.programs.plain("apart_alone.c", "-ldl", "-DNAMESPACE"), store)


def test_a_library_of_a_programs_units(parts):
    """With -flto what it becomes is known at link."""
    unit = parts.programs.unmarked("apart_store.c", "-flto", "-fno-pic", "-c")
    store = parts.programs.unmarked("-shared", unit, "-flto", "-fPIC")
    parts.run(parts.program(), f"+{parts.both()}", store, PATCHED="1")


def test_a_marking_library_of_a_programs_units(parts):
    units = [parts.programs.unmarked(source, "-DMARKED", "-flto", "-fno-pic", "-c")
             for source in ("apart_owner.c", "apart_user.c")]
    both = parts.programs.unmarked("-shared", *units, "-flto", "-fPIC", parts.runtime,
                                   *parts.programs.toolchain.link_flags)
    parts.run(parts.program(), f"+{both}", parts.store(), PATCHED="1")
