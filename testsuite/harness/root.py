# SPDX-License-Identifier: GPL-2.0-or-later
"""A root folder of another Debian release, and commands that run in it.

Packages are unpacked there, not installed: none of their scripts is run. What a
command needs of this machine is mounted for it alone, in a mount namespace of its
own. The kernel drops that with the command's last process, however it ends, and
nobody else ever sees one of its mounts.
"""
import os
import pathlib
import subprocess
import tempfile

from harness import debian
from harness.apt import FetchError, cache_folder

# Links of a system whose /usr is merged, and what update-alternatives would make.
LINKS = {"bin": "usr/bin", "sbin": "usr/sbin", "lib": "usr/lib", "lib64": "usr/lib64",
         "usr/bin/awk": "mawk"}

# $1: root, $2: folder to run in, then paths to mount up to "--", then the command
ENTER = """
set -e
root=$1 cwd=$2
shift 2
mount -t tmpfs -o mode=1777 tmpfs "$root/tmp"
while path=$1 && shift && [ "$path" != -- ]; do
	mkdir -p "$root$path"
	mount --rbind "$path" "$root$path"
done
exec chroot "$root" env --chdir="$cwd" "$@"
"""


class RootError(Exception):
    """No command can run in a root folder."""


def fetch(release, name, packages):
    """The root folder @name; what has been unpacked once is used again."""
    folder = cache_folder() / "roots" / f"{release}-{name}"
    if folder.is_dir():
        return folder
    debs = debian.fetch_with_depends(debian.release(release), packages)
    folder.parent.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder.parent) as unpacked:
        root = pathlib.Path(unpacked) / "root"
        for link, target in LINKS.items():
            if "/" not in link:
                (root / target).mkdir(parents=True)
            (root / link).symlink_to(target)
        (root / "tmp").mkdir()
        for deb in debs:
            debian.unpack_binary(deb, root)
        try:
            root.rename(folder)     # whole, or not there
        except OSError as err:
            if not folder.is_dir():
                raise FetchError(str(err)) from None
    return folder


def namespace():
    """The command that gives others a mount namespace."""
    return ["unshare", "--mount", *([] if os.getuid() == 0 else ["--user", "--map-root-user"])]


def check():
    """Can commands run in a root folder at all?"""
    command = [*namespace(), "sh", "-ec", "mount -t tmpfs tmpfs /tmp; mkdir /tmp/proc; "
               "mount --rbind /proc /tmp/proc; chroot /tmp true || [ $? = 127 ]"]
    try:
        done = subprocess.run(command, stdin=subprocess.DEVNULL, text=True,
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        if not done.returncode:
            return
        said = done.stdout.strip()
    except OSError as err:
        said = str(err)
    raise RootError(f"a compiler of another release needs a root folder of its own, and that needs "
                    f"root or user namespaces (sysctl kernel.unprivileged_userns_clone=1); "
                    f"`{' '.join(namespace())}' said: {said}")


def inside(root, cwd, *paths):
    """What to put in front of a command that shall run in @root, with our @paths there too."""
    return [*namespace(), "sh", "-c", ENTER, "sh", str(root), str(cwd), "/dev", "/proc",
            *map(str, paths), "--"]
