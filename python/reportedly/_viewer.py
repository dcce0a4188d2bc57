"""What the report and the explorer show: one ES module, joined from those in ``viewer/``, and the data handed to it."""

from __future__ import annotations

import json
import re
from functools import cache
from importlib.resources import files

from ._view_data import data

__all__ = ["css", "data", "module", "script"]

#: The modules, each after those that it imports.
_MODULES = (
    "dom",
    "words",
    "corpus",
    "grow",
    "filters",
    "marks",
    "explanation",
    "explorer",
    "overview",
    "scale",
    "ledger",
    "timeline",
    "sources",
    "copies",
    "report",
    "keys",
    "mount",
)
_IMPORT = re.compile(r'^import \{([^}]*)\} from "\./(\w+)\.js";\n', re.MULTILINE)
_EXPORT = re.compile(r"^export (?=(?:async )?(?:function|class|const) (\w+))", re.MULTILINE)
_EXPORTED = re.compile(r"^export (?:async )?(?:function|class|const) (\w+)", re.MULTILINE)


@cache
def module() -> str:
    """The modules as one, which exports ``mount``. Each stands in a function of its own, so that no names meet."""
    parts = [_scoped(name, _file(f"{name}.js")) for name in _MODULES]
    return "\n".join([*parts, "export const mount = $mount.mount;\n"])


@cache
def css() -> str:
    """The style sheet; every rule is of the class ``rp-view`` or begins with ``rp-``."""
    return _file("viewer.css")


def _file(name: str) -> str:
    return (files(__package__) / "viewer" / name).read_text(encoding="utf-8")


def _scoped(name: str, source: str) -> str:
    imports = "".join(f"const {{{names}}} = ${other};\n" for names, other in _IMPORT.findall(source))
    exported = ", ".join(_EXPORTED.findall(source))
    body = _EXPORT.sub("", _IMPORT.sub("", source)).strip("\n")
    return f"const ${name} = (() => {{\n{imports}{body}\nreturn {{ {exported} }};\n}})();"


def script(value: object) -> str:
    """JSON that may stand in a script element of a page: nothing in it can end the element or begin a comment."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    text = text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
    # HTML knows neither NUL nor other control characters, and calls noncharacters an error.
    return _CONTROL.sub(lambda m: f"\\u{ord(m[0]):04x}", text)


_CONTROL = re.compile("[\x00\x0d\x7f-\x9f\ufdd0-\ufdef\ufffe\uffff]")
