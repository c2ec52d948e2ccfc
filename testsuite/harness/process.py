# SPDX-License-Identifier: GPL-2.0-or-later
"""Run one command, bounded in time and in what it writes, and leave nothing behind."""
import dataclasses
import os
import resource
import shlex
import signal
import subprocess

OUTPUT_LIMIT = 64 << 20


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


def run(command, cwd, timeout):
    """Run `command` in `cwd`; its whole process group is gone on return."""
    with open(os.path.join(cwd, ".output"), "w+b") as out:
        with subprocess.Popen(command, cwd=cwd, stdin=subprocess.DEVNULL, stdout=out, stderr=out,
                              start_new_session=True, preexec_fn=_limit,
                              env={**os.environ, "LC_ALL": "C"}) as child:
            timed_out = False
            try:
                child.wait(timeout)
            except subprocess.TimeoutExpired:
                timed_out = True
            try:
                os.killpg(child.pid, signal.SIGKILL)
            except ProcessLookupError:
                pass
            child.wait()
        out.seek(0)
        output = out.read().decode("utf-8", "backslashreplace").replace("\r", "")
    return Finished(list(command), child.returncode, output, timed_out)
