# SPDX-License-Identifier: GPL-2.0-or-later
"""pytest and DejaGnu's runtest give the same results for the same files."""
import os
import shutil
import signal
import subprocess
import sys
import xml.etree.ElementTree

import pytest

from harness.toolchain import TESTSUITE, TOP

LIMIT = 900                 # seconds for one whole run
STATUSES = ("PASS", "FAIL", "XPASS", "XFAIL", "KPASS", "KFAIL", "UNTESTED", "UNRESOLVED",
            "UNSUPPORTED")


def environment(**more):
    outer = ("PYTEST_", "STATICCALL_OPTION_SETS", "DEJAGNU")
    inner = {name: value for name, value in os.environ.items() if not name.startswith(outer)}
    return {**inner, **more}


def results(path):
    """The results in a .sum file; DejaGnu also writes remarks there."""
    lines = path.read_text("utf-8", "surrogateescape").splitlines()
    return sorted(line for line in lines if line.partition(":")[0] in STATUSES)


def start(command, cwd, env, log):
    return subprocess.Popen(command, cwd=cwd, env=env, stdin=subprocess.DEVNULL, text=True,
                            stdout=log.open("w"), stderr=subprocess.STDOUT,
                            start_new_session=True)


def both(tmp_path, files, pytest_args=(), runtest_args=(), **more):
    """Run both at once; each one's results and exit status, and pytest's outcomes."""
    if not shutil.which("runtest"):
        pytest.fail("DejaGnu's runtest is not installed; on Debian: apt-get install dejagnu")
    env = environment(**more)
    commands = {
        "pytest": [sys.executable, "-m", "pytest", "-q", "-p", "no:xdist", "-p", "no:cacheprovider",
                   f"--dg-sum={tmp_path}/pytest.sum", f"--junitxml={tmp_path}/pytest.xml",
                   *pytest_args, *files],
        "runtest": ["runtest", "--tool", "staticcall", "--srcdir", str(TESTSUITE),
                    "--objdir", str(tmp_path), "--outdir", str(tmp_path), *runtest_args],
    }
    running = {name: start(command, TESTSUITE if name == "pytest" else tmp_path, env,
                           tmp_path / f"{name}.out") for name, command in commands.items()}
    try:
        status = {name: process.wait(LIMIT) for name, process in running.items()}
    finally:
        for process in running.values():
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()
    for name, path in (("pytest", "pytest.sum"), ("runtest", "staticcall.sum")):
        if not (tmp_path / path).exists() or not results(tmp_path / path):
            pytest.fail(f"{name} gave no results:\n" + (tmp_path / f"{name}.out").read_text())
    return (results(tmp_path / "pytest.sum"), results(tmp_path / "staticcall.sum"), status,
            outcomes(tmp_path / "pytest.xml"))


def outcomes(path):
    """What pytest itself says of each item: passed, failed, xfailed or skipped."""
    found = {}
    for case in xml.etree.ElementTree.parse(path).iter("testcase"):
        outcome = "passed"
        for child in case:
            if child.tag in ("failure", "error"):
                outcome = "failed"
            elif child.tag == "skipped":
                outcome = "xfailed" if child.get("type") == "pytest.xfail" else "skipped"
        found[case.get("name")] = outcome
    return found


def test_every_dg_test(tmp_path):
    """The whole folder, as it is."""
    ours, theirs, _, _ = both(tmp_path, ["staticcall.dg"], runtest_args=["dg.exp"])
    assert ours and ours == theirs
    # Results are compared between runs by their names.
    names = [line.partition(": ")[2] for line in ours]
    assert {name for name in names if names.count(name) > 1} == set()


def test_failures_are_reported(tmp_path):
    """Tests that fail in each possible way, with the results they must have."""
    folder = TESTSUITE / "harness" / "selftest"
    ours, theirs, status, said = both(tmp_path, [str(folder)], ["--dg-selftest"],
                                      ["harness/selftest/selftest.exp"])
    expected = results(folder / "expected.sum")
    assert theirs == expected
    assert ours == expected
    assert status == {"pytest": 1, "runtest": 1}

    outcome = {"PASS": "passed", "FAIL": "failed", "XPASS": "failed", "UNRESOLVED": "failed",
               "XFAIL": "xfailed", "UNSUPPORTED": "skipped"}
    wanted = {}
    for line in expected:
        result, _, name = line.partition(": ")
        if not name.endswith("compilation failed to produce executable"):
            # Two results of one name are one item: the worse one's.
            wanted[name] = max(wanted.get(name, ""), outcome[result], key=OUTCOMES.index)
    assert {name: said[name] for name in wanted} == wanted
    # What could not be reached counts as failed, too.
    assert {said[name] for name in said.keys() - wanted.keys()} == {"failed"}


OUTCOMES = ["", "passed", "skipped", "xfailed", "failed"]


@pytest.mark.parametrize("how", ["environment", "site.exp"])
def test_option_sets(tmp_path, how, toolchain):
    """Settings reach runtest from the environment and from site.exp."""
    test = "staticcall.dg/harness-run.c"
    sets = " -O0 -g; -O2 "
    more = {}
    if how == "environment":
        more["STATICCALL_OPTION_SETS"] = sets
    else:
        more["STATICCALL_BUILD"] = "/nonexistent"
        more["STATICCALL_PLUGIN"] = str(toolchain.plugin)
        more["STATICCALL_LIBDIR"] = str(toolchain.libdir)
        (tmp_path / "site.exp").write_text(
            f'set STATICCALL_OPTION_SETS "{sets}"\n'
            f'set STATICCALL_LDSCRIPT "{TOP}/ld-scripts/staticcall.ld"\n')
    ours, theirs, _, _ = both(tmp_path, [test], [f"--option-sets={sets}"] * (how == "site.exp"),
                              ["dg.exp=harness-run.c"], **more)
    assert ours == theirs
    assert ours == [f"PASS: {test}   {options}  {what}" for options in ("-O0 -g", "-O2") for what in
                    ("(test for excess errors)", "execution test", "output pattern test")]


def test_emulator(tmp_path):
    """Programs run behind STATICCALL_EMULATOR, an effective target's as well."""
    script = tmp_path / "emulator"
    script.write_text(f'#!/bin/sh\necho "$1 ${{2##*/}}" >> {tmp_path}/calls\nshift\nexec "$@"\n')
    script.chmod(0o755)
    tests = ["staticcall.dg/harness-run.c", "staticcall.dg/link/static-pie.c"]
    ours, theirs, _, _ = both(tmp_path, tests, (), ["dg.exp=harness-run.c static-pie.c"],
                              STATICCALL_EMULATOR=f"{script} --option")
    assert ours and ours == theirs
    calls = (tmp_path / "calls").read_text().splitlines()
    assert sorted(calls) == sorted(
        2 * [f"--option {name}" for name in ("harness-run.exe", "out", "static-pie.exe")])
