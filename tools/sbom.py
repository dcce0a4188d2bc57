"""The bill of materials of a wheel: which crates, in which versions, under which licences, are compiled into it.

    python tools/sbom.py dist/reportedly-*.whl --out dist/reportedly.cdx.json

maturin puts it into every wheel, as CycloneDX (PEP 770). This takes it out, for those who want it beside the wheel,
after looking whether it agrees with Cargo.lock.
"""

import argparse
import json
import sys
import tomllib
import zipfile
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent


def main() -> None:
    """Takes it out of the wheel, or says what is wrong with it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("wheel", type=Path)
    parser.add_argument("--out", type=Path, default=ROOT / "dist/reportedly.cdx.json")
    options = parser.parse_args()
    bill = of(options.wheel)
    lock = tomllib.loads((ROOT / "Cargo.lock").read_text(encoding="utf-8"))
    if wrong := faults(bill, lock):
        sys.exit("\n".join(wrong))
    options.out.write_text(json.dumps(bill, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    print(f"{options.out}: {len(bill['components'])} crates")


def of(wheel: Path) -> dict[str, Any]:
    """The bill that lies in the wheel."""
    with zipfile.ZipFile(wheel) as archive:
        names = [name for name in archive.namelist() if name.endswith(".cyclonedx.json") and "/sboms/" in name]
        if not names:
            sys.exit(f"{wheel} holds no bill of materials; was it built with maturin 1.9 or later?")
        bill: dict[str, Any] = json.loads(archive.read(names[0]))
    return bill


def faults(bill: dict[str, Any], lock: dict[str, Any]) -> list[str]:
    """Where the bill and the lock disagree."""
    locked = {(package["name"], package["version"]) for package in lock["package"]}
    found = [] if bill.get("bomFormat") == "CycloneDX" else ["not CycloneDX"]
    for each in bill["components"]:
        if (each["name"], each["version"]) not in locked:
            found.append(f"not in Cargo.lock: {each['name']} {each['version']}")
        if not each.get("licenses"):
            found.append(f"without a licence: {each['name']}")
    return found


if __name__ == "__main__":
    main()
