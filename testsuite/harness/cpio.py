# SPDX-License-Identifier: GPL-2.0-or-later
"""What a kernel unpacks as its first file system."""
import stat


def archive(files):
    """The files, {path: (mode, content)}, in the "newc" format of cpio."""
    data = b""
    for number, (path, (mode, content)) in enumerate([*files.items(), ("TRAILER!!!", (0, b""))], 1):
        name = path.encode() + b"\0"
        # The console is a device: 5, 1.
        device = (5, 1) if stat.S_ISCHR(mode) else (0, 0)
        fields = (number, mode, 0, 0, 1, 0, len(content), 0, 0, *device, len(name), 0)
        data += b"070701" + b"".join(b"%08x" % field for field in fields) + name
        data += b"\0" * (-len(data) % 4) + content
        data += b"\0" * (-len(data) % 4)
    return data
