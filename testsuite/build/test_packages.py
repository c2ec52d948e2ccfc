# SPDX-License-Identifier: GPL-2.0-or-later
"""The one list of packages, and what is said when one is missing."""
import os
import re

import pytest

from harness import architectures

MISSING = "staticcall-no-such-package"


def lines(sh):
    text = (sh.top / "mk/packages.txt").read_text()
    return [line for line in text.splitlines() if line and not line.startswith("#")]


def test_list(sh):
    """Every package has its reason, and none stands twice."""
    packages = [line for line in lines(sh) if not line.startswith("[")]
    for line in packages:
        assert re.fullmatch(r"[a-z0-9+.-]+  # \S.*", line), line
    assert len({line.split()[0] for line in packages}) == len(packages)


def test_sections(sh):
    """Every architecture has its own, kernels four, and no other section asks for packages."""
    found = {name for line in lines(sh) if line.startswith("[") for name in line[1:-1].split()}
    assert found == {"cross", "kernel", "x86", "riscv", "s390", *(one.name for one in architectures.CROSS)}


@pytest.mark.parametrize("args, wanted", [
    ([], ["a"]), (["one"], ["a", "b", "d"]), (["two"], ["a", "c"]), (["two", "three"], "acd")])
def test_only_sections_that_are_named(sh, tmp_path, args, wanted):
    path = tmp_path / "packages.txt"
    path.write_text(f"{MISSING}-a  # why\n[one]\n{MISSING}-b\n[two]\n{MISSING}-c\n\n"
                    f"[three one]\n{MISSING}-d\n")
    sh.run("sh", sh.top / "mk/packages.sh", path, *args, env=fake_apt(tmp_path, 0))
    call, = (tmp_path / "calls").read_text().splitlines()
    assert call.split()[4:] == [f"{MISSING}-{name}" for name in wanted]


def test_all_installed(sh):
    """Here they are, or nothing could be tested."""
    assert sh.run("sh", sh.top / "mk/packages.sh", sh.top / "mk/packages.txt") == ""


@pytest.fixture
def list_with_missing(tmp_path):
    path = tmp_path / "packages.txt"
    path.write_text(f"# comment\n\n{MISSING}  # why\nlibc6  # always there\n")
    for folder in [tmp_path, *tmp_path.parents[:-2]]:
        folder.chmod(folder.stat().st_mode | 0o011)
    return path


def test_without_root(sh, list_with_missing):
    """The one command to type."""
    script = (sh.top / "mk/packages.sh").read_text()
    become = [] if os.getuid() else ["setpriv", "--reuid=nobody", "--regid=nogroup",
                                     "--clear-groups", "--"]
    list_with_missing.chmod(0o644)
    text = sh.fail(*become, "sh", "-c", script, "packages.sh", list_with_missing)
    assert text == ("staticcall: packages are missing; install them, as root, with:\n"
                    f"  apt-get install -y --no-install-recommends {MISSING}\n")


def fake_apt(tmp_path, status):
    """An apt-get that notes how it was called: the system's packages stay as they are."""
    folder = tmp_path / "bin"
    folder.mkdir()
    (folder / "apt-get").write_text(
        f'#!/bin/sh\necho "$DEBIAN_FRONTEND $*" >> {tmp_path}/calls\n'
        f'[ $(wc -l < {tmp_path}/calls) -gt {status} ]\n')
    (folder / "id").write_text("#!/bin/sh\necho 0\n")
    for tool in folder.iterdir():
        tool.chmod(0o755)
    return {"PATH": f"{folder}:{os.environ['PATH']}"}


@pytest.mark.parametrize("failures, calls", [
    (0, ["install"]),
    (1, ["install", "update", "install"]),
])
def test_as_root(sh, list_with_missing, tmp_path, failures, calls):
    """Installed without a question, after an update if the lists are stale."""
    env = fake_apt(tmp_path, failures)
    text = sh.run("sh", sh.top / "mk/packages.sh", list_with_missing, env=env)
    assert f"staticcall: installing {MISSING}\n" in text
    made = (tmp_path / "calls").read_text().splitlines()
    assert [line.split()[1] for line in made] == calls
    assert made[0] == f"noninteractive install -y --no-install-recommends {MISSING}"


def test_not_installable(sh, list_with_missing, tmp_path):
    env = fake_apt(tmp_path, 9)
    text = sh.fail("sh", sh.top / "mk/packages.sh", list_with_missing, env=env)
    assert f"staticcall: could not install: {MISSING}" in text


def test_demo_and_check_ask(sh):
    """Each target that needs packages asks for them before anything else."""
    for target in ("demo", "check", "check-long", "check-projects", "bench"):
        plan = sh.make("-n", target, "COMPILERS=").splitlines()
        assert plan[0].startswith("sh ") and "mk/packages.sh" in plan[0]
    plan = sh.make("-n", "check-arches")
    assert "mk/packages.sh" in plan.partition("mk/check.py")[0]
    plan = sh.make("-n", "check-kernel", "KERNEL_ARCHES=arm64 x86-large")
    # Of the sections that it names first.
    _, names, packages, check = re.split(r"kernel/check\.py|mk/packages\.sh", plan)
    assert " --sections)" in names and " kernel $sections " in packages
    assert all("--arches 'arm64 x86-large'" in words for words in (names, check))
