# SPDX-License-Identifier: GPL-2.0-or-later
"""Boot a kernel in an emulated machine and run static programs under it."""
import dataclasses
import gzip
import json
import pathlib
import re
import stat
import subprocess
import tempfile

from harness import cpio, process
from . import kernel

INIT = pathlib.Path(__file__).resolve().parent / "init.c"
COMPILE_TIMEOUT = 60
TIMEOUT = 900               # seconds for all that runs in one guest


class GuestError(Exception):
    """A guest that has not come to its end; the console's log is the text."""


@dataclasses.dataclass
class Command:
    program: pathlib.Path
    args: list
    env: dict
    seconds: int

    def initializer(self):
        """For init.c's table; words of JSON without special characters are words of C."""
        words = lambda *values: "(char *[]){ %s }" % ", ".join([*map(json.dumps, values), "0"])
        return "{ %d, %s, %s }," % (self.seconds, words(self.path, *map(str, self.args)),
                                    words(*(f"{key}={value}" for key, value in self.env.items())))

    @property
    def path(self):
        return f"/bin/{self.program.name}"


@dataclasses.dataclass
class Result:
    status: int
    out: str

    def __str__(self):
        return f"status {self.status}\n{self.out}"


def initramfs(toolchain, commands, folder):
    (folder / "commands.h").write_text("".join(f"{one.initializer()}\n" for one in commands))
    done = process.run([*toolchain.gcc, "-static", "-O2", "-Wall", "-Wextra",
                        f'-DCOMMANDS="{folder}/commands.h"', str(INIT), "-o", "init"], folder,
                       COMPILE_TIMEOUT)
    if done.status or done.output:
        raise GuestError(done.log)
    files = {name: (stat.S_IFDIR | 0o755, b"") for name in ("bin", "dev", "empty", "proc", "tmp")}
    files["dev/console"] = (stat.S_IFCHR | 0o600, b"")
    files["init"] = (stat.S_IFREG | 0o755, (folder / "init").read_bytes())
    for one in commands:
        files[one.path[1:]] = (stat.S_IFREG | 0o755, one.program.read_bytes())
    (folder / "initramfs").write_bytes(gzip.compress(cpio.archive(files), 1))


def results(log, commands):
    """What each command has said, and how it ended."""
    found = re.findall(r"^@@ command (\d+)\n(.*?)\n@@ status (-?\d+)$", log, re.M | re.S)
    numbers = [int(number) for number, _, _ in found]
    if numbers != list(range(len(commands))) or "@@ done" not in log:
        raise GuestError(log)
    return [Result(int(status), out) for _, out, status in found]


def run(toolchain, commands):
    """Run the commands under a kernel of the toolchain's architecture; a result for each."""
    machine = toolchain.architecture.machine
    image = kernel.fetch(machine)
    with tempfile.TemporaryDirectory(prefix="staticcall-guest-") as name:
        folder = pathlib.Path(name)
        initramfs(toolchain, commands, folder)
        # One thread for both processors: before 8.1 QEMU may miss a store to what another
        # thread is translating, and keep the old instruction for good.
        # And it ends in any case, even if who waits for it is killed.
        done = process.run(["timeout", "--foreground", "--signal=KILL", str(TIMEOUT + process.GRACE),
                            *machine.qemu, "-accel", "tcg,thread=single", "-smp", "2", "-m", "512",
                            "-nodefaults", "-display", "none", "-serial", "stdio", "-no-reboot",
                            "-kernel", str(image), "-initrd", "initramfs", "-append",
                            f"console={machine.console} panic=-1 loglevel=1"], folder, TIMEOUT)
    return results(done.log, commands)
