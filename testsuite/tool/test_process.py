# SPDX-License-Identifier: GPL-2.0-or-later
"""staticcall show on processes that are not as others: without their first thread, in other
namespaces, in a jail, with files that are gone or are others by now."""
import contextlib
import os
import pathlib
import pwd
import re
import shutil
import subprocess
import tempfile
import time

import pytest

from test_show import open_folder, other_user, running

PROGRAM = """
#include <pthread.h>
#include <staticcall.h>
#include <stdio.h>
#include <unistd.h>
static int add(int x) { return x + 1; }
int (*fp)(int) __static_call = add;
__attribute__((noinline)) int call(int x) { return fp(x) + 1; }
static void wait_for_end(void) { puts("ready"), fflush(stdout), getchar(), _exit(0); }
#ifdef THREADS
static void *shortly(void *p) { return p; }
static void *thread(void *p) { pthread_join(*(pthread_t *)p, 0), wait_for_end(); return 0; }
int main(void)
{
	static pthread_t self;
	pthread_t other[2];

	self = pthread_self();
	call(1);
	for (int i = 0; i < 2; i++)
		pthread_create(&other[i], 0, shortly, 0), pthread_detach(other[i]);
	pthread_create(&other[0], 0, thread, &self);
	pthread_exit(0);
}
#else
int main(void) { call(1), wait_for_end(); return 0; }
#endif
"""


def check(tool, pid, name=None):
    shown = tool.json("show", pid)
    assert [(row["key"], row["direct"], row["target"]["function"]) for row in shown["keys"]] == [("fp", 1, "add")]
    assert name is None or shown["name"] == name


@pytest.fixture
def program(builder):
    return builder.c(PROGRAM, "app")


def test_without_its_first_thread(tool, builder):
    """The process is no zombie, though the number that it has is that of one."""
    with running(builder.c(PROGRAM, "app", "-DTHREADS", "-pthread")) as app:
        for _ in range(500):
            if " (app) Z " in pathlib.Path(f"/proc/{app.pid}/stat").read_text():
                break
            time.sleep(0.01)
        assert " (app) Z " in pathlib.Path(f"/proc/{app.pid}/stat").read_text()
        check(tool, app.pid, "app")
        others = [tid for tid in os.listdir(f"/proc/{app.pid}/task") if int(tid) != app.pid]
        check(tool, others[0])


def test_without_its_first_thread_and_file(tool, builder):
    path = builder.c(PROGRAM, "app", "-DTHREADS", "-pthread")
    with running(path) as app:
        path.unlink()
        check(tool, app.pid)


def unshare(*options):
    done = subprocess.run(["unshare", *options, "true"], capture_output=True, text=True, timeout=60)
    if done.returncode:
        pytest.skip(f"unshare {' '.join(options)}: {done.stderr.strip()}")
    return ["unshare", *options]


def child_of(pid):
    (child,) = pathlib.Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return int(child)


def test_of_another_pid_namespace(tool, program):
    """By the number that it has here."""
    with running(*unshare("--pid", "--fork", "--kill-child"), program) as app:
        check(tool, child_of(app.pid), "app")


def test_inside_a_pid_namespace(tool, program, tmp_path):
    """By the number that it has there."""
    script = (f"{program} <{tmp_path}/fifo >{tmp_path}/out & exec 3>{tmp_path}/fifo; "
              f"until [ -s {tmp_path}/out ]; do sleep 0.01; done; {tool.path} show --json $!; s=$?; kill -9 $!; exit $s")
    os.mkfifo(tmp_path / "fifo")
    done = subprocess.run([*unshare("--pid", "--fork", "--mount-proc", "--kill-child"), "sh", "-c", script],
                          capture_output=True, text=True, timeout=60)
    assert done.returncode == 0 and '"direct": 1' in done.stdout, done.stdout + done.stderr


@contextlib.contextmanager
def started(command, **more):
    process = subprocess.Popen(list(map(str, command)), stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, **more)
    try:
        assert process.stdout.readline() == "ready\n"
        yield process
    finally:
        process.kill()
        process.communicate()


def show(tool_path, pid, **more):
    done = subprocess.run([tool_path, "show", str(pid)], capture_output=True, text=True, timeout=60, **more)
    return done.returncode, done.stdout + done.stderr


JAILED = """
#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <unistd.h>
int main(int argc, char **argv)
{
	if (argc != 5 || !dlopen(argv[1], RTLD_NOW) || chroot(argv[2]) || setgid(atoi(argv[4])) ||
	    setuid(atoi(argv[3])) || prctl(PR_SET_DUMPABLE, 1))
		return 1;
	puts("ready"), fflush(stdout), getchar();
	return 0;
}
"""
LIBRARY = """
#include <staticcall.h>
static int add(int x) { return x + 1; }
static int (*fp)(int) __static_call = add;
void set(int (*f)(int)) { fp = f; }
__attribute__((constructor)) static void use(void) { fp(1); }
"""


@pytest.mark.parametrize("decoy", [False, True])
def test_of_another_root(tool, builder, decoy):
    """The kernel tells us its files from our root; from its own that path may be another file."""
    if os.geteuid():
        pytest.skip("only root can chroot")
    program = builder.c(JAILED, "jailed", link=False)
    with open_folder() as folder:
        library = pathlib.Path(shutil.copy(builder.c(LIBRARY, "lib.so", "-shared", "-fPIC"), folder / "lib.so"))
        own_tool = shutil.copy(tool.path, folder / "staticcall")
        jail = folder / "jail"
        jail.mkdir()
        if decoy:
            copy = pathlib.Path(str(jail) + str(library))
            copy.parent.mkdir(parents=True)
            shutil.copy(tool.path, copy)
        with started([program, library, jail, *pwd.getpwnam("nobody")[2:4]]) as process:
            for path, user in ((tool.path, {}), (own_tool, other_user())):
                status, text = show(path, process.pid, **user)
                assert status == 0 and re.search(r"^fp +add \(lib.so\) +1 +1 ", text, re.M), text


def test_of_another_mount_namespace(tool, builder):
    """The path leads to the file there only."""
    program = builder.c(PROGRAM, "app", "-static")
    with tempfile.TemporaryDirectory(dir="/tmp") as hidden:
        command = [*unshare("--mount", "--user", "--map-root-user"), "sh", "-c",
                   f"mount -t tmpfs none {hidden} && cp {program} {hidden}/app && exec {hidden}/app"]
        done = subprocess.run([*command[:-1], f"mount -t tmpfs none {hidden}"], capture_output=True, timeout=60)
        if done.returncode:
            pytest.skip("no mounts in user namespaces")
        with started(command) as process:
            assert not os.listdir(hidden)
            check(tool, process.pid)


def test_program_deleted(tool, program):
    """The program itself can be read by its own user all the same."""
    with open_folder() as folder:
        own_tool = shutil.copy(tool.path, folder / "staticcall")
        app = pathlib.Path(shutil.copy(program, folder / "app"))
        with started([app], **other_user()) as process:
            app.unlink()
            status, text = show(own_tool, process.pid, **other_user())
            assert status == 0 and re.search(r"^fp +add \(app, deleted\) +1 +1 ", text, re.M), text
            # And one of the same name in its place is not taken for it.
            shutil.copy(tool.path, app)
            status, text = show(own_tool, process.pid, **other_user())
            assert status == 0 and re.search(r"^fp +add \(app, deleted\) +1 +1 ", text, re.M), text
