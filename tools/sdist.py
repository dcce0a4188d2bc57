"""Makes the source distribution and looks whether it is whole; with `--compile`, whether it compiles without a network.

    python tools/sdist.py                      # into dist/
    python tools/sdist.py --compile            # fetch crates, unpack elsewhere, cargo check --offline --locked
    python tools/sdist.py --compile --vendor   # the same with the crates in a folder, as distributions do it

Those who compile offline need the crates of Cargo.lock: fetched before (`cargo fetch --locked`), or in a folder
(`cargo vendor --locked`).
"""

import argparse
import os
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent

#: What it must hold, at least: folders whose every file is needed, and files.
FOLDERS = ["src", "lexicon", "models", "python/reportedly"]
FILES = ["Cargo.lock", "Cargo.toml", "LICENSE-APACHE", "LICENSE-MIT", "PKG-INFO", "README.md", "pyproject.toml"]
#: What it must not: what is made, what is fetched, and what only the repository needs.
UNWANTED = (".ci/", ".github/", ".venv/", "dist/", "docs/", "fuzz/", "notebooks/", "target/")
SUFFIXES = (".so", ".pyd", ".dylib", ".pyc", ".whl", ".orig", ".rej")
MOST = 15_000_000


def main() -> None:
    """Makes it, looks at it, compiles it if asked to."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", type=Path, default=ROOT / "dist")
    parser.add_argument("--compile", action="store_true")
    parser.add_argument("--vendor", action="store_true", help="crates in a folder, and no registry at all")
    options = parser.parse_args()
    path = made(options.out)
    if wrong := faults(path):
        sys.exit("\n".join(wrong))
    print(f"{path}: {path.stat().st_size / 1e6:.1f} MB, whole")
    if options.compile:
        compiled(path, options.vendor)
        print("compiles offline")


def made(out: Path) -> Path:
    """The source distribution, made anew."""
    out.mkdir(parents=True, exist_ok=True)
    command = ["maturin", "sdist", "--out", str(out.resolve())]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(done.stderr)
    return max(out.glob("*.tar.gz"), key=lambda path: path.stat().st_mtime)


def held(path: Path) -> list[str]:
    """The files in it, without the folder around them."""
    with tarfile.open(path) as archive:
        return [member.name.partition("/")[2] for member in archive if member.isfile()]


def tracked(folder: str) -> list[str]:
    """The files of a folder that belong to the repository."""
    listed = subprocess.run(["git", "ls-files", folder], cwd=ROOT, capture_output=True, text=True, check=True)
    return listed.stdout.splitlines()


def faults(path: Path) -> list[str]:
    """What is missing or too much, in words."""
    names = set(held(path))
    wanted = FILES + [name for folder in FOLDERS for name in tracked(folder)]
    found = [f"missing: {name}" for name in wanted if name not in names]
    found += [f"unwanted: {name}" for name in sorted(names) if name.startswith(UNWANTED) or name.endswith(SUFFIXES)]
    if path.stat().st_size > MOST:
        found.append(f"larger than {MOST / 1e6:.0f} MB: {path.stat().st_size / 1e6:.1f} MB")
    return found


def compiled(path: Path, vendor: bool) -> None:
    """Unpacks it in a clean folder and checks it there, with cargo told to stay off the network."""
    with tempfile.TemporaryDirectory() as place:
        with tarfile.open(path) as archive:
            archive.extractall(place, filter="data")
        folder = next(Path(place).iterdir())
        if vendor:
            told = subprocess.run(
                ["cargo", "vendor", "--quiet", "--locked"], cwd=folder, capture_output=True, text=True, check=True
            )
            (folder / ".cargo").mkdir()
            (folder / ".cargo/config.toml").write_text(told.stdout, encoding="utf-8")
        else:
            subprocess.run(["cargo", "fetch", "--quiet", "--locked"], cwd=folder, check=True)
        command = ["cargo", "check", "--quiet", "--offline", "--locked", "--features", "python"]
        env = os.environ | {"CARGO_NET_OFFLINE": "true", "PYO3_PYTHON": sys.executable}
        subprocess.run(command, cwd=folder, env=env, check=True)


if __name__ == "__main__":
    main()
