# SPDX-License-Identifier: GPL-2.0-or-later
"""Commands in a root folder: what they see, and that nothing of it stays."""
import pathlib
import subprocess

import pytest

from harness import root


@pytest.fixture
def folder(tmp_path):
    """A root in which there is this machine's /usr."""
    try:
        root.check()
    except root.RootError as err:
        pytest.skip(str(err))
    folder = tmp_path / "root"
    for link, target in root.LINKS.items():
        if "/" not in link:
            (folder / target).mkdir(parents=True)
            (folder / link).symlink_to(target)
    (folder / "tmp").mkdir()
    return folder


def run(folder, cwd, *command, status=0):
    done = subprocess.run([*root.inside(folder, cwd, "/usr", cwd), *command], timeout=60,
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    assert done.returncode == status, done.stdout
    return done.stdout


def test_sees_what_is_given(folder, tmp_path):
    """Files of ours under their own names, devices and processes, and nothing else."""
    (tmp_path / "given").mkdir()
    (tmp_path / "given" / "file").write_text("text\n")
    assert run(folder, tmp_path / "given", "sh", "-c",
               "pwd; cat file; echo > /dev/null && test -d /proc/self && ls /; echo made > new"
               ).split() == [str(tmp_path / "given"), "text",
                             *sorted("bin dev lib lib64 proc sbin tmp usr".split())]
    assert (tmp_path / "given" / "new").read_text() == "made\n"


def test_leaves_no_mount(folder, tmp_path):
    """Not even when it fails; its /tmp is gone with it."""
    cwd = tmp_path / "given"
    cwd.mkdir()
    mounts = pathlib.Path("/proc/self/mounts").read_text()
    run(folder, cwd, "sh", "-c", "echo > /tmp/file; exit 3", status=3)
    assert pathlib.Path("/proc/self/mounts").read_text() == mounts
    assert not list((folder / "usr").rglob("*bin/*"))
    assert not list((folder / "tmp").iterdir())
