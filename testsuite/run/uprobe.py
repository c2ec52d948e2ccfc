# SPDX-License-Identifier: GPL-2.0-or-later
"""uprobe.py PROGRAM [TURNS]: set and remove a probe on each site of uprobe.c, between updates.

Run by test_uprobe.py in a mount namespace of its own.  Prints how often probes were hit,
before and after the update that each of them sees; with TURNS, how often those were, so
many on each site, that were set and removed in the middle of updates.
"""
import itertools
import os
import pathlib
import subprocess
import sys
import tempfile

CALLS = 5


class Tracing:
    """The kernel's events, under a name of our own."""

    def __init__(self, folder):
        subprocess.run(["mount", "-t", "tracefs", "none", folder], check=True)
        self.folder = pathlib.Path(folder)
        self.group = f"staticcall_{os.getpid()}"

    def command(self, text):
        # Not open(), which seeks.
        events = os.open(self.folder / "uprobe_events", os.O_WRONLY | os.O_APPEND)
        try:
            os.write(events, text.encode())
        finally:
            os.close(events)

    def set(self, name, program, offset):
        self.command(f"p:{self.group}/{name} {program}:0x{offset}\n")
        (self.folder / "events" / self.group / name / "enable").write_text("1")

    def hits(self, name):
        for line in (self.folder / "uprobe_profile").read_text().splitlines():
            words = line.split()
            if words[1] == name:
                return int(words[2])
        return 0

    def remove(self, name):
        (self.folder / "events" / self.group / name / "enable").write_text("0")
        self.command(f"-:{self.group}/{name}\n")


class Process:
    """The program, which answers each command by a line."""

    def __init__(self, program):
        self.process = subprocess.Popen([program], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                        text=True, bufsize=0)
        self.offsets = [self.process.stdout.readline().strip() for _ in range(3)]

    def tell(self, commands):
        for command in commands:
            self.process.stdin.write(command)
            answer = self.process.stdout.readline()
            if answer != f"{command}\n":
                sys.exit(f"'{command}' was answered by '{answer}', status {self.process.wait(10)}")

    def end(self):
        self.process.stdin.close()
        status = self.process.wait(10)
        if status:
            sys.exit(f"status {status}")


def between(process, tracing, program):
    before = after = 0
    for turn, (offset, (old, new)) in enumerate(
            itertools.product(process.offsets, itertools.permutations("10n", 2))):
        name = f"site_{os.getpid()}_{turn}"
        process.tell(old + "c")
        tracing.set(name, program, offset)
        try:
            process.tell("c" * CALLS)
            hits = tracing.hits(name)
            process.tell(new + "c" * CALLS)
            before += hits
            after += tracing.hits(name) - hits
        finally:
            tracing.remove(name)
        process.tell("c" + old + "c")
    return before, after


def during(process, tracing, program, turns):
    hits = 0
    process.tell("s")
    for turn in range(turns):
        for site, offset in enumerate(process.offsets):
            name = f"site_{os.getpid()}_{turn}_{site}"
            tracing.set(name, program, offset)
            try:
                process.tell("c" * CALLS)
                hits += tracing.hits(name)
            finally:
                tracing.remove(name)
            process.tell("c")
    process.tell("e")
    return (hits,)


def main():
    program, *turns = sys.argv[1:]
    with tempfile.TemporaryDirectory(prefix="staticcall-uprobe-") as folder:
        tracing = Tracing(folder)
        try:
            process = Process(program)
            if turns:
                hits = during(process, tracing, program, int(turns[0]))
            else:
                hits = between(process, tracing, program)
            process.end()
        finally:
            subprocess.run(["umount", folder], check=True)
    print(*hits)


main()
