"""An environment of the peers' own under `target/bench`, with pinned versions and the newest wheel of `dist/`."""

import hashlib
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PLACE = ROOT / "target/bench"

#: Pinned, so that two people who run this run the same. Raise them together, and measure anew.
PEERS = {
    "dateparser": "1.5.0",
    "datasketch": "2.0.0",
    # A part of lxml that was taken out of it; trafilatura asks for it through another.
    "lxml_html_clean": "0.4.6",
    "pandas": "3.1.1",
    "pyarrow": "26.0.1",
    "pysbd": "0.3.4",
    "quantulum3": "0.10.0",
    "rensa": "0.5.0",
    "spacy": "3.8.18",
    "tantivy": "0.27.0",
    "textacy": "0.13.0",
    "trafilatura": "2.3.1",
}


def interpreter(folder: Path) -> Path:
    """The interpreter of an environment, which lies elsewhere on Windows."""
    return folder / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")


def environment(folder: Path, wheel: Path | None) -> Path:
    """The interpreter of an environment that has the peers and the wheel."""
    python = interpreter(folder)
    pins = [f"{name}=={version}" for name, version in PEERS.items()]
    # What is asked for is written down once it is there, so that a broken installation is begun again.
    stamp, wanted = folder / "peers", hashlib.sha256("\n".join(pins).encode()).hexdigest()
    if not stamp.exists() or stamp.read_text() != wanted:
        if not python.exists():
            subprocess.run([sys.executable, "-m", "venv", folder], check=True)
        print(f"installing the peers into {folder}", file=sys.stderr)
        subprocess.run([python, "-m", "pip", "install", "--quiet", "--prefer-binary", *pins], check=True)
        stamp.write_text(wanted)
    install = ["install", "--quiet", "--force-reinstall", "--no-deps", wheel or newest_wheel()]
    subprocess.run([python, "-m", "pip", *install], check=True)
    return python


def newest_wheel() -> Path:
    """The wheel that was built last."""
    wheels = sorted((ROOT / "dist").glob("reportedly-*.whl"), key=lambda path: path.stat().st_mtime)
    if not wheels:
        sys.exit("dist/ holds no wheel; run `make wheel` before, or name one with --wheel")
    return wheels[-1]
