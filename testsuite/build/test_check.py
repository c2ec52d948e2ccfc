# SPDX-License-Identifier: GPL-2.0-or-later
"""`make check` and .ci/run: one line at the end sums up, and the status agrees with it."""
import os
import re
import shutil
import sys

import pytest


@pytest.fixture
def checkout(sh, tmp_path):
    """A checkout with nothing but the scripts and the tests that a test writes."""
    for name in ("testsuite/run", "testsuite/staticcall.dg"):
        (tmp_path / name).mkdir(parents=True)
    for name in ("mk/check.py", ".ci/run", "testsuite/harness/architectures.py"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(sh.top / name, tmp_path / name)
    (tmp_path / "testsuite/pytest.ini").write_text("[pytest]\n")
    return tmp_path


def check(checkout, *args, run):
    text = run(sys.executable, checkout / "mk/check.py", "--build", checkout / "build", *args)
    return text.splitlines()[-1].rpartition(" in ")[0]


def test_sums_up(sh, checkout):
    """All tests for the first compiler, the compiler's own for the others."""
    (checkout / "testsuite/test_once.py").write_text("def test(): pass\n")
    (checkout / "testsuite/run/test_each.py").write_text(
        "import os\n"
        "def test(): assert os.environ['GCC_UNDER_TEST'] in ('gcc', 'gcc-11')\n"
        "def test_build(): assert os.environ['STATICCALL_BUILD'].endswith(\n"
        "    {'gcc': '-" + sh.ask("gcc", "-dumpversion") + "', 'gcc-11': '-11'}\n"
        "    [os.environ['GCC_UNDER_TEST']])\n")
    assert check(checkout, "gcc", "gcc-11", run=sh.run) == "5 passed, 0 failed"


def test_one_failure_is_enough(sh, checkout):
    (checkout / "testsuite/run/test_some.py").write_text(
        "import os, pytest\n"
        "def test_passes(): pass\n"
        "def test_fails(): assert os.environ['GCC_UNDER_TEST'] == 'gcc'\n"
        "def test_skips(): pytest.skip('why')\n")
    assert check(checkout, "gcc", "gcc-11", run=sh.fail) == "3 passed, 1 failed, 2 skipped"


@pytest.mark.parametrize("text", ["", "import no_such_module\n", "import os; os._exit(0)\n"])
def test_nothing_ran(sh, checkout, text):
    """No test, a test that cannot be read, a pytest that dies: none of it is a success."""
    (checkout / "testsuite/test_odd.py").write_text(text)
    assert check(checkout, "gcc", run=sh.fail) == "0 passed, 1 failed"


def arches(sh, checkout, makefile, *, run):
    """check.py for two architectures whose compilers are this machine's by another name."""
    tools = checkout / "bin"
    tools.mkdir()
    for name in ("aarch64", "riscv64"):
        (tools / f"{name}-linux-gnu-gcc").symlink_to(shutil.which("gcc"))
    (checkout / "Makefile").write_text(makefile)
    (checkout / "testsuite/conftest.py").write_text(
        "def pytest_addoption(parser): parser.addoption('--option-sets')\n")
    (checkout / "testsuite/harness/test_compare.py").write_text("def test_every_dg_test(): pass\n")
    (checkout / "testsuite/run/test_some.py").write_text(
        "import os, pytest\n"
        "def test_passes(): pass\n"
        "def test_emulated(): assert int(os.environ['STATICCALL_TORTURE_BATCHES']) < 2000\n"
        "def test_fails(): assert os.environ['GCC_UNDER_TEST'] == 'aarch64-linux-gnu-gcc'\n"
        "def test_skips(): pytest.skip('why')\n")
    for folder in ("arch", "tool"):
        (checkout / "testsuite" / folder).mkdir(exist_ok=True)
        (checkout / "testsuite" / folder / f"test_{folder}.py").write_text(
            "import os\n"
            "def test_host(): assert os.environ['GCC_UNDER_TEST'] == 'gcc'\n")
    text = run(sys.executable, checkout / "mk/check.py", "--build", checkout / "build", "--arches",
               "arm64", "riscv64", "--", "CFLAGS=-O0 -g",
               env={"PATH": f"{tools}:{os.environ['PATH']}"})
    *_, arm64, riscv64, host, last = text.splitlines()
    return [line.split()[:-1] for line in (arm64, riscv64, host)] + [last.rpartition(" in ")[0]]


def test_architectures(sh, checkout):
    """Each is built by make, with the variables given; a table, and the sum."""
    assert arches(sh, checkout, "all:\n\t[ '$(CFLAGS)' = '-O0 -g' ] && "
                  "[ '$(BUILD)' = '" + str(checkout / "build") + "' ]\n", run=sh.fail) == [
        ["arm64", "4", "0", "1"], ["riscv64", "2", "1", "1"], ["build", "host", "2", "0", "0"],
        "8 passed, 1 failed, 2 skipped"]


def test_an_architecture_that_cannot_be_built(sh, checkout):
    """It is a failure, and keeps the next one from nothing."""
    assert arches(sh, checkout, "all:\n\t[ $(CC) = aarch64-linux-gnu-gcc ]\n",
                  run=sh.fail) == [
        ["arm64", "4", "0", "1"], ["riscv64", "0", "1", "0"], ["build", "host", "0", "1", "0"],
        "4 passed, 2 failed, 1 skipped"]


def ci(checkout, makefile, *, run):
    (checkout / "Makefile").write_text(makefile.replace("    ", "\t"))
    return run(checkout / ".ci/run").splitlines()


def test_ci(sh, checkout):
    lines = ci(checkout, "check:\n    @echo 10 passed, 0 failed, 1 skipped in 3s\n"
               "check-projects:\n    @echo 2 passed, 0 failed in 1s\n"
               "check-arches:\n    @echo 5 passed, 0 failed in 2s\n"
               "check-long:\n    @echo 3 passed, 0 failed in 9s\n"
               "check-kernel:\n    @echo 4 passed, 0 failed in 8s\n"
               "check-torture check-gcc-matrix:\n    @echo 0 passed, 0 failed in 1s\n", run=sh.run)
    assert lines[-1] == "28 passed, 0 failed, 1 skipped"
    for step in ("check", "check-arches", "check-projects", "check-long", "check-kernel-7.3",
                 "check-kernel-6.1", "check-torture"):
        target = re.sub(r"-\d.*", "", step)
        assert any(line.startswith(f"==== {step}: make {target}") for line in lines)


def test_ci_failure(sh, checkout):
    """A failed test and a step that breaks before it has counted; the others run all the same."""
    lines = ci(checkout, "check:\n    @echo 10 passed, 2 failed in 3s; exit 1\n"
               "check-projects:\n    @exit 3\n"
               "check-arches:\n    @echo 5 passed, 0 failed in 2s\n"
               "check-long:\n    @echo 3 passed, 0 failed in 9s\n"
               "check-kernel:\n    @echo 4 passed, 0 failed in 8s\n"
               "check-torture check-gcc-matrix:\n    @echo 0 passed, 0 failed in 1s\n", run=sh.fail)
    assert lines[-1] == "26 passed, 3 failed, 0 skipped"


def test_ci_time(sh, checkout):
    """What may not fit into the hour is left out, and the line before the last says so."""
    script = checkout / ".ci/run"
    script.write_text(script.read_text().replace("limit=3600", "limit=450"))
    lines = ci(checkout, "check:\n    @echo 1 passed, 0 failed in 3s\n"
               "check-projects:\n    @echo 1 passed, 0 failed in 1s\n"
               "check-long:\n    @exit 1\n", run=sh.run)
    assert lines[-1] == "2 passed, 0 failed, 0 skipped"
    assert "check-long left out" in lines[-2]


def test_ci_on_a_slow_machine(sh, checkout):
    """What the first step takes tells what the others may take."""
    script = checkout / ".ci/run"
    script.write_text(script.read_text().replace("usual=700", "usual=1"))
    lines = ci(checkout, "check:\n    @sleep 10; echo 1 passed, 0 failed in 3s\n"
               "check-projects check-long:\n    @exit 1\n", run=sh.run)
    assert lines[-1] == "1 passed, 0 failed, 0 skipped"
    assert "check-projects left out" in lines[-2] and "check-torture left out" in lines[-2]
