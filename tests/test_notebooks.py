"""Runs the notebooks from top to bottom, each in a kernel of its own."""

import os
from pathlib import Path

import pytest

import reportedly
from conftest import ROOT

nbformat = pytest.importorskip("nbformat")
nbclient = pytest.importorskip("nbclient")
pytest.importorskip("ipykernel")

FOLDER = ROOT / "notebooks"
NOTEBOOKS = sorted(FOLDER.glob("*.ipynb"))


@pytest.fixture(autouse=True)
def this_package(monkeypatch):
    """Kernels import the package that is under test."""
    before = os.environ.get("PYTHONPATH")
    here = str(Path(reportedly.__file__).parent.parent)
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([here, before] if before else [here]))


def run(notebook):
    """The notebook with what its cells gave."""
    # Cells find `corpus/` and `../seeds` beside the notebook.
    client = nbclient.NotebookClient(notebook, timeout=60, resources={"metadata": {"path": str(FOLDER)}})
    return client.execute()


def test_there_are_three():
    assert [path.name for path in NOTEBOOKS] == ["1-seeds.ipynb", "2-ferry.ipynb", "3-sources.ipynb"]


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_notebook(path):
    notebook = run(nbformat.read(path, as_version=4))
    said = [output for cell in notebook.cells if cell.cell_type == "code" for output in cell.outputs]
    assert said
    # What goes to standard error is a warning that a reader should not meet.
    assert [output["text"] for output in said if output.get("name") == "stderr"] == []


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_notebook_is_kept_without_outputs(path):
    notebook = nbformat.read(path, as_version=4)
    for cell in notebook.cells:
        if cell.cell_type == "code":
            assert cell.outputs == []
            assert cell.execution_count is None


def test_a_failing_cell_fails():
    cell = nbformat.v4.new_code_cell("assert False")
    with pytest.raises(nbclient.exceptions.CellExecutionError):
        run(nbformat.v4.new_notebook(cells=[cell]))
