# SPDX-License-Identifier: GPL-2.0-or-later
"""libwebp, unmodified, its pointers marked by name: same output, patched sites.

It chooses a function for each processor feature at the first use and stores it
into a pointer; every inner loop calls through such pointers.
"""
import contextlib
import json
import os
import pathlib
import resource
import shlex
import shutil
import statistics
import subprocess
import sys
import time

import pytest

from harness import debian

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))
import images  # noqa: E402

# The release's security update, then the release's own.
VERSIONS = ["1.2.4-0.2+deb12u1", "1.2.4-0.2+deb12u2", "1.2.4-0.2"]
TIMEOUT = 240
PAIRS = 9


def run(*command, env=None, **where):
    done = subprocess.run([str(word) for word in command], stdin=subprocess.DEVNULL,
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
                          timeout=TIMEOUT, env={**os.environ, "LC_ALL": "C", **(env or {})}, **where)
    assert done.returncode == 0, f"{' '.join(map(str, command))}\n{done.stdout}"
    return done.stdout


class Build:
    """One build of dwebp and cwebp."""

    def __init__(self, folder, compiler):
        debian.unpack("libwebp", VERSIONS, folder)
        self.log = run("make", "-C", folder, f"-j{os.cpu_count()}", "-f", "makefile.unix",
                       "-f", HERE / "build.mk", "HAVE_SSE41=1", f"CC={compiler}", "ex",
                       env={"MAKEFLAGS": "", "MFLAGS": "", "CFLAGS": "", "LDFLAGS": ""})
        self.folder = folder
        self.cwebp = folder / "examples/cwebp"
        self.dwebp = folder / "examples/dwebp"


@pytest.fixture(scope="module")
def work(tmp_path_factory):
    folder = tmp_path_factory.mktemp("libwebp")
    yield folder
    shutil.rmtree(folder)


@pytest.fixture(scope="module")
def plain(work, toolchain):
    return Build(work / "plain", shlex.join(toolchain.gcc))


@pytest.fixture(scope="module")
def marked(work, toolchain):
    flags = [f"-specs={toolchain.build}/staticcall.specs",
             f"-fplugin-arg-staticcall-mark-file={HERE}/marks.txt"]
    return Build(work / "marked", shlex.join([*toolchain.gcc, *flags]))


@pytest.fixture(scope="module")
def tool(toolchain):
    def ask(*words):
        return run(toolchain.build / "staticcall", *words)
    return ask


@pytest.fixture(scope="module")
def image(work):
    """image(CONTENT, WIDTH, HEIGHT, SUFFIX): made once."""
    def make(content, width, height, suffix):
        path = work / f"{content}-{width}x{height}.{suffix}"
        return path if path.is_file() else images.write(path, content, width, height)
    return make


def test_builds(marked):
    """The plugin has nothing to say: no pointer that it is told to mark escapes."""
    assert "static_call" not in marked.log
    assert "-fplugin-arg-staticcall" in marked.log


def test_untouched(plain, marked):
    """Both are compiled from the same sources, and these are Debian's."""
    for path in sorted(plain.folder.rglob("*.[ch]")):
        other = marked.folder / path.relative_to(plain.folder)
        assert path.read_bytes() == other.read_bytes()
        assert b"staticcall" not in path.read_bytes()


# Each of dsp's files has one of these.
POINTERS = {
    "cwebp": ["VP8FTransform", "VP8EncPredLuma4", "VP8SSE16x16", "VP8TDisto4x4", "VP8Copy4x4",
              "VP8EncQuantizeBlock", "VP8CollectHistogram", "VP8SetResidualCoeffs",
              "VP8GetResidualCost", "VP8LTransformColor", "VP8LAddVector", "VP8LExtraCost",
              "VP8LPredictorsSub[0]", "WebPConvertARGBToY", "WebPHasAlpha8b", "VP8LBundleColorMap"],
    "dwebp": ["VP8Transform", "VP8TransformDC", "VP8VFilter16", "VP8SimpleHFilter16i",
              "VP8DitherCombine8x8", "VP8LAddGreenToBlueAndRed", "VP8LConvertBGRAToRGBA",
              "WebPApplyAlphaMultiply", "WebPRescalerImportRowExpand"],
}


@pytest.mark.parametrize("program", ["cwebp", "dwebp"])
def test_list(marked, tool, program):
    """The tool shows the sites, each in its function; the build without plugin has none."""
    sites = json.loads(tool("list", "--json", getattr(marked, program)))[0]["sites"]
    assert len(sites) > 100
    assert set(POINTERS[program]) <= {site["key"] for site in sites}
    assert all(site["function"] for site in sites)


@pytest.mark.parametrize("program", ["cwebp", "dwebp"])
def test_verify(marked, tool, program):
    assert "all right" in tool("verify", getattr(marked, program))


def test_reference_image(plain, marked, work):
    """libwebp's own picture: decoded alike, and to its reference within rounding.

    Newer versions round in another place, so the build without plugin is not
    byte-exact to the reference either.
    """
    outputs = [work / "plain.ppm", work / "marked.ppm"]
    for build, output in zip((plain, marked), outputs):
        run(build.dwebp, "-quiet", build.folder / "examples/test.webp", "-ppm", "-o", output)
    decoded = [output.read_bytes() for output in outputs]
    assert decoded[0] == decoded[1]
    reference = (marked.folder / "examples/test_ref.ppm").read_bytes()
    assert len(reference) == len(decoded[1])
    assert max(abs(a - b) for a, b in zip(reference, decoded[1])) <= 2


IMAGES = [("smooth", 1, 1, "ppm"), ("noise", 17, 13, "ppm"), ("drawing", 64, 64, "pam"),
          ("photo", 257, 129, "ppm"), ("noise", 130, 75, "pam"), ("drawing", 320, 240, "ppm"),
          ("photo", 320, 240, "pam"), ("smooth", 500, 333, "pam")]
ENCODINGS = {
    "lossy": [],
    "best": ["-m", "6", "-q", "95", "-sharp_yuv"],
    "small": ["-q", "5", "-m", "0", "-segments", "4", "-f", "80"],
    "target": ["-size", "4000", "-pass", "5"],
    "lossless": ["-lossless"],
    "lossless-best": ["-lossless", "-z", "8"],
    "near-lossless": ["-near_lossless", "40"],
    "alpha-lossy": ["-alpha_q", "40", "-alpha_filter", "best"],
    "threads": ["-mt", "-m", "4"],
    "rescaled": ["-resize", "90", "61"],
    "no-simd": ["-noasm"],
}
DECODINGS = {
    "ppm": ["-ppm"],
    "pam": ["-pam"],
    "bmp": ["-bmp"],
    "yuv": ["-yuv"],
    "alpha": ["-pgm"],
    "fancy": ["-pam", "-nofancy", "-nofilter"],
    "dither": ["-ppm", "-dither", "60", "-alpha_dither"],
    "scaled": ["-pam", "-scale", "77", "55"],
    "threads": ["-pam", "-mt"],
    "no-simd": ["-pam", "-noasm"],
}


@pytest.mark.parametrize("mode", ENCODINGS)
def test_same_output(plain, marked, image, work, mode):
    """Both encoders write the same file, both decoders the same pictures from it."""
    for number, description in enumerate(IMAGES):
        source = image(*description)
        files = [work / "plain.webp", work / "marked.webp"]
        for build, file in zip((plain, marked), files):
            run(build.cwebp, "-quiet", *ENCODINGS[mode], source, "-o", file)
        assert files[0].read_bytes() == files[1].read_bytes(), source.name
        # Two ways of decoding for each image; all of them are met in each mode.
        ways = list(DECODINGS)
        for way in (ways[number % len(ways)], ways[(number + len(ENCODINGS[mode]) + 5) % len(ways)]):
            outputs = [work / "plain.out", work / "marked.out"]
            for build, output in zip((plain, marked), outputs):
                run(build.dwebp, "-quiet", files[0], *DECODINGS[way], "-o", output)
            assert outputs[0].read_bytes() == outputs[1].read_bytes(), f"{source.name} {way}"


@pytest.mark.parametrize("way", DECODINGS)
def test_same_decoding(plain, marked, image, work, way):
    """Every way of decoding, of a lossy and of a lossless file, each with alpha."""
    for kind in ([], ["-lossless"]):
        run(plain.cwebp, "-quiet", *kind, image("photo", 320, 240, "pam"), "-o", work / "in.webp")
        outputs = [work / "plain.out", work / "marked.out"]
        for build, output in zip((plain, marked), outputs):
            run(build.dwebp, "-quiet", work / "in.webp", *DECODINGS[way], "-o", output)
        assert outputs[0].read_bytes() == outputs[1].read_bytes()


@pytest.mark.parametrize("variable", ["STATICCALL_POKE=int3", "STATICCALL_POKE=aligned8",
                                      "STATICCALL_WRITER=mem", "STATICCALL_WRITER=none"])
def test_same_with_every_protocol(plain, marked, image, work, variable):
    source = image("photo", 257, 129, "ppm")
    env = dict([variable.split("=")])
    run(plain.cwebp, "-quiet", "-mt", source, "-o", work / "plain.webp")
    run(marked.cwebp, "-quiet", "-mt", source, "-o", work / "marked.webp", env=env)
    assert (work / "plain.webp").read_bytes() == (work / "marked.webp").read_bytes()


@contextlib.contextmanager
def running(*command):
    process = subprocess.Popen([str(word) for word in command], stdin=subprocess.DEVNULL,
                               stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        yield process
    finally:
        process.kill()
        process.wait()


def on_tramp(key):
    """Where it need not be?  A call of no function, which C makes a fault, stays there."""
    return key["other"] or (key["tramp"] and key["target"] is not None)


def settled(keys, pointers):
    """Have the Init functions run?  They store a plain function first, then one for SIMD."""
    return (all("_SSE" in json.dumps(keys[pointer]["target"]) for pointer in pointers)
            and not any(on_tramp(key) for key in keys.values()))


def show(toolchain, process, pointers):
    """What `staticcall show` says of a process, once it has settled, or at last."""
    keys = {}
    for _ in range(300):
        done = subprocess.run([toolchain.build / "staticcall", "show", "--json", str(process.pid)],
                              capture_output=True, text=True, timeout=TIMEOUT)
        assert process.poll() is None, f"the program was gone too early; {done.stderr}"
        if done.returncode == 0:
            keys = {key["key"]: key for key in json.loads(done.stdout)["keys"]}
            if settled(keys, pointers):
                break
        time.sleep(0.01)
    assert keys, f"nothing was ever shown: {done.stderr}"
    return keys


@pytest.mark.parametrize("mode, pointers", [
    (["-m", "6", "-pass", "10", "-size", "100000"],
     ["VP8FTransform", "VP8SSE4x4", "VP8EncQuantizeBlock", "VP8TDisto4x4"]),
    (["-lossless", "-z", "9"],
     ["VP8LAddVector", "VP8LAddVectorEq", "VP8LCollectColorBlueTransforms"]),
])
def test_show(marked, toolchain, image, work, mode, pointers):
    """While it encodes, every site calls its SIMD function, not the trampoline."""
    source = image("photo", 1600, 1200, "ppm")
    with running(marked.cwebp, "-quiet", *mode, source, "-o", work / "big.webp") as process:
        keys = show(toolchain, process, pointers)
    for pointer in pointers:
        key = keys[pointer]
        assert "_SSE" in json.dumps(key["target"]), key
        assert key["direct"] == key["sites"] > 0, key
    assert [key for key in keys.values() if on_tramp(key)] == []


def measure(*command):
    """Seconds on the clock, and those of them in the program itself."""
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    run(*command)
    taken = time.perf_counter() - start
    return taken, resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime - before.ru_utime


@pytest.mark.parametrize("name, mode, size", [
    ("cwebp lossy", ["-m", "4"], (1600, 1200)),
    ("cwebp lossless", ["-lossless", "-z", "3"], (1600, 1200)),
    ("dwebp", None, (1600, 1200)),
    ("start-up", [], (1, 1)),
])
def test_time(plain, marked, toolchain, image, work, figures, name, mode, size):
    """In turns, so that the machine's changes meet both; both times are reported."""
    source = image("photo", *size, "ppm")
    if mode is None:
        run(plain.cwebp, "-quiet", source, "-o", work / "time.webp")
        commands = [(build.dwebp, "-quiet", work / "time.webp", "-ppm", "-o", work / "time.ppm")
                    for build in (plain, marked)]
    else:
        commands = [(build.cwebp, "-quiet", *mode, source, "-o", work / "time.webp")
                    for build in (plain, marked)]
    times, in_program = ([], []), ([], [])
    for _ in range(PAIRS):
        for build, command in enumerate(commands):
            taken, user = measure(*command)
            times[build].append(taken)
            in_program[build].append(user)
    medians = [statistics.median(taken) * 1e3 for taken in times]
    ratio = statistics.median(b / a for a, b in zip(*times))
    users = [statistics.median(taken) * 1e3 for taken in in_program]
    assert min(medians) > 0
    figures.append(f"GCC {toolchain.major}, {name} {size[0]}x{size[1]}, {PAIRS} pairs: plain {medians[0]:.1f} ms, "
                   f"static calls {medians[1]:.1f} ms, median ratio {ratio:.3f}; "
                   f"user time {users[0]:.1f} and {users[1]:.1f} ms")
