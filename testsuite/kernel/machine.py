# SPDX-License-Identifier: GPL-2.0-or-later
"""Boot a kernel under an emulator, let it run the test, and judge what it says."""
import gzip
import os
import pathlib
import re
import signal
import stat
import subprocess
import tempfile
import time

import trees
from harness import cpio

HERE = pathlib.Path(__file__).resolve().parent
BOOT_TIMEOUT = 300

# What a kernel prints when it is not content, or a test of its own.
BAD = re.compile(r"WARNING: (?!See )|BUG: |Oops|Call [Tt]race|Kernel panic|Internal error|"
                 r"unexpected static_call|signature fail|self-detected stall|: WRONG|"
                 r"Unable to handle kernel|Failed to |^init: (?!.*: done($|\[))")
# What must be said where an allocation was made to fail.
TOLD_TO_FAIL = re.compile(r"^[^\n]*(vmalloc error: (?:(?!WARNING: |BUG: |Oops|</TASK>).)*</TASK>|"
                          r"Failed to allocate memory for static calls)\n", re.M | re.S)
# And of a module that is not to be loaded; as it is, Linux does not distinguish the two.
REFUSED = re.compile(r"^[^\n]*Failed to fixup __raw_static_call\(\) usage at: \S+ \[refused\]\n"
                     r"([^\n]*Failed to allocate memory for static calls\n)?", re.M)
GOOD = (r"sctest: load: \d+ sites looked at, 0 errors: right",
        r"sctest: run: \d+ sites looked at, 0 errors: right",
        r"sctest: unloaded")
END = "init: end: done"


def initramfs(build, modules, test, target):
    """The program that is init, the module of the test, and those of the kernel's @modules."""
    built = {pathlib.Path(name).stem: path for name, path in build.modules().items()}
    built |= {path.stem: path for path in build.more_modules}
    names = [*(["sctest", "refused"] if test else []), *modules, *(name for name in built if name.startswith("livepatch-"))]
    missing = [name for name in names if name not in built]
    if missing:
        raise trees.Failure(f"{build.folder}: no {', '.join(missing)}.ko")
    with tempfile.TemporaryDirectory() as work:
        program = pathlib.Path(work) / "init"
        trees.run(f"{build.arch.cross}gcc", "-O2", "-Wall", "-Wextra", "-static", "-o", program,
                  *sorted((HERE / "init").glob("*.c")), timeout=60)
        mode = stat.S_IFREG | 0o755
        files = {"init": (mode, program.read_bytes()), "modules": (stat.S_IFDIR | 0o755, b"")}
    for name in names:
        path = f"modules/{modules.index(name)}-{name}.ko" if name in modules else f"{name}.ko"
        files[path] = (mode, built[name].read_bytes())
    data = cpio.archive(files)
    target.write_bytes(gzip.compress(data) if build.setting("RD_GZIP") else data)


class Boot:
    """How it went.  @log: what came over the serial line."""

    def __init__(self, build, name, how):
        initrd = build.folder / "initramfs"
        self.path = build.folder / f"boot-{name}.log"
        self.how = how
        initramfs(build, how.modules, how.test, initrd)
        # One thread for all processors: with more, QEMU 7.2 may miss a store to what another
        # thread is translating, and execute the old instruction for good.  An int3 of the
        # kernel's own then ends in an Oops, also without anything from here.
        command = [*build.arch.qemu, *how.qemu, "-accel", "tcg,thread=single", "-m", how.memory,
                   "-nographic", "-no-reboot", "-kernel", str(build.image),
                   "-initrd", str(initrd), "-append",
                   f"console={build.arch.console} panic=-1 {how.arguments}"
                   + ("" if how.stress else " sctest=alone") + ("" if how.test else " sctest=no")]
        start = time.monotonic()
        with open(self.path, "wb") as out:
            with subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=out, stderr=out,
                                  start_new_session=True) as child:
                self.timed_out = False
                try:
                    child.wait(BOOT_TIMEOUT)
                except subprocess.TimeoutExpired:
                    self.timed_out = True
                finally:
                    if child.returncode is None:
                        os.killpg(child.pid, signal.SIGKILL)
        self.seconds = time.monotonic() - start
        self.log = REFUSED.sub("", self.path.read_text(errors="replace").replace("\r", ""))
        if how.faults:
            self.log = TOLD_TO_FAIL.sub("", self.log)

    def faults(self, cpus):
        """What is wrong, a line each."""
        lines = self.log.splitlines()
        found = [line for line in lines if BAD.search(line)][:20]
        if self.timed_out:
            found.append(f"not at its end after {BOOT_TIMEOUT} s; the last line is: "
                         + (lines[-1] if lines else ""))
        found += [f"no {wanted!r}" for wanted in self.how.wanted
                  if not any(re.search(wanted, line) for line in lines)]
        if END not in self.log:
            found.append(f"no {END!r}")
        if not self.how.test:
            return found
        if "init: refused: done" not in self.log:
            found.append("a module has been loaded that should not")
        for wanted in GOOD:
            # The module is loaded twice; all of it must have been seen each time.
            count = sum(bool(re.search(wanted, line)) for line in lines)
            if count < 2:
                found.append(f"no {wanted!r}" if not count else f"{wanted!r} only once")
        if not self.how.stress:
            return found
        seen = len(set(re.findall(r"sctest: cpu (\d+): \d+ calls", self.log)))
        if seen != cpus:
            found.append(f"{seen} processors have called, not {cpus}")
        return found

    def test_lines(self):
        """The results of the module, without the bytes of each site."""
        return [re.sub(r"^\[ *[\d.]+\] ", "", line) for line in self.log.splitlines()
                if re.search(
                          r"sctest: (loaded|vmlinux|load|probes|measure|cpu|stress|run|unloaded)\b|"
                          r"init: (preempt|\d+ loads)", line)]
