# SPDX-License-Identifier: GPL-2.0-or-later
"""Test images, the same ones on every machine: netpbm's PPM, and PAM with alpha."""
import math
import random


def _smooth(x, y, _noise):
    return (x * 3 + y) & 255, (x + y * 2) & 255, (255 - x - y) & 255, (x * y // 7) & 255


def _noise(_x, _y, noise):
    return tuple(noise() for _ in range(4))


def _drawing(x, y, _noise):
    """Few colours, sharp edges: what lossless compression sees as a palette."""
    colour = ((x // 11) ^ (y // 7)) % 5
    return colour * 50, 255 - colour * 40, (colour * 97) & 255, 255 if colour & 1 else 0


def _photo(x, y, noise):
    shade = 128 + 60 * math.sin(x / 17) + 50 * math.cos(y / 23)
    grain = noise() >> 4
    return tuple(int(shade * weight + grain) & 255 for weight in (0.9, 0.7, 0.5, 1.0))


CONTENTS = {"smooth": _smooth, "noise": _noise, "drawing": _drawing, "photo": _photo}


def write(path, content, width, height):
    """One image; its suffix, .ppm or .pam, says whether it has alpha."""
    draw, alpha = CONTENTS[content], path.suffix == ".pam"
    byte = random.Random(f"{content} {width} {height}").randbytes
    buffer = iter(())

    def noise():
        nonlocal buffer
        value = next(buffer, None)
        if value is None:
            buffer = iter(byte(4096))
            value = next(buffer)
        return value

    if alpha:
        header = (f"P7\nWIDTH {width}\nHEIGHT {height}\nDEPTH 4\nMAXVAL 255\n"
                  "TUPLTYPE RGB_ALPHA\nENDHDR\n")
    else:
        header = f"P6\n{width} {height}\n255\n"
    with open(path, "wb") as file:
        file.write(header.encode())
        for y in range(height):
            row = bytearray()
            for x in range(width):
                row += bytes(draw(x, y, noise)[:4 if alpha else 3])
            file.write(row)
    return path
