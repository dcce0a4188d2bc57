"""More than one interpreter in a process, and interpreters without a GIL: what works, and what is refused.

What is said of this in docs/threats.md is what is tested here.
"""

import subprocess
import sys
import sysconfig
from importlib.machinery import EXTENSION_SUFFIXES
from pathlib import Path

import pytest

import reportedly as rp

#: Begins an interpreter beside the main one: `alone` with a GIL of its own, or one that shares it, as under mod_wsgi.
BEGIN = """
import sys
try:
    import _interpreters as interpreters
except ImportError:
    import _xxsubinterpreters as interpreters

def run(code, alone):
    if sys.version_info >= (3, 13):
        one = interpreters.create("isolated" if alone else "legacy")
    else:
        one = interpreters.create(isolated=alone)
    sys.stdout.flush()
    wrong = interpreters.run_string(one, code + "\\nimport sys; sys.stdout.flush()")
    assert wrong is None, wrong
    interpreters.destroy(one)
"""

CLAIMS = """
import pickle
import reportedly as rp
corpus = rp.Corpus.from_texts(['"It rains," Ann Lee said.'] * 3, jobs=2)
again = pickle.loads(pickle.dumps(corpus))
print([claim.content for claim in corpus.claims] == ['"It rains,"'] * 3, again == corpus)
"""


def python(code: str) -> str:
    """What a process of its own prints."""
    environment = {"PYTHONPATH": str(Path(rp.__file__).parent.parent), "PATH": ""}
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=120, env=environment)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.skipif(sys.version_info < (3, 12), reason="every interpreter shares the GIL")
def test_an_interpreter_with_its_own_gil_is_refused_by_name():
    code = "try:\n    import reportedly\nexcept ImportError as refusal:\n    print(refusal)"
    assert "does not support loading in subinterpreters" in python(f"{BEGIN}\nrun({code!r}, True)")


def test_an_interpreter_that_shares_the_gil_works():
    assert python(f"{BEGIN}\nrun({CLAIMS!r}, False)") == "True True\n"


def test_of_two_interpreters_the_second_has_the_exceptions_of_the_first():
    code = """
import reportedly as rp
try:
    rp.read("/nowhere/at/all")
except FileNotFoundError as error:
    print(type(error).__name__, isinstance(error, rp.NotFoundError))
"""
    said = python(f"{BEGIN}\nexec({code!r})\nrun({code!r}, False)")
    assert said == "NotFoundError True\nNotFoundError False\n"


def test_the_extension_says_which_interpreters_may_load_it():
    """Its stable ABI is that of interpreters with a GIL; those without look for a name of their own."""
    extension = Path(sys.modules["reportedly._reportedly"].__file__)
    assert any(extension.name.endswith(suffix) for suffix in EXTENSION_SUFFIXES)
    free_threaded = bool(sysconfig.get_config_var("Py_GIL_DISABLED"))
    assert (".abi3." in extension.name or extension.suffix == ".pyd") != free_threaded
