# SPDX-License-Identifier: GPL-2.0-or-later
"""Fetch source packages from Debian, by apt but beside the system's apt.

Lists, packages and sources stand in a cache folder of the user's; the system's
configuration says which mirror, and is not changed.
"""
import os
import pathlib
import re
import subprocess

TIMEOUT = 240


class FetchError(Exception):
    """A source package that cannot be had."""


def cache_folder():
    """Outside the checkout: nothing of other projects belongs into it."""
    base = os.environ.get("XDG_CACHE_HOME") or pathlib.Path.home() / ".cache"
    folder = pathlib.Path(base) / "staticcall"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def _run(*command, **where):
    done = subprocess.run([str(word) for word in command], stdin=subprocess.DEVNULL, text=True,
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=TIMEOUT,
                          env={**os.environ, "LC_ALL": "C"}, **where)
    if done.returncode:
        raise FetchError(f"{' '.join(map(str, command))}\n{done.stdout}")
    return done.stdout


def _source_lines():
    """deb-src lines for the archives of this Debian release that the system uses."""
    codename = re.search(r"^VERSION_CODENAME=(\w+)", pathlib.Path("/etc/os-release").read_text(), re.M)
    if not codename:
        raise FetchError("/etc/os-release names no VERSION_CODENAME: not a Debian release")
    targets = _run("apt-get", "indextargets", "--format", "$(REPO_URI) $(RELEASE) $(COMPONENT)",
                   "Created-By: Packages")
    found = {tuple(line.split()[:2]) for line in targets.splitlines()
             if re.fullmatch(rf"\S+/debian(-security)?/? {codename.group(1)}\S* main", line)}
    found.add(("http://deb.debian.org/debian", codename.group(1)))
    return "".join(f"deb-src {uri} {release} main\n" for uri, release in sorted(found))


class Apt:
    def __init__(self, folder):
        self.folder = folder
        for name in ("state/lists/partial", "cache/archives/partial"):
            (folder / name).mkdir(parents=True, exist_ok=True)
        (folder / "sources.list").write_text(_source_lines())
        self.options = [
            "-o", f"Dir::State={folder}/state",
            "-o", f"Dir::State::status={folder}/state/status",
            "-o", f"Dir::Cache={folder}/cache",
            "-o", f"Dir::Etc::sourcelist={folder}/sources.list",
            "-o", "Dir::Etc::sourceparts=-",
            # Everything here is ours, and a mirror may keep an older state.
            "-o", f"APT::Sandbox::User={'root' if os.getuid() == 0 else ''}",
            "-o", "Acquire::Check-Valid-Until=false",
            "-o", "Acquire::Languages=none",
            "-o", "Acquire::Retries=2",
        ]
        (folder / "state/status").touch()

    def versions(self, package):
        _run("apt-get", *self.options, "update")
        text = _run("apt-cache", *self.options, "showsrc", "--only-source", package)
        return re.findall(r"^Version: (\S+)", text, re.M)

    def download(self, package, version, target):
        _run("apt-get", *self.options, "source", "--download-only", f"{package}={version}", cwd=target)


def fetch(package, wanted):
    """The folder of an unpacked source package; the first of the @wanted versions that can be had.

    What has been fetched once is used again; dpkg-source compares it with the
    checksums of its .dsc each time.
    """
    folder = cache_folder() / "debian" / package
    folder.mkdir(parents=True, exist_ok=True)
    if not any(dsc(folder, package, version).is_file() for version in wanted):
        apt = Apt(cache_folder() / "apt")
        offered = apt.versions(package)
        errors = []
        for version in wanted:
            if version not in offered:
                errors.append(f"{package}={version}: not among {', '.join(offered)}")
                continue
            try:
                # The newest one of the security archive may be gone from a mirror.
                apt.download(package, version, folder)
                break
            except FetchError as err:
                errors.append(str(err))
        else:
            raise FetchError("\n".join(errors))
    return folder


def dsc(folder, package, version):
    return folder / f"{package}_{version.rpartition(':')[2]}.dsc"


def unpack(package, wanted, target):
    """Unpack a source package, Debian's patches applied, as @target."""
    folder = fetch(package, wanted)
    found = [path for path in (dsc(folder, package, version) for version in wanted)
             if path.is_file()]
    _run("dpkg-source", "--no-check", "-x", found[0], target)
    return target
