# SPDX-License-Identifier: GPL-2.0-or-later
"""Fetch Debian's kernel for an emulated machine.

It is downloaded, not installed; what has been fetched once stays in the user's
cache folder and is used again.
"""
import pathlib
import re
import subprocess
import tempfile

from harness.apt import Apt, FetchError, archives, cache_folder

TIMEOUT = 120


def sources(machine):
    """The machine's release, from the mirrors that have this system's."""
    mirrors = sorted({uri for uri, release in archives() if re.fullmatch(r"\w+", release)})
    return [f"deb [arch={machine.debian}] {uri} {machine.release} main" for uri in mirrors]


def unpack(package, folder):
    """The kernel in a Debian package."""
    with subprocess.Popen(["dpkg-deb", "--fsys-tarfile", package], stdout=subprocess.PIPE) as deb:
        done = subprocess.run(["tar", "-x", "-C", folder, "--wildcards", "./boot/vmlinu*"],
                              stdin=deb.stdout, capture_output=True, text=True, timeout=TIMEOUT)
        deb.stdout.close()
        deb.wait(TIMEOUT)
    found = list(pathlib.Path(folder).glob("boot/vmlinu*"))
    if done.returncode or len(found) != 1:
        raise FetchError(f"{package}: no kernel in it\n{done.stderr}")
    return found[0]


def fetch(machine):
    """The path of the machine's kernel."""
    kernel = cache_folder() / "kernels" / f"{machine.release}-{machine.debian}"
    if kernel.is_file():
        return kernel
    kernel.parent.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(dir=kernel.parent) as name:
        folder = pathlib.Path(name)
        apt = Apt(folder / "apt", sources(machine), f"APT::Architecture={machine.debian}",
                  f"APT::Architectures::={machine.debian}")
        apt.get("update")
        depends = re.search(r"^Depends: (linux-image-\d\S*)", apt.cache("show", machine.package),
                            re.M)
        if not depends:
            raise FetchError(f"{machine.package}: names no kernel")
        apt.get("download", depends.group(1), cwd=folder)
        package, = folder.glob("*.deb")
        # Whole, or not there.
        unpack(package, folder).rename(kernel)
    return kernel
