# SPDX-License-Identifier: GPL-2.0-or-later
"""Build small programs with sites, and run the tool on them."""
import json
import os
import pathlib
import resource
import subprocess

import pytest

HERE = pathlib.Path(__file__).parent
TIMEOUT = 60
MEMORY = 1 << 30


def limit_memory():
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))


class Tool:
    """The tool; what it may use of time and memory is bounded."""

    def __init__(self, path):
        self.path = path

    def __call__(self, *args, status=0, **more):
        done = subprocess.run([self.path, *map(str, args)], capture_output=True, text=True,
                              errors="backslashreplace", timeout=TIMEOUT,
                              stdin=subprocess.DEVNULL, preexec_fn=limit_memory,
                              env={**os.environ, "LC_ALL": "C"}, **more)
        assert done.returncode == status, done.stdout + done.stderr
        return done

    def json(self, *args, **more):
        return json.loads(self(*args, "--json", **more).stdout)


@pytest.fixture(scope="session")
def tool(toolchain):
    path = toolchain.build / "staticcall"
    assert path.exists(), f"{path}: not found, run make first"
    return Tool(path)


def run(*command, **more):
    done = subprocess.run([str(word) for word in command], capture_output=True, text=True,
                          timeout=TIMEOUT, **more)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


class Builder:
    """Compile sources in a folder of the test's own."""

    def __init__(self, toolchain, folder):
        self.toolchain = toolchain
        self.folder = folder

    def write(self, name, text):
        path = self.folder / name
        path.write_text(text)
        return path

    def c(self, source, output, *options, link=True, name=None):
        """Compile C with the plugin; options with -shared or -c say what comes out."""
        tc = self.toolchain
        path = self.write(name or pathlib.Path(output).stem + ".c", source)
        out = self.folder / output
        linking = tc.link_flags if link and "-c" not in options else []
        if linking and not any(option.startswith("-static") for option in options):
            linking = [*linking, f"-Wl,-rpath,{tc.libdir}"]
        run(*tc.gcc, "-O2", "-g", *tc.compile_flags, path, "-o", out, *options, *linking,
            cwd=self.folder)
        return out

    def base(self, *changes, options=("-pie",), script=True):
        """Assemble and link base.s with some of its text replaced."""
        text = (HERE / "base.s").read_text()
        for old, new in changes:
            assert old in text, old
            text = text.replace(old, new)
        path = self.write("base.s", text)
        out = self.folder / ("base.o" if "-c" in options else "base")
        run(*self.toolchain.gcc, "-nostdlib", path, "-o", out, *options,
            *([f"-Wl,-T,{self.toolchain.ldscript}"] if script and "-c" not in options else []))
        return out


@pytest.fixture
def builder(toolchain, tmp_path):
    return Builder(toolchain, tmp_path)


@pytest.fixture(scope="session")
def ask(toolchain, tmp_path_factory):
    """decode.c, as a function from lines to lines."""
    tools = toolchain.include.parent.parent / "tools"
    program = tmp_path_factory.mktemp("decode") / "decode"
    subprocess.run([*toolchain.gcc, "-std=gnu11", "-O1", "-Wall", "-Wextra", "-Werror", f"-I{tools}",
                    "-fsanitize=address,undefined", "-fno-sanitize-recover=undefined",
                    HERE / "decode.c", tools / "arch.c", *sorted(tools.glob("arch/*.c")), "-o", program], check=True,
                   timeout=TIMEOUT)

    def ask(lines):
        done = subprocess.run([program], input="".join(f"{line}\n" for line in lines), capture_output=True,
                              text=True, timeout=TIMEOUT)
        assert done.returncode == 0, done.stderr
        answers = done.stdout.splitlines()
        assert len(answers) == len(lines)
        return answers
    return ask
