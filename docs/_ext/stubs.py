"""Types of compiled attributes, which the module itself does not know, out of its stubs."""

import ast
from pathlib import Path
from typing import Any

from sphinx.application import Sphinx
from sphinx.util.typing import ExtensionMetadata

import reportedly

STUBS = Path(reportedly.__file__).with_name("_reportedly.pyi")


def types() -> dict[str, str]:
    """`Claim.certainty` to `float`, for every getter."""
    return {
        f"{cls.name}.{item.name}": ast.unparse(item.returns)
        for cls in ast.parse(STUBS.read_text(encoding="utf-8")).body
        if isinstance(cls, ast.ClassDef)
        for item in cls.body
        if isinstance(item, ast.FunctionDef)
        and item.returns
        and any(isinstance(d, ast.Name) and d.id == "property" for d in item.decorator_list)
    }


TYPES = types()


def annotate(app: Sphinx, what: str, name: str, obj: Any, options: Any, lines: list[str]) -> None:
    """Puts the type in front of the description."""
    kind = TYPES.get(name.removeprefix("reportedly."))
    if kind and what in ("attribute", "property"):
        lines[:0] = [f"*{kind}*", ""]


def setup(app: Sphinx) -> ExtensionMetadata:
    app.connect("autodoc-process-docstring", annotate)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
