# SPDX-License-Identifier: GPL-2.0-or-later
"""The compiler under test, and where our plugin, headers and library are.

The environment says; each variable has the same meaning for runtest, see
lib/staticcall.exp:

GCC_UNDER_TEST		the compiler, with options if need be; default gcc
GXX_UNDER_TEST		the same for C++; default that of the same name, with g++ for gcc
STATICCALL_BUILD	where the build products are; default
			build/<triplet>-<major version>, or else build
STATICCALL_PLUGIN	default $STATICCALL_BUILD/staticcall.so
STATICCALL_LIBDIR	default $STATICCALL_BUILD
STATICCALL_INCLUDE	default runtime/include
STATICCALL_LDSCRIPT	default ld-scripts/staticcall.ld
STATICCALL_EMULATOR	a command that runs the compiler's programs here; default that
			of architectures.py, and none for this machine's own
"""
import fnmatch
import functools
import os
import pathlib
import re
import shlex
import shutil
import subprocess
import tempfile

from . import architectures, process
from .tcl import elements

TESTSUITE = pathlib.Path(__file__).resolve().parent.parent
TOP = TESTSUITE.parent
EFFECTIVE_TARGETS = TESTSUITE / "lib" / "effective-target"
TIMEOUT = 60                # seconds for one compilation or execution
PLAIN = ["-fdiagnostics-plain-output"]


class ToolchainError(Exception):
    """The compiler under test cannot be used."""


class SelectorError(Exception):
    """A target selector that makes no sense."""


class Toolchain:
    def __init__(self, environ=os.environ):
        self.gcc = shlex.split(environ.get("GCC_UNDER_TEST", "gcc"))
        if "/" in self.gcc[0]:
            self.gcc[0] = os.path.abspath(self.gcc[0])
        self.gxx = (shlex.split(environ.get("GXX_UNDER_TEST", ""))
                    or [re.sub(r"gcc([^/]*)$", r"g++\1", self.gcc[0]), *self.gcc[1:]])
        machine = self._ask("-dumpmachine")
        self.architecture = architectures.of(machine)
        self.major = self._ask("-dumpversion").split(".")[0]
        # Selectors are written for cpu-vendor-os, as config.guess prints it.
        self.triplet = re.sub(r"^([^-]+)-linux", r"\1-unknown-linux", machine)
        own = TOP / "build" / f"{machine}-{self.major}"
        default = own if own.is_dir() else TOP / "build"
        self.build = self._path(environ, "STATICCALL_BUILD", default)
        self.plugin = self._path(environ, "STATICCALL_PLUGIN", self.build / "staticcall.so")
        self.libdir = self._path(environ, "STATICCALL_LIBDIR", self.build)
        self.include = self._path(environ, "STATICCALL_INCLUDE", TOP / "runtime" / "include")
        self.ldscript = self._path(environ, "STATICCALL_LDSCRIPT",
                                   TOP / "ld-scripts" / "staticcall.ld")
        self.emulator = (shlex.split(environ.get("STATICCALL_EMULATOR", ""))
                         or architectures.emulator(machine, self.libdir))

    @property
    def has_gxx(self):
        """Debian's cross compilers come without one, unless asked for."""
        return shutil.which(self.gxx[0]) is not None

    def compiler_of(self, path):
        return self.gxx if path.suffix == ".C" else self.gcc

    @staticmethod
    def _path(environ, name, default):
        return pathlib.Path(os.path.abspath(environ.get(name) or default))

    def _ask(self, option):
        try:
            answer = subprocess.run([*self.gcc, option], check=True, capture_output=True, text=True,
                                    timeout=TIMEOUT)
        except (OSError, subprocess.SubprocessError) as err:
            raise ToolchainError(f"GCC_UNDER_TEST={shlex.join(self.gcc)}: `{option}` failed: "
                                 f"{err}; name a GCC that runs here") from None
        return answer.stdout.strip()

    def check(self):
        """Is everything there that a test needs?"""
        for path in (self.plugin, self.include, self.ldscript, self.libdir):
            if not path.exists():
                raise ToolchainError(f"{path}: not found; build for this compiler first, `make "
                                     f"CC='{shlex.join(self.gcc)}'`, or set STATICCALL_BUILD")
        if self.emulator and not shutil.which(self.emulator[0]):
            raise ToolchainError(f"{self.emulator[0]}: not found, which is to run the programs of "
                                 f"`{shlex.join(self.gcc)}'; install it (Debian: qemu-user), or "
                                 "set STATICCALL_EMULATOR")

    @property
    def compile_flags(self):
        return [f"-fplugin={self.plugin}", f"-I{self.include}"]

    @property
    def link_flags(self):
        # No -rpath: glibc's static-pie programs crash with one.
        return [f"-Wl,-T,{self.ldscript}", f"-L{self.libdir}", "-lstaticcall"]

    @functools.lru_cache(maxsize=None)
    def supports(self, keyword):
        """Is this an effective target?  None where no such keyword is known.

        What a keyword means stands in lib/effective-target/<keyword>.c alone:
        it must compile, link or run without a message.
        """
        source = EFFECTIVE_TARGETS / f"{keyword}.c"
        if not source.is_file():
            return None
        text = source.read_text()
        action = re.search(r"{ dg-do (\w+) }", text).group(1)
        options = re.search(r'{ dg-options "(.*)" }', text)
        mode = {"compile": ["-S"], "assemble": ["-c"], "link": [], "run": []}[action]
        with tempfile.TemporaryDirectory(prefix="staticcall-target-") as cwd:
            flags = options.group(1).split() if options else []
            built = process.run([*self.gcc, str(source), *PLAIN, *flags, *mode, "-o", "out"],
                                cwd, TIMEOUT)
            if built.status or built.output:
                return False
            return action != "run" or self.execute("./out", cwd, TIMEOUT).status == 0

    def execute(self, program, cwd, timeout):
        """Run a program that was linked with our library."""
        return process.run(["env", f"LD_LIBRARY_PATH={self.libdir}", *self.emulator, str(program)],
                           cwd, timeout)

    def selects(self, terms):
        """Is a target selector, split into its terms, true?"""
        if not terms:
            raise SelectorError("empty target selector")
        if len(terms) == 1:
            inner = elements(terms[0])
            return self._word(inner[0]) if len(inner) == 1 else self.selects(inner)
        if terms[0] == "!":
            if len(terms) != 2:
                raise SelectorError("`!' takes one operand in a target selector; use braces")
            return not self.selects(terms[1:])
        if terms[1] in ("&&", "||"):
            if len(terms) % 2 == 0 or any(op != terms[1] for op in terms[1::2]):
                raise SelectorError(f"mixed operators in target selector {' '.join(terms)!r}; "
                                    "use braces")
            found = [self.selects([operand]) for operand in terms[::2]]
            return all(found) if terms[1] == "&&" else any(found)
        return any([self.selects([term]) for term in terms])

    def _word(self, word):
        if word == "native":
            return True
        if word.count("-") >= 2 and "*" in word:
            return glob(word, self.triplet)
        found = self.supports(word)
        if found is None:
            raise SelectorError(f"unknown effective target {word!r}: "
                                "no such file in lib/effective-target")
        return found


def glob(pattern, text):
    """Tcl's `string match`, without its backslashes."""
    return fnmatch.fnmatchcase(text, pattern)
