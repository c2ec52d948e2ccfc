# SPDX-License-Identifier: GPL-2.0-or-later
"""Trees of kernel sources, and what is built in them.

All of it stands in the user's cache folder.  A tree has the test's own folder as
kernel/sctest, and with the series of this repository it is another tree, so that the
other one is what Debian ships.

Builds are folders inside of their tree.  Then the compiler sees the same relative
names everywhere, and ccache knows again what the builds have in common.
"""
import contextlib
import fcntl
import hashlib
import lzma
import os
import pathlib
import re
import shutil
import signal
import subprocess
import tempfile

from harness import debian

HERE = pathlib.Path(__file__).resolve().parent
TOP = HERE.parent.parent
KERNEL = TOP / "kernel"
UNPACK_TIMEOUT = 600
BUILD_TIMEOUT = 3600
# Where the test stands in a tree; klp-build takes nothing in lib/.
SCTEST = "kernel/sctest"
# And what its initcalls are to follow at once.
BEFORE_SCTEST = "static_call_inline.o\n"
# Where kernels are that this release does not have.
NEWER_RELEASES = ("trixie-backports", "sid")

# The same text in every build, whenever it is made.
SAME = {"KBUILD_BUILD_TIMESTAMP": "Thu Jan  1 00:00:00 UTC 1970", "KBUILD_BUILD_VERSION": "1",
        "KBUILD_BUILD_USER": "staticcall", "KBUILD_BUILD_HOST": "staticcall"}

# How many things make does at a time.
jobs = os.cpu_count()


class Failure(Exception):
    """What went wrong, for people."""


def run(*command, timeout, log=None, environment=os.environ, **where):
    """Run to the end, or end all of it; the output."""
    env = {key: value for key, value in environment.items()
           if key not in ("MAKEFLAGS", "MFLAGS", "MAKELEVEL", "CC", "CROSS_COMPILE", "ARCH",
                          "KCFLAGS", "CFLAGS", "LDFLAGS")}
    env |= {"LC_ALL": "C", **SAME}
    env.setdefault("CCACHE_DIR", str(cache() / "ccache"))
    # A plugin that has been built again may well be the same.
    env.setdefault("CCACHE_COMPILERCHECK", "content")
    # Do not preprocess everything first: nearly all of it is compiled for the first time.
    env.setdefault("CCACHE_DEPEND", "1")
    command = [str(word) for word in command]
    with subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT, text=True, errors="replace", env=env,
                          start_new_session=True, **where) as child:
        try:
            output, _ = child.communicate(timeout=timeout)
        except subprocess.TimeoutExpired:
            raise Failure(f"{' '.join(command)}\nnot done after {timeout} s") from None
        finally:
            # Also where this program is being ended itself.
            if child.returncode is None:
                os.killpg(child.pid, signal.SIGKILL)
    if log:
        log.write_text(output)
    if child.returncode:
        tail = "\n".join(output.splitlines()[-25:])
        raise Failure(f"{' '.join(command)}\n{tail}\n(exit status {child.returncode}"
                      + (f"; all of it in {log})" if log else ")"))
    return output


def cache():
    folder = debian.cache_folder() / "kernel"
    folder.mkdir(exist_ok=True)
    return folder


@contextlib.contextmanager
def alone():
    """No other process is within at the same time."""
    with open(cache() / "lock", "w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def digest(paths):
    """Of the names and contents of files."""
    total = hashlib.sha256()
    for path in sorted(paths):
        total.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return total.hexdigest()[:16]


def up_to_date(folder, stamp):
    file = folder / ".staticcall"
    return file.is_file() and file.read_text() == stamp


def original(version):
    """What Debian ships, untouched."""
    deb = debian.fetch_binary(f"linux-source-{version}", NEWER_RELEASES)
    tree = cache() / version / "debian"
    if up_to_date(tree, deb.name):
        return tree
    shutil.rmtree(tree, ignore_errors=True)
    unpacked = cache() / version / "deb"
    shutil.rmtree(unpacked, ignore_errors=True)
    debian.unpack_binary(deb, unpacked)
    tree.mkdir(parents=True)
    run("tar", "-xf", next(unpacked.glob("usr/src/linux-source-*.tar.xz")), "-C", tree,
        "--strip-components=1", timeout=UNPACK_TIMEOUT)
    shutil.rmtree(unpacked)
    (tree / ".staticcall").write_text(deb.name)
    return tree


def series(version):
    return sorted((KERNEL / version).glob("*.patch"))


def copy_test(folder):
    """What is the same as before need not be compiled again."""
    target = folder / SCTEST
    target.mkdir(exist_ok=True)
    for path in (HERE / "sctest").iterdir():
        copy = target / path.name
        if not copy.is_file() or copy.read_bytes() != path.read_bytes():
            shutil.copy(path, copy)


def touched(patch):
    """The files that it changes."""
    return re.findall(r"^diff --git a/\S+ b/(\S+)$", patch.read_text(), re.M)


@alone()
def tree(version, patches=(), name="plain"):
    """A tree with the test in it, and with the @patches, in a folder of that name."""
    source = original(version)
    stamp = (source / ".staticcall").read_text() + SCTEST + BEFORE_SCTEST + digest(patches)
    folder = cache() / version / name
    if up_to_date(folder, stamp):
        copy_test(folder)
        return folder
    shutil.rmtree(folder, ignore_errors=True)
    # Links: nothing here is changed in place, only replaced.
    run("cp", "-al", source, folder, timeout=UNPACK_TIMEOUT)
    (folder / ".staticcall").unlink()
    for patch in patches:
        run("patch", "-p1", "--fuzz=0", "--no-backup-if-mismatch", "-i", patch, cwd=folder,
            timeout=60)
    copy_test(folder)
    makefile = (folder / SCTEST).parent / "Makefile"
    before, there, after = makefile.read_text().partition(BEFORE_SCTEST)
    if not there:
        raise Failure(f"{makefile}: no line ends with {BEFORE_SCTEST.strip()}")
    makefile.unlink()
    makefile.write_text(f"{before}{there}obj-y += {pathlib.Path(SCTEST).name}/\n{after}")
    (folder / ".staticcall").write_text(stamp)
    return folder


def patched(version):
    """One with all of the series."""
    return tree(version, series(version), "patched")


def debian_config(version):
    """Debian's own, without its modules: those are thousands."""
    deb = debian.fetch_binary(f"linux-config-{version}", NEWER_RELEASES)
    with tempfile.TemporaryDirectory() as work:
        debian.unpack_binary(deb, pathlib.Path(work))
        path, = pathlib.Path(work).glob("usr/src/linux-config-*/config.amd64_none_amd64.xz")
        lines = lzma.decompress(path.read_bytes()).decode().splitlines()
    return "".join(f"{line}\n" for line in lines if not line.endswith("=m"))


def compiler(arch):
    """As the kernel's makefiles want it; through ccache where there is one."""
    ccache = "ccache " if shutil.which("ccache") else ""
    return [f"ARCH={arch.kernel}", f"CROSS_COMPILE={arch.cross}", f"CC={ccache}{arch.cross}gcc",
            f"HOSTCC={ccache}gcc", f"HOSTCXX={ccache}g++"]


class Build:
    """One configuration, built in one way."""

    def __init__(self, source, name, arch, configs, plugin=None, arguments=()):
        """@plugin: what kernel/kbuild-wrap is to load; without one objtool is as it is."""
        self.source, self.arch, self.arguments = source, arch, arguments
        self.folder = source / f"build-{name}"
        self.log = self.folder / "log"
        self.whole = configs[0] == "debian"
        self.config = debian_config(source.parent.name) if self.whole else ""
        self.config += "".join((HERE / "config" / f"{c}.config").read_text()
                               for c in configs[self.whole:])
        self.plugin = plugin
        self.more_modules = []      # not of this build, for who boots it

    @property
    def config_file(self):
        return self.folder / ".config"

    def make(self, *args, timeout=BUILD_TIMEOUT):
        start = ["env", f"STATICCALL_PLUGIN={self.plugin}", KERNEL / "kbuild-wrap"]
        return run(*(start if self.plugin else ()), "make", "-C", self.source, f"O={self.folder.name}",
                   f"-j{jobs}", *compiler(self.arch), *self.arguments, *args,
                   timeout=timeout, log=self.log)

    def configure(self):
        """Start anew if anything has changed that make does not know of."""
        stamp = self.config + "".join(self.arguments) + (self.source / ".staticcall").read_text()
        if self.plugin:
            stamp += digest([self.plugin])
        if up_to_date(self.folder, stamp):
            return
        shutil.rmtree(self.folder, ignore_errors=True)
        self.folder.mkdir()
        # As tinyconfig, which asks every question twice.
        if not self.whole:
            self.make("KCONFIG_ALLCONFIG=" + str(self.source / "kernel/configs/tiny-base.config"),
                      "allnoconfig", timeout=300)
        with open(self.folder / ".config", "a") as file:
            file.write(self.config)
        self.make("olddefconfig", timeout=300)
        (self.folder / ".staticcall").write_text(stamp)

    def build(self):
        self.configure()
        try:
            self.make(*self.arch.targets)
        finally:
            # What is not compiled again does not warn again.
            if self.warnings():
                (self.folder / ".staticcall").unlink()

    def lint(self, objects):
        """What the compiler has to say of them with W=1, and sparse."""
        output = self.make("W=1", "C=2", *objects)
        names = [name.removesuffix(".o") + ".c" for name in objects]
        return [line for line in output.splitlines()
                if re.search(r"warning|error", line) and any(name in line for name in names)]

    def setting(self, name):
        return f"\nCONFIG_{name}=y\n" in "\n" + (self.folder / ".config").read_text()

    def warnings(self):
        """What compiler, objtool or modpost had to complain of."""
        return [line for line in self.log.read_text().splitlines()
                if "warning:" in line.lower() and "override:" not in line]

    @property
    def vmlinux(self):
        return self.folder / "vmlinux"

    @property
    def image(self):
        return self.folder / self.arch.image

    def modules(self):
        """By name."""
        return {str(path.relative_to(self.folder)): path
                for path in sorted(self.folder.rglob("*.ko"))}
