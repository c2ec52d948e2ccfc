#!/usr/bin/python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""The architectures, and how tests for each of them are built and run here.

	architectures.py names [NAME]	those of `make check-arches`, or this one
	architectures.py emulator TRIPLET LIBDIR
					what runs this compiler's programs here

This table is the only place: pytest, runtest and mk/check.py ask it.
"""
import dataclasses
import fnmatch
import platform
import subprocess
import sys


@dataclasses.dataclass(frozen=True)
class Machine:
    """A whole emulated machine with two processors, and Debian's kernel for it."""
    debian: str             # Debian's name of the architecture
    release: str            # Debian's release with the kernel
    package: str            # its kernels' packages have names that end alike
    qemu: tuple             # the emulator, and what it emulates
    console: str            # as the kernel calls it


@dataclasses.dataclass(frozen=True)
class Architecture:
    name: str               # as Linux, or Debian, calls it; also a section of mk/packages.txt
    triplet: str            # of Debian's compiler
    cpus: tuple             # patterns for the cpu of a triplet
    pokes: tuple            # the protocols by which the runtime can change its sites
    qemu: str = None        # emulates one process: qemu-<this>
    loader: str = None      # where this runs, so do all of its programs
    machine: Machine = None
    no_machine: str = None  # why not

    @property
    def compiler(self):
        return self.triplet + "-gcc"

    def emulator(self, libdir):
        """A command to be put before a program: its libraries are ours and those of Debian's cross
        compiler, also where the host's /etc/ld.so.cache knows others of this architecture."""
        root = f"/usr/{self.triplet}"
        return [f"qemu-{self.qemu}", "-L", root, "-E", f"LD_LIBRARY_PATH={libdir}:{root}/lib"]


# Breakpoints are x86's alone.  s390x stores words of eight bytes, as x86 does.
NATIVE = Architecture("x86_64", "x86_64-linux-gnu", ("x86_64",), ("aligned8", "int3"))
# Debian's kernel for arm64 runs programs for arm, too.
ARM64 = Machine("arm64", "bookworm", "linux-image-arm64",
                ("qemu-system-aarch64", "-M", "virt", "-cpu", "max"), "ttyAMA0")
CROSS = (
    Architecture("arm64", "aarch64-linux-gnu", ("aarch64",), ("aligned4",), "aarch64",
                 machine=ARM64),
    Architecture("powerpc", "powerpc-linux-gnu", ("powerpc",), ("aligned4",), "ppc",
                 no_machine="Debian has no kernel for it"),
    # With pages of 64 KiB, which Debian's kernel had until bookworm, QEMU 7.2 goes on with old
    # instructions: of a page that was copied it forgets only the first 4 KiB.
    Architecture("powerpc64le", "powerpc64le-linux-gnu", ("powerpc64le",), ("aligned4",), "ppc64le",
                 machine=Machine("ppc64el", "trixie", "linux-image-powerpc64le",
                                 ("qemu-system-ppc64", "-M", "pseries,x-vof=on", "-cpu", "POWER9"),
                                 "hvc0")),
    # Linux synchronizes the cores there from 6.10 on.
    Architecture("riscv64", "riscv64-linux-gnu", ("riscv64",), ("aligned4",), "riscv64",
                 machine=Machine("riscv64", "trixie", "linux-image-riscv64",
                                 ("qemu-system-riscv64", "-M", "virt"), "ttyS0")),
    Architecture("arm", "arm-linux-gnueabihf", ("arm", "armv*l"), ("aligned4",), "arm",
                 machine=ARM64),
    Architecture("s390x", "s390x-linux-gnu", ("s390x",), ("aligned8",), "s390x",
                 no_machine="before 8.0 QEMU keeps the old instructions where memory was copied"),
    Architecture("i386", "i686-linux-gnu", ("i[3-6]86",), ("aligned8", "int3"), "i386",
                 "/lib/ld-linux.so.2"),
)


def named(name):
    for one in CROSS:
        if one.name == name:
            return one
    raise ValueError(f"{name or 'no architecture given'}: ARCH is one of "
                     + " ".join(one.name for one in CROSS))


def of(triplet):
    """The architecture of a compiler, or None."""
    cpu = triplet.partition("-")[0]
    for one in (NATIVE, *CROSS):
        if any(fnmatch.fnmatchcase(cpu, pattern) for pattern in one.cpus):
            return one
    return None


def runs(loader):
    """Does this machine's kernel run programs of that loader, which is installed?"""
    try:
        return loader and not subprocess.run([loader, "--version"], stdin=subprocess.DEVNULL,
                                             stdout=subprocess.DEVNULL).returncode
    except OSError:
        return False


def emulator(triplet, libdir):
    """What runs the programs of a compiler on this machine: nothing, or an emulator."""
    found = of(triplet)
    if not found or not found.qemu or found == of(platform.machine()) or runs(found.loader):
        return []
    return found.emulator(libdir)


def main(command, *args):
    if command == "names" and args:
        print(named(*args).name)
    elif command == "names":
        print(*(one.name for one in CROSS))
    elif command == "emulator":
        print(*emulator(*args))


if __name__ == "__main__":
    try:
        main(*sys.argv[1:])
    except ValueError as err:
        sys.exit(f"staticcall: {err}")
