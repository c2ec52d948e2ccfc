# SPDX-License-Identifier: GPL-2.0-or-later
"""Run staticcall.dg/ under pytest: one item for each result that DejaGnu gives.

What a test file means stands in harness/; here it becomes pytest's.
"""
import os
import pathlib
import re

import pytest

from harness import dgtest, directives
from harness.toolchain import TESTSUITE, Toolchain, ToolchainError

DG_FOLDER = TESTSUITE / "staticcall.dg"
SELFTEST_FOLDER = TESTSUITE / "harness" / "selftest"


@pytest.fixture(scope="session")
def toolchain():
    """The compiler under test and the paths of our products."""
    return Toolchain()


def pytest_addoption(parser):
    group = parser.getgroup("staticcall")
    group.addoption("--option-sets", metavar="SETS",
                    default=os.environ.get("STATICCALL_OPTION_SETS"),
                    help="run every dg test once for each of these sets of options, separated by "
                         "semicolons, as '-O0;-O2 -fPIC'; also STATICCALL_OPTION_SETS")
    group.addoption("--dg-sum", metavar="FILE",
                    help="write the results of the dg tests to FILE as DejaGnu writes its .sum")
    group.addoption("--dg-selftest", action="store_true",
                    help="collect harness/selftest too, whose tests fail on purpose")


def pytest_collect_file(file_path, parent):
    folders = [DG_FOLDER]
    if parent.config.getoption("--dg-selftest"):
        folders.append(SELFTEST_FOLDER)
    if directives.is_test(file_path) and any(folder in file_path.parents for folder in folders):
        return DgFile.from_parent(parent, path=file_path)
    return None


def option_sets(config, path):
    """The sets of options that a test runs with, as they stand in its name."""
    chosen = config.getoption("--option-sets")
    if chosen:
        return [f"  {options.strip()} " for options in chosen.split(";") if options.strip()]
    if "torture" in path.parent.parts[len(TESTSUITE.parts):]:
        return [f"  {options} " for options in directives.OPTION_SETS]
    return [""]


class DgFile(pytest.File):
    _toolchain = None

    def collect(self):
        if not DgFile._toolchain:
            try:
                found = Toolchain()
                found.check()
                DgFile._toolchain = found
            except ToolchainError as err:
                raise self.CollectError(str(err)) from None
        name = str(self.path.relative_to(TESTSUITE))
        for flags in option_sets(self.config, self.path):
            shared = Shared(directives.Test(self.path, name, flags, DgFile._toolchain))
            for number, result in enumerate(shared.names):
                yield DgItem.from_parent(self, name=result, shared=shared, first=number == 0)


class Shared:
    """What the items of one test with one set of options share: one run."""

    def __init__(self, test):
        self.test = test
        self.names = dgtest.planned(test)
        self._run = None

    @property
    def run(self):
        if not self._run:
            self._run = dgtest.Run(self.test)
        return self._run

    def results(self, name, first):
        """The results that an item reports: its own, the first also those nobody expected."""
        return [result for result in self.run.results
                if result.name == name or (first and result.name not in self.names)]


class DgItem(pytest.Item):
    def __init__(self, *, shared, first, **kwargs):
        super().__init__(**kwargs)
        self.shared = shared
        self.first = first

    def runtest(self):
        results = self.shared.results(self.name, self.first)
        self.user_properties += [("dg", str(result)) for result in results]
        bad = [result for result in results
               if result.status in ("FAIL", "XPASS", "UNRESOLVED")]
        if bad or not results:
            raise DgFailure(bad)
        for result in results:
            if result.status == "UNSUPPORTED":
                pytest.skip(str(result))
            if result.status == "XFAIL":
                pytest.xfail(str(result))

    def repr_failure(self, excinfo, style=None):
        if not excinfo.errisinstance(DgFailure):
            return super().repr_failure(excinfo, style)
        what = [str(result) for result in excinfo.value.results] or [f"not reached: {self.name}"]
        return "\n".join(what + [""] + self.shared.run.log)

    def reportinfo(self):
        # The blank keeps pytest from showing the name's dots as "::".
        return self.path, None, self.name + " "


class DgFailure(Exception):
    def __init__(self, results):
        super().__init__(*results)
        self.results = results


def pytest_runtest_logreport(report):
    if report.when == "call":
        _summary.extend(value for key, value in report.user_properties if key == "dg")


_summary = []


def pytest_sessionfinish(session):
    target = session.config.getoption("--dg-sum")
    if target and not hasattr(session.config, "workerinput"):
        pathlib.Path(target).write_text("".join(f"{line}\n" for line in _summary))


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config, log):
    """With -n alone, keep the results of one test in one worker: they share its run."""
    if config.getoption("dist") != "load":
        return None
    from xdist.scheduler import LoadScopeScheduling

    class ByTest(LoadScopeScheduling):
        def _split_scope(self, nodeid):
            path, _, name = nodeid.partition("::")
            if path.endswith((".c", ".C")):
                options = re.match(r"\S+   (.*?)  ", name)
                return path + (options.group(1) if options else "")
            # One guest for all that runs in it.
            return path if path.endswith("test_guest.py") else nodeid

    return ByTest(config, log)
