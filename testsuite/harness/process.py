# SPDX-License-Identifier: GPL-2.0-or-later
"""Run one command, bounded in time and in what it writes, and leave nothing behind."""
import dataclasses
import os
import resource
import shlex
import signal
import subprocess

OUTPUT_LIMIT = 64 << 20
GRACE = 5                   # seconds in which an interrupted compiler removes its files


@dataclasses.dataclass
class Finished:
    command: list
    status: int             # negative: the signal that ended it
    output: str             # standard output and error, as they came
    timed_out: bool

    @property
    def log(self):
        lines = ["$ " + shlex.join(self.command), self.output.rstrip("\n")]
        if self.timed_out:
            lines.append("(killed: out of time)")
        elif self.status:
            lines.append(f"(exit status {self.status})")
        return "\n".join(filter(None, lines))


def _limit():
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (OUTPUT_LIMIT, OUTPUT_LIMIT))


def _ends_in(child, seconds):
    try:
        child.wait(seconds)
    except subprocess.TimeoutExpired:
        return False
    return True


def _signal(child, number):
    try:
        os.killpg(child.pid, number)
    except ProcessLookupError:
        pass


def run(command, cwd, timeout):
    """Run `command` in `cwd`; its whole process group is gone on return."""
    with open(os.path.join(cwd, ".output"), "w+b") as out:
        with subprocess.Popen(command, cwd=cwd, stdin=subprocess.DEVNULL, stdout=out, stderr=out,
                              start_new_session=True, preexec_fn=_limit,
                              env={**os.environ, "LC_ALL": "C"}) as child:
            timed_out = not _ends_in(child, timeout)
            if timed_out:
                _signal(child, signal.SIGINT)
                _ends_in(child, GRACE)
            _signal(child, signal.SIGKILL)
            child.wait()
        out.seek(0)
        output = out.read().decode("utf-8", "backslashreplace").replace("\r", "")
    return Finished(list(command), child.returncode, output, timed_out)
