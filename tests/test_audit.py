"""The check of what the extras bring: it knows good licences from bad ones, and finds what packages need."""

import importlib.util

import pytest

from conftest import ROOT


@pytest.fixture(scope="module")
def audit():
    path = ROOT / "tools" / "audit.py"
    if not path.exists():
        pytest.skip("not in this checkout")
    spec = importlib.util.spec_from_file_location("audit", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize(
    "text", ["MIT", "Apache-2.0 OR GPL-2.0-only", "BSD License", "Python Software Foundation License"]
)
def test_licences_that_are_allowed(audit, text):
    assert not audit.wrong_licence(text)


@pytest.mark.parametrize("text", ["", "GPL-3.0-only", "GNU General Public License v3 (GPLv3)", "Proprietary", "AGPL"])
def test_licences_that_are_not(audit, text):
    assert audit.wrong_licence(text)


def test_what_a_package_needs_is_found(audit):
    found = audit.needed("pandas")
    assert {"numpy", "python-dateutil"} <= set(found)
    assert "pandas" not in found
    assert audit.main(["--package", "pandas"]) >= 0
