# SPDX-License-Identifier: GPL-2.0-or-later
"""apt beside the system's apt: with lists, packages and settings of its own.

The system's configuration says which mirrors, and is not changed.
"""
import os
import pathlib
import re
import subprocess

TIMEOUT = 240


class FetchError(Exception):
    """A package that cannot be had."""


def cache_folder():
    """Outside the checkout: nothing of other projects belongs into it."""
    base = os.environ.get("XDG_CACHE_HOME") or pathlib.Path.home() / ".cache"
    folder = pathlib.Path(base) / "staticcall"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def run(*command, **where):
    try:
        done = subprocess.run([str(word) for word in command], stdin=subprocess.DEVNULL, text=True,
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=TIMEOUT,
                              env={**os.environ, "LC_ALL": "C"}, **where)
    except (OSError, subprocess.TimeoutExpired) as err:
        raise FetchError(str(err)) from None
    if done.returncode:
        raise FetchError(f"{' '.join(map(str, command))}\n{done.stdout}")
    return done.stdout


def archives():
    """(address, release) of each archive of this Debian release that the system uses."""
    system = pathlib.Path("/etc/os-release").read_text()
    codename = re.search(r"^VERSION_CODENAME=(\w+)", system, re.M)
    if not codename:
        raise FetchError("/etc/os-release names no VERSION_CODENAME: not a Debian release")
    targets = run("apt-get", "indextargets", "--format", "$(REPO_URI) $(RELEASE) $(COMPONENT)",
                  "Created-By: Packages")
    found = {tuple(line.split()[:2]) for line in targets.splitlines()
             if re.fullmatch(rf"\S+/debian(-security)?/? {codename.group(1)}\S* main", line)}
    found.add(("http://deb.debian.org/debian", codename.group(1)))
    return sorted(found)


class Apt:
    def __init__(self, folder, sources, *options):
        """Its files are in @folder; @sources are lines of a sources.list."""
        self.folder = folder
        for name in ("state/lists/partial", "cache/archives/partial"):
            (folder / name).mkdir(parents=True, exist_ok=True)
        (folder / "sources.list").write_text("".join(f"{line}\n" for line in sources))
        settings = [
            f"Dir::State={folder}/state",
            f"Dir::State::status={folder}/state/status",
            f"Dir::Cache={folder}/cache",
            f"Dir::Etc::sourcelist={folder}/sources.list",
            "Dir::Etc::sourceparts=-",
            # Everything here is ours, and a mirror may keep an older state.
            f"APT::Sandbox::User={'root' if os.getuid() == 0 else ''}",
            "Acquire::Check-Valid-Until=false",
            "Acquire::Languages=none",
            "Acquire::Retries=2",
            *options,
        ]
        self.options = [word for setting in settings for word in ("-o", setting)]
        (folder / "state/status").touch()

    def get(self, *words, **where):
        return run("apt-get", *self.options, *words, **where)

    def cache(self, *words):
        return run("apt-cache", *self.options, *words)
