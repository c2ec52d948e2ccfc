#!/usr/bin/python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""Build kernels with the plugin, compare them with objtool's, boot them: `make check-kernel`.

For each version of the kernel and each architecture; see doc/kernel.md.
"""
import argparse
import dataclasses
import multiprocessing
import os
import pathlib
import signal
import subprocess
import sys
import time
import traceback

HERE = pathlib.Path(__file__).resolve().parent
TOP = HERE.parent.parent
sys.path[:0] = [str(TOP / "testsuite"), str(TOP / "kernel"), str(HERE)]
sys.dont_write_bytecode = True

import branches  # noqa: E402
import compare_sites  # noqa: E402
import klp  # noqa: E402
import machine  # noqa: E402
import style  # noqa: E402
import trees  # noqa: E402
from harness import debian  # noqa: E402


@dataclasses.dataclass(frozen=True)
class Arch:
    name: str               # a folder of arch/ and a section of mk/packages.txt
    kernel: str             # ARCH= of the kernel's makefiles
    cross: str              # prefix of the compiler
    targets: tuple          # what to build
    image: str              # what to boot
    console: str
    qemu: tuple
    cpus: int = 2


@dataclasses.dataclass(frozen=True)
class How:
    """To boot."""
    arguments: str = ""     # for the kernel
    qemu: tuple = ()        # more of them for the emulator
    memory: str = "256"     # MiB
    test: bool = True       # load the test's module ...
    stress: bool = True     # ... and have it update under execution
    not_in: tuple = ()      # versions of Linux
    faults: bool = False    # allocations are made to fail
    modules: tuple = ()     # of the kernel's own, to be loaded in this order
    wanted: tuple = ()      # regular expressions of lines that must have been said


ARCHES = {arch.name: arch for arch in (
    # Two sockets: without ACPI the kernel finds its processors in another table, which
    # lists no cores.
    Arch("x86", "x86_64", "", ("bzImage", "modules"), "arch/x86/boot/bzImage", "ttyS0",
         ("qemu-system-x86_64", "-cpu", "max", "-smp", "2,sockets=2")),
    Arch("arm64", "arm64", "aarch64-linux-gnu-", ("Image", "modules"), "arch/arm64/boot/Image",
         "ttyAMA0", ("qemu-system-aarch64", "-M", "virt", "-cpu", "max", "-smp", "2")),
    # This machine has one processor.
    Arch("powerpc", "powerpc", "powerpc-linux-gnu-", ("vmlinux", "modules"), "vmlinux", "ttyPZ0",
         ("qemu-system-ppc", "-M", "mac99"), cpus=1),
    Arch("riscv", "riscv", "riscv64-linux-gnu-", ("Image", "modules"), "arch/riscv/boot/Image",
         "ttyS0", ("qemu-system-riscv64", "-M", "virt", "-smp", "2")),
    Arch("s390", "s390", "s390x-linux-gnu-", ("bzImage", "modules"), "arch/s390/boot/bzImage",
         "ttyS0", ("qemu-system-s390x", "-cpu", "max", "-smp", "2")),
)}
PLAIN = {"": How()}
# With the last a nanosecond is an instruction; a second processor would be waited for long.
COUNT = {"": How(), "count": How(qemu=("-icount", "shift=0,sleep=off", "-smp", "1,sockets=1"),
                                 stress=False)}
# What is built of each unless something is asked for: each is to end within 35 minutes,
# from nothing.  One is compared with objtool, and each way to use the plugin is tried.
KERNELS = {
    "6.1": ("x86-large", "arm64", "powerpc"),
    "6.12": ("x86-debian", "arm64", "powerpc", "riscv"),
    "7.3": ("x86-tree", "x86", "arm64", "powerpc-objtool", "powerpc", "riscv", "s390"),
}
# There is no patch, no objtool or no klp-build.
NOT_THERE = {(version, name) for version in ("6.1", "6.12")
             for name in ("s390", "powerpc-objtool", "klp")}
NOT_THERE |= {("6.1", "riscv"), ("6.1", "riscv-relax")}
# Architectures at a time: while one is configured, linked or booted, which keeps one
# processor busy, there is something to compile for the others.
AT_ONCE = 2
TIMEOUT = 4 * 3600     # of all, in seconds


class Check:
    """What was done, and how it ended."""

    def __init__(self, build_folder, start):
        self.plugins = build_folder
        self.start = start
        self.passed, self.failed = 0, 0
        self.rows, self.lines = [], []

    def say(self, text):
        # In one piece: another process may be about to say something as well.
        print(f"[{time.monotonic() - self.start:5.0f} s] {text}\n", end="", flush=True)

    def result(self, what, faults):
        """One thing that is right, or what is wrong with it; was it right?"""
        if faults:
            self.failed += 1
            text = "\n".join([f"FAILED: {what}", *map(str, faults)])
            self.say(text.replace("\n", "\n    "))
        else:
            self.passed += 1
            self.say(f"passed: {what}")
        return not faults

    def build(self, what, build):
        """Seconds, or None."""
        self.say(f"building {what} in {build.folder}")
        start = time.monotonic()
        try:
            build.build()
            faults = build.warnings()
        except trees.Failure as err:
            faults = [err]
        taken = time.monotonic() - start
        return taken if self.result(f"{what}: builds", faults) else None

    def boot(self, what, build, boots):
        """In each way of @boots; the seconds."""
        return ", ".join(self.boot_once(f"{what} {name}".strip(), build, name or "plain", how)
                         for name, how in boots.items()
                         if not what.startswith(how.not_in))

    def boot_once(self, what, build, name, how):
        self.say(f"booting {what}")
        boot = machine.Boot(build, name, how)
        faults = boot.faults(build.arch.cpus)
        # See x86-faults.config.
        selftest = [] if how.faults else ["STATIC_CALL_SELFTEST"]
        for needed in (*selftest, "STATIC_KEYS_SELFTEST", "HAVE_STATIC_CALL_INLINE"):
            if how.test and not build.setting(needed):
                faults.append(f"CONFIG_{needed} is not set")
        if self.result(f"{what}: boots, and the module is content", faults):
            self.lines += [f"{what}: {line}" for line in boot.test_lines()]
        else:
            self.say(f"{what}: all of it in {boot.path}")
        return f"{boot.seconds:.0f}"

    def compare(self, what, one, other):
        """vmlinux and every module; the numbers of entries and of differences."""
        names = one.modules().keys() | other.modules().keys()
        self.result(f"{what}: the same modules", names ^ (one.modules().keys()
                                                           & other.modules().keys()))
        counts, faults, entry_faults = [0, 0, 0], [], []
        for name in ["vmlinux", *sorted(one.modules().keys() & other.modules().keys())]:
            first = compare_sites.Table(one.folder / name)
            second = compare_sites.Table(other.folder / name)
            lost, new = compare_sites.compare_entries(first, second)
            counts[0] += len(first.entries)
            counts[1] += len(second.entries)
            counts[2] += len(lost) + len(new)
            entry_faults += [f"{name}: {compare_sites.show(entry, sign)}"
                             for sign, entries in (("-", lost), ("+", new)) for entry in entries]
            faults += [f"{name}: {section}"
                       for section in compare_sites.compare_loaded(first, second)]
        if not counts[0]:
            entry_faults.append("no entries at all")
        self.result(f"{what}: {counts[0]} and {counts[1]} entries in vmlinux and {len(names)} "
                    "modules are equal", entry_faults[:20])
        self.result(f"{what}: code and data are equal", faults)
        return counts

    def complete(self, what, build):
        """Does the table have every branch to a trampoline, each aligned?  The entries."""
        count, faults = 0, []
        for path in (build.vmlinux, *build.modules().values()):
            table = compare_sites.Table(path)
            count += len(table.entries)
            there = branches.to_trampolines(table.elf)
            faults += [f"{path}: {table.where(site)} is not in the table"
                       for site in sorted(there.keys() - table.sites.keys())
                       # The test's own, which is to measure trampolines.
                       if not table.where(site).startswith("measure_tramp+")]
            faults += [f"{path}: {table.where(site)} is no branch to a trampoline"
                       for site in sorted(table.sites.keys() - there.keys())]
            faults += [f"{path}: {table.where(site)} is {table.sites[site]}, not {there[site]}"
                       for site in sorted(table.sites.keys() & there.keys())
                       if not branches.records(table.sites[site], *there[site],
                                              path != build.vmlinux)]
            faults += [f"{path}: {table.where(site)} is not aligned"
                       for site in sorted(table.sites)
                       if not branches.aligned(table.elf, site[1])]
        if not count:
            faults.append("no entries at all")
        self.result(f"{what}: {count} entries are all the branches to trampolines", faults[:20])
        return count

    def add(self, other):
        """What another one has done, too."""
        self.passed += other.passed
        self.failed += other.failed
        self.rows += other.rows
        self.lines += other.lines

    def row(self, version, name, counts, seconds, boots):
        self.rows.append((version, name, *counts, *(
            "-" if value is None else f"{value:.0f}" for value in seconds), boots))

    def summary(self):
        head = ("kernel", "build", "objtool", "plugin", "differ", "s", "s", "boot s")
        print("\nentries, seconds to build with objtool and with the plugin "
              f"(-j{trees.jobs}), seconds to boot")
        for row in [head, *sorted(self.rows, key=lambda row: list(KERNELS).index(row[0]))]:
            print("%-7s%-16s%9s%9s%8s%7s%7s  %s" % tuple(map(str, row)))
        print()
        for line in self.lines:
            print(line)


def built_plugin(check, arch):
    """The plugin for an architecture's compiler, built here."""
    cc = arch.cross + "gcc"
    env = {key: value for key, value in os.environ.items() if key not in ("MAKEFLAGS", "MFLAGS")}
    command = ["make", "--no-print-directory", f"-j{trees.jobs}", f"CC={cc}",
               f"BUILD={check.plugins}", "all"]
    with trees.alone():
        subprocess.run(command, cwd=TOP, env=env, stdin=subprocess.DEVNULL, check=True)
    ask = lambda option: subprocess.check_output([cc, option], text=True).strip()
    return check.plugins / f"{ask('-dumpmachine')}-{ask('-dumpversion')}" / "staticcall.so"


def check_tables(name, configs, in_tree, boots=PLAIN):
    """Against objtool: of an untouched tree, or @in_tree, of one with the series."""
    def check_arch(check, version):
        arch = ARCHES[name.partition("-")[0]]
        # Nobody boots objtool's.
        compared = dataclasses.replace(arch, targets=("vmlinux", "modules"))
        tree = trees.patched(version) if in_tree else trees.tree(version)
        # Of what Kconfig reads quotes would have make configure forever.
        flags = [r'KCFLAGS=-DSCTEST=\"quoted\"'] if in_tree else []
        ways = [trees.Build(tree, f"{name}-objtool", compared, configs, None, flags),
                trees.Build(tree, f"{name}-plugin", arch, configs, built_plugin(check, arch), flags)]
        what = f"{version} {name}"
        seconds = [check.build(f"{what} with objtool", ways[0]),
                   check.build(f"{what} with the plugin", ways[1])]
        if None in seconds:
            return
        counts = check.compare(what, *ways)
        check.row(version, name, counts, seconds, check.boot(what, ways[1], boots))

    return check_arch


def check_other(name, configs, boots=PLAIN):
    """There is no objtool to compare with, but there are instructions easy to decode."""
    def check_arch(check, version):
        arch = ARCHES[name.partition("-")[0]]
        build = trees.Build(trees.patched(version), name, arch, configs, built_plugin(check, arch))
        what = f"{version} {name}"
        seconds = check.build(what, build)
        if seconds is None:
            return
        entries = check.complete(what, build)
        check.row(version, name, ("-", entries, "-"), (None, seconds),
                  check.boot(what, build, boots))

    return check_arch


def check_series(check, version):
    """Is each patch good style, and does the kernel build and boot with it and those before?"""
    patches = trees.series(version)
    for patch in patches:
        found, total = style.faults(trees.original(version), patch)
        check.result(f"{version} {patch.name}: checkpatch, {total}", found)
    for number, patch in enumerate(patches, 1):
        code = [name for name in trees.touched(patch) if name.endswith((".c", ".h"))]
        if not code:
            continue
        name = next((name.split("/")[1] for name in code
                     if name.startswith("arch/")), "x86")
        arch = ARCHES[name]
        # Those in front of the one for Kconfig are for all compilers.
        recorded = any("arch/Kconfig" in trees.touched(one) for one in patches[:number])
        plugin = built_plugin(check, arch) if recorded else None
        build = trees.Build(trees.tree(version, patches[:number], "series"), f"series-{number}",
                            arch, ("common", name), plugin)
        what = f"{version} the first {number} of the series, {name}"
        if check.build(what, build) is None:
            continue
        if build.setting("HAVE_STATIC_CALL_INLINE"):
            # As it is, Linux 7.3 for powerpc loses updates where a kprobe is on a trampoline.
            check.boot(what, build, NO_TEST if name == "powerpc" and not plugin else COUNT)
            check.result(f"{what}: compiler with W=1, and sparse", build.lint(changed_objects(arch)))
        else:
            check.boot(what, build, NO_TEST)
    check_bare(check, version)


def changed_objects(arch):
    """What the series changes that is compiled."""
    return ["kernel/static_call_inline.o",
            f"arch/{arch.name}/kernel/static_call.o"]


def check_bare(check, version):
    """With the series, but not the plugin: there are no static calls that were not there before."""
    i386 = dataclasses.replace(ARCHES["x86"], kernel="i386")
    inline = ("HAVE_STATIC_CALL_INLINE",) if version == "7.3" else ()
    for name, arch, has in (("arm64", ARCHES["arm64"], ()), ("riscv", ARCHES["riscv"], ()),
                            ("s390", ARCHES["s390"], ()), ("i386", i386, ("HAVE_STATIC_CALL",)),
                            ("powerpc", ARCHES["powerpc"], ("HAVE_STATIC_CALL", *inline))):
        build = trees.Build(trees.patched(version), f"bare-{name}", arch, ("common", arch.name))
        build.configure()
        found = [setting for setting in ("HAVE_STATIC_CALL", "HAVE_STATIC_CALL_INLINE",
                                         "CC_HAS_STATIC_CALL_SITES") if build.setting(setting)]
        check.result(f"{version} {name} without the plugin: {', '.join(found) or 'no static calls'}",
                     [] if found == list(has) else [f"should have: {', '.join(has)}"])
        if has:
            check.result(f"{version} {name} without the plugin: compiler with W=1, and sparse",
                         build.lint(changed_objects(arch)[not inline or name == "i386":]))


def check_klp(check, version):
    """Live patches, made with objtool's table and with the plugin's."""
    arch, configs, what = ARCHES["x86"], ("common", "x86", "x86-klp"), f"{version} klp"
    build = trees.Build(trees.tree(version), "klp", arch, configs, built_plugin(check, arch))
    if check.build(what, build) is None:
        return
    refused = {}
    for way, plugin in (("objtool", None), ("plugin", build.plugin)):
        check.say(f"building live patches with the table of {way}")
        patch, refused[way] = klp.build(trees.tree(version, name="klp"), build.folder / f"klp-{way}",
                                        build.config_file.read_text(), plugin)
    check.result(f"{what}: refused: {', '.join(refused['objtool'])}",
                 [] if refused["objtool"] and refused["objtool"] == refused["plugin"]
                 else [f"with the plugin: {', '.join(refused['plugin'])}"])
    build.more_modules = [patch]
    check.boot(what, build, {"": How(wanted=(
        "sctest: live patched", *(f"^init: live patch {step}: done$" for step in
                                  ("loads", "on", "disabled", "off", "unloads"))))})


# A processor whose returns are to be jumps, as it is found out after the first static calls
# have been patched.
EPYC = ("-cpu", "EPYC")
# 6.1 as it is leaves returns as they are that were written before, with objtool's table too.
X86 = {"": How(), "epyc": How(qemu=EPYC, not_in=("6.1 ",))}
FAULTS = How(faults=True, wanted=(r"init: \d+ loads with a fault, \d+ refused, queue empty: done",
                                    "sctest: vmlinux: 0 sites wait: right"))
X86_FAULTS = {"": FAULTS, "epyc": dataclasses.replace(FAULTS, qemu=EPYC, not_in=("6.1 ",))}
# Linux 7.3 as it is panics on powerpc, with objtool's table too, where a module is loaded that
# has a jump to a key that is set to __static_call_return0().
NO_TEST = {"": How(test=False)}
DEBIAN = How(memory="1024", modules=("irqbypass", "kvm", "ccp", "kvm-amd"), wanted=tuple(
    f"^init: {what}: done$" for what in (
        "events xen on", "events xen off", "events all on", "events all off", "perf clock",
        "perf tracepoint", "live patch is seen", "live patch is gone", "load kvm_amd",
        "unload kvm_amd", "preempt=.*")))
X86_DEBIAN = {"": DEBIAN, "stuff": dataclasses.replace(
    # Counts calls, in front of each function.
    DEBIAN, arguments="retbleed=stuff spectre_v2=retpoline", qemu=("-cpu", "Skylake-Client"),
    modules=("irqbypass", "kvm"), wanted=())}

# By what follows a dash, an architecture can be built in more than one way.
CHECKS = {
    "x86-debian": check_tables("x86-debian", ("debian", "x86-debian"), False, X86_DEBIAN),
    "x86-large": check_tables("x86-large", ("common", "x86", "x86-large"), False),
    "x86-tree": check_tables("x86-tree", ("common", "x86", "x86-faults"), True, X86_FAULTS),
    "x86": check_tables("x86", ("common", "x86"), False, X86),
    "powerpc-objtool": check_tables("powerpc-objtool", ("common", "powerpc"), False, NO_TEST),
    # QEMU hands a seed to the kernel, so that it stands elsewhere each time.
    "arm64": check_other("arm64", ("common", "arm64"),
                         {"kaslr": How(), "nokaslr": How("nokaslr")}),
    "s390": check_other("s390", ("common", "s390")),
    "riscv": check_other("riscv", ("common", "riscv")),
    "powerpc": check_other("powerpc", ("common", "powerpc")),
    "riscv-relax": check_other("riscv-relax", ("common", "riscv", "riscv-relax")),
    "klp": check_klp,
    "series": check_series,
}


def sections(name):
    """Of mk/packages.txt, for what is to be checked."""
    if name == "series":
        return ARCHES
    return ["x86" if name == "klp" else name.partition("-")[0]]


def when_ended(status):
    """End with all that has been started."""
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: sys.exit(status))


def check_one(plugins, start, version, arch):
    """In a process of its own."""
    check = Check(plugins, start)
    check.say(f"{version} {arch}")
    try:
        CHECKS[arch](check, version)
    except (trees.Failure, debian.FetchError, OSError, subprocess.SubprocessError) as err:
        check.result(f"{version} {arch}", [err])
    except Exception:   # what the others have done is not to be lost
        check.result(f"{version} {arch}", [traceback.format_exc()])
    return check


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--build", default="build", help="where the plugins are built")
    parser.add_argument("--kernels", default="", help=f"of {' '.join(KERNELS)}")
    parser.add_argument("--arches", default="", help=f"of {' '.join(CHECKS)}")
    parser.add_argument("--sections", action="store_true",
                        help="only print which sections of mk/packages.txt are needed")
    args = parser.parse_args()
    kernels, arches = args.kernels.split() or list(KERNELS), args.arches.split()
    for name, given, known in (("KERNELS", kernels, KERNELS), ("KERNEL_ARCHES", arches, CHECKS)):
        unknown = [word for word in given if word not in known]
        if unknown:
            sys.exit(f"check-kernel: {name}={' '.join(unknown)}: there is none of that name; "
                     f"known are {' '.join(known)}")

    when_ended("check-kernel: ended")
    check = Check(pathlib.Path(args.build).resolve(), time.monotonic())
    tasks, left_out = [], []
    # What takes longest, which is what is built twice, is first.
    for name in arches or CHECKS:
        for version in kernels:
            if arches and (version, name) in NOT_THERE:
                left_out.append(f"left out: {version} {name}, which that version does not have")
            elif name in (arches or KERNELS[version]):
                tasks.append((check.plugins, check.start, version, name))
    if not tasks:
        sys.exit(f"check-kernel: nothing to check: {'; '.join(left_out)}")
    if args.sections:
        print(*sorted({section for *_, name in tasks for section in sections(name)}))
        return 0
    for line in left_out:
        check.say(line)
    at_once = min(AT_ONCE, len(tasks), os.cpu_count())
    # Leaving it ends what is still running.
    with multiprocessing.Pool(at_once, when_ended, [1]) as pool:
        try:
            for done in pool.starmap_async(check_one, tasks, chunksize=1).get(TIMEOUT):
                check.add(done)
        except multiprocessing.TimeoutError:
            sys.exit(f"check-kernel: not done after {TIMEOUT} s")
    check.summary()
    print(f"{check.passed} passed, {check.failed} failed "
          f"in {time.monotonic() - check.start:.0f} s")
    return 1 if check.failed or not check.passed else 0


if __name__ == "__main__":
    sys.exit(main())
