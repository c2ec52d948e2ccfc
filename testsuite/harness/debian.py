# SPDX-License-Identifier: GPL-2.0-or-later
"""Fetch packages from Debian, by apt but beside the system's apt.

Lists, packages and sources stand in a cache folder of the user's.
"""
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


def fetch_binary(package):
    """The newest .deb of a package; that which has been fetched once is used again."""
    folder = cache_folder() / "debian" / package
    folder.mkdir(parents=True, exist_ok=True)
    if not list(folder.glob("*.deb")):
        apt = Apt(cache_folder() / "apt-binary", [f"deb {uri} {release} main"
                                                  for uri, release in archives()])
        apt.get("update")
        apt.get("download", package, cwd=folder)
    return max(folder.glob("*.deb"), key=os.path.getmtime)


def unpack_binary(deb, target):
    """Unpack the files of a .deb below @target."""
    target.mkdir(parents=True)
    run("dpkg-deb", "-x", deb, target)
