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


def packages(apt, machine):
    """Those with such a kernel, the newest one first."""
    kind = machine.package.removeprefix("linux-image-")
    found = re.findall(rf"^linux-image-\d[\d.]*[-+]\w+-{kind}$", apt.cache("pkgnames"), re.M)
    if not found:
        raise FetchError(f"{machine.package}: names no kernel")
    return sorted(found, key=lambda name: [*map(int, re.findall(r"\d+", name))], reverse=True)


def download(apt, names, folder):
    """The first of the packages that can be had: mirrors may have lost, or not yet have, one."""
    errors = []
    for name in names:
        try:
            return apt.get("download", name, cwd=folder)
        except FetchError as err:
            errors.append(str(err))
    raise FetchError("\n".join(errors))


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
        download(apt, packages(apt, machine), folder)
        package, = folder.glob("*.deb")
        # Whole, or not there.
        unpack(package, folder).rename(kernel)
    return kernel
