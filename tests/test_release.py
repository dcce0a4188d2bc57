"""What is released, and how: workflows, forms, citation, source distribution, bill of materials."""

import importlib.util
import os
import re
import shutil
import subprocess
import sys
import tarfile
import tomllib
from pathlib import Path

import pytest
import yaml

from conftest import ROOT

WORKFLOWS = sorted((ROOT / ".github/workflows").glob("*.yml"))
FORMS = sorted(path for path in (ROOT / ".github/ISSUE_TEMPLATE").glob("*.yml") if path.name != "config.yml")
CARGO = tomllib.loads((ROOT / "Cargo.toml").read_text(encoding="utf-8"))


def tool(name):
    """A module of `tools/`, which is no package."""
    spec = importlib.util.spec_from_file_location(name, ROOT / f"tools/{name}.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def steps(workflow):
    return [step for job in workflow["jobs"].values() for step in job.get("steps", [])]


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)
def test_a_workflow_may_little_and_pins_what_it_uses(path):
    workflow = yaml.safe_load(path.read_text(encoding="utf-8"))
    assert workflow["permissions"] == {"contents": "read"}
    for job in workflow["jobs"].values():
        assert "timeout-minutes" in job or "uses" in job
        # Rights beyond reading are a job's own, and only those of a release.
        assert "permissions" not in job or path.stem == "release"
    uses = [step["uses"] for step in steps(workflow) if "uses" in step]
    uses += [job["uses"] for job in workflow["jobs"].values() if "uses" in job]
    for used in uses:
        if used.startswith("./"):
            assert (ROOT / used).is_file(), used
        else:
            assert re.fullmatch(r"[\w./-]+@[0-9a-f]{40}", used), used
    for step in steps(workflow):
        if step.get("uses", "").startswith("actions/checkout@"):
            assert step["with"]["persist-credentials"] is False
        # Names of tags and branches are others' text: they come in as variables.
        assert "${{" not in step.get("run", "")


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)
def test_a_workflow_runs_programs_that_exist(path):
    for step in steps(yaml.safe_load(path.read_text(encoding="utf-8"))):
        for program in re.findall(r"(?:tools|\.ci)/[\w.]+", step.get("run", "")):
            assert (ROOT / program).is_file(), program


def test_the_same_action_is_pinned_to_one_commit():
    pins = {}
    for path in WORKFLOWS:
        for name, pin in re.findall(r"uses: ([\w./-]+)@([0-9a-f]{40} # \S+)", path.read_text(encoding="utf-8")):
            pins.setdefault(name, set()).add(pin)
    assert pins
    assert {name: found for name, found in pins.items() if len(found) > 1} == {}


@pytest.mark.parametrize("path", FORMS, ids=lambda path: path.stem)
def test_a_form_asks_for_what_is_needed(path):
    form = yaml.safe_load(path.read_text(encoding="utf-8"))
    assert form["name"]
    assert form["description"]
    names = [part["id"] for part in form["body"]]
    assert len(set(names)) == len(names)
    assert any(part.get("validations", {}).get("required") for part in form["body"])
    assert all(part["attributes"]["label"] for part in form["body"])


def test_the_citation_is_of_this_version():
    citation = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    assert {"cff-version", "message", "title", "authors"} <= citation.keys()
    assert citation["version"] == CARGO["package"]["version"]
    assert " OR ".join(citation["license"]) == CARGO["package"]["license"]
    assert citation["repository-code"] == CARGO["package"]["repository"]


def test_contributing_names_what_is_there():
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    for target in re.findall(r"\bmake ([a-z-]+)", text):
        assert re.search(rf"^{target}:", makefile, re.MULTILINE), target
    paths = re.findall(r"`((?:src|lexicon|tests|tools|benches|docs|python|\.ci)/[^`*<>\s]*)(?=[`\s])", text)
    assert len(paths) > 10
    assert [path for path in paths if not (ROOT / path).exists()] == []


@pytest.fixture(scope="module")
def sdist(tmp_path_factory):
    if shutil.which("maturin", path=str(Path(sys.executable).parent)) is None:
        pytest.skip("maturin is not installed")
    if subprocess.run(["git", "ls-files", "src"], cwd=ROOT, capture_output=True, check=False).returncode:
        pytest.skip("not a git repository: what belongs to the sources is not known")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PATH", str(Path(sys.executable).parent), prepend=os.pathsep)
        return tool("sdist").made(tmp_path_factory.mktemp("sdist"))


def test_the_source_distribution_is_whole(sdist):
    assert tool("sdist").faults(sdist) == []


def test_a_source_distribution_that_is_not_whole_is_told(sdist, tmp_path):
    broken = tmp_path / "broken.tar.gz"
    with tarfile.open(sdist) as old, tarfile.open(broken, "w:gz", compresslevel=1) as new:
        for member in old:
            if member.name.endswith("/lexicon/cues.tsv"):
                continue
            new.addfile(member, old.extractfile(member))
            if member.name.endswith("/Cargo.toml"):
                member.name = member.name.replace("Cargo.toml", "target/left.so")
                new.addfile(member, old.extractfile(member))
    assert tool("sdist").faults(broken) == ["missing: lexicon/cues.tsv", "unwanted: target/left.so"]


def test_a_bill_of_materials_is_held_against_the_lock():
    faults = tool("sbom").faults
    lock = {"package": [{"name": "regex", "version": "1.13.0"}, {"name": "zip", "version": "9.0.0"}]}
    licences = [{"expression": "MIT"}]
    regex = {"name": "regex", "version": "1.13.0", "licenses": licences}
    assert faults({"bomFormat": "CycloneDX", "components": [regex]}, lock) == []
    old = regex | {"version": "1.12.0"}
    assert faults({"bomFormat": "CycloneDX", "components": [old]}, lock) == ["not in Cargo.lock: regex 1.12.0"]
    bare = {"name": "zip", "version": "9.0.0"}
    assert faults({"bomFormat": "SPDX", "components": [bare]}, lock) == ["not CycloneDX", "without a licence: zip"]
