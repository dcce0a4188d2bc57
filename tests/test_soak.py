"""A short soak; `python tools/soak.py` is the long one."""

import importlib.util
import sys

import pytest

from conftest import ROOT


@pytest.mark.skipif(sys.platform != "linux", reason="limits and rights of Linux")
def test_faults_cost_nothing_but_themselves():
    spec = importlib.util.spec_from_file_location("soak", ROOT / "tools" / "soak.py")
    soak = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(soak)
    made, scanned, read = soak.soak(360, huge=80 << 20)
    assert sum(n for kind, n in made["files"].items() if not kind.startswith("good")) == 122
    assert (scanned["lost"], scanned["reported once"]) == (0, 122)
    assert (read["lost"], read["reported once"]) == (0, 122 - made["files"]["vanished"])
    assert scanned["good documents"] == read["good documents"] > 360
