# SPDX-License-Identifier: GPL-2.0-or-later
"""Commands and an installation for the tests of the build."""
import os
import pathlib
import shutil
import subprocess

import pytest

TOP = pathlib.Path(__file__).resolve().parents[2]
TIMEOUT = 300

# An outer make's flags and our harness's choices are not those under test.
CLEAN = {key: value for key, value in os.environ.items()
         if key not in ("MAKEFLAGS", "MFLAGS", "MAKELEVEL", "CC", "CXX", "CFLAGS", "LDFLAGS",
                        "PREFIX", "DESTDIR", "BUILD", "V", "CROSS_COMPILE", "PKG_CONFIG_PATH")}


class Commands:
    """Run commands; `run` demands success, `fail` demands failure."""

    def __init__(self, build):
        self.top = TOP
        self.build = build

    @staticmethod
    def _run(*command, cwd=None, env=None):
        return subprocess.run([str(word) for word in command], cwd=cwd, stdin=subprocess.DEVNULL,
                              env={**CLEAN, "LC_ALL": "C", **(env or {})}, timeout=TIMEOUT,
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)

    def run(self, *command, **where):
        done = self._run(*command, **where)
        assert done.returncode == 0, f"{' '.join(map(str, command))}\n{done.stdout}"
        return done.stdout

    def fail(self, *command, **where):
        done = self._run(*command, **where)
        assert done.returncode != 0, f"{' '.join(map(str, command))} succeeded\n{done.stdout}"
        return done.stdout

    def make(self, *words, run=None, **where):
        """Make, into the build folder of the products under test unless BUILD= says otherwise."""
        if not any(str(word).startswith("BUILD=") for word in words):
            words = (f"BUILD={self.build}", *words)
        return (run or self.run)("make", "-f", TOP / "Makefile", *words,
                                 **{"cwd": TOP, **where})

    def ask(self, compiler, option):
        return self.run(compiler, option).strip()

    def folder(self, compiler):
        return f"{self.ask(compiler, '-dumpmachine')}-{self.ask(compiler, '-dumpversion')}"


@pytest.fixture(scope="session")
def sh(toolchain):
    """Commands on the products under test."""
    toolchain.check()
    # Those of the default compiler are linked to from the folder of all builds.
    found = toolchain.build
    return Commands(found if (found / "staticcall.so").is_symlink() else found.parent)


@pytest.fixture(scope="session")
def prefix(sh, tmp_path_factory):
    """An installation for every compiler that has been built for."""
    prefix = tmp_path_factory.mktemp("installed") / "prefix"
    sh.make("install", f"PREFIX={prefix}")
    yield prefix
    shutil.rmtree(prefix)


@pytest.fixture(scope="session")
def pkg_config(sh, prefix):
    """pkg_config(OPTION...): the flags of the installation."""
    def ask(*options, package="staticcall"):
        return sh.run("pkg-config", *options, package,
                      env={"PKG_CONFIG_PATH": str(prefix / "lib/pkgconfig")}).split()
    return ask


class Form:
    """One way in which a user gives the flags."""

    def __init__(self, name, compiler, cflags, libs):
        self.name, self.compiler, self.cflags, self.libs = name, compiler, cflags, libs


@pytest.fixture(params=["pkg-config", "specs"])
def form(request, prefix, pkg_config, toolchain):
    compiler = toolchain.gcc
    if request.param == "pkg-config":
        # A private folder is not the loader's business; with -specs ours tells it.
        libs = pkg_config("--libs") + [f"-Wl,-rpath,{prefix}/lib"]
        return Form("pkg-config", compiler, pkg_config("--cflags"), libs)
    specs = [f"-specs={prefix}/lib/staticcall/staticcall.specs"]
    return Form("specs", compiler, specs, specs)
