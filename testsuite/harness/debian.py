# SPDX-License-Identifier: GPL-2.0-or-later
"""Fetch packages from Debian, by apt but beside the system's apt.

Lists, packages and sources stand in a cache folder of the user's.
"""
import functools
import os
import re

from harness.apt import Apt, FetchError, archives, cache_folder, run


def versions(apt, package):
    apt.get("update")
    text = apt.cache("showsrc", "--only-source", package)
    return re.findall(r"^Version: (\S+)", text, re.M)


def fetch(package, wanted):
    """The folder of an unpacked source package; the first of the @wanted versions that can be had.

    What has been fetched once is used again; dpkg-source compares it with the
    checksums of its .dsc each time.
    """
    folder = cache_folder() / "debian" / package
    folder.mkdir(parents=True, exist_ok=True)
    if not any(dsc(folder, package, version).is_file() for version in wanted):
        apt = Apt(cache_folder() / "apt", [f"deb-src {uri} {release} main"
                                           for uri, release in archives()])
        offered = versions(apt, package)
        errors = []
        for version in wanted:
            if version not in offered:
                errors.append(f"{package}={version}: not among {', '.join(offered)}")
                continue
            try:
                # The newest one of the security archive may be gone from a mirror.
                apt.get("source", "--download-only", f"{package}={version}", cwd=folder)
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
    run("dpkg-source", "--no-check", "-x", found[0], target)
    return target


def fetch_binary(package, releases=()):
    """The newest .deb of a package; that which has been fetched once is used again.

    Of this release, else of the first of the @releases that has it.
    """
    folder = cache_folder() / "debian" / package
    folder.mkdir(parents=True, exist_ok=True)
    if not list(folder.glob("*.deb")):
        apt = Apt(cache_folder() / "apt-binary", [f"deb {uri} {release} main"
                                                  for uri, release in archives()])
        apt.get("update")
        errors = []
        for name in (None, *releases):
            try:
                (release(name) if name else apt).get("download", package, cwd=folder)
                break
            except FetchError as err:
                errors.append(str(err))
        else:
            raise FetchError("\n".join(errors))
    return max(folder.glob("*.deb"), key=os.path.getmtime)


class NotOffered(FetchError):
    """A package that no mirror of that release has."""


@functools.lru_cache(maxsize=None)
def release(name):
    """An Apt of another release than the system's, from the same mirrors."""
    mirrors = sorted({uri for uri, _ in archives() if "security" not in uri})
    apt = Apt(cache_folder() / f"apt-{name}", [f"deb {uri} {name} main" for uri in mirrors],
              "APT::Install-Recommends=false")
    apt.get("update")
    return apt


def fetch_with_depends(apt, packages):
    """The .deb of each of the @packages, and of all that they depend on."""
    offered = set(apt.cache("pkgnames").split())
    missing = [package for package in packages if package not in offered]
    if missing:
        raise NotOffered(f"no {', '.join(missing)}")
    plan = apt.get("--simulate", "install", *packages)
    apt.get("install", "--yes", "--download-only", *packages)
    return [apt.folder / "cache/archives" / f"{name}_{version.replace(':', '%3a')}_{arch}.deb"
            for name, version, arch in re.findall(r"^Inst (\S+) \((\S+) .*\[(\w+)\]\)", plan, re.M)]


def unpack_binary(deb, target):
    """Unpack the files of a .deb below @target."""
    target.mkdir(parents=True, exist_ok=True)
    run("dpkg-deb", "-x", deb, target)
