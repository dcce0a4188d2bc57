"""Runs the examples in docstrings, those of compiled getters too, which doctest does not see."""

import doctest
import importlib
import inspect
import pkgutil

import pytest

import reportedly


def examples():
    finder, parser = doctest.DocTestFinder(exclude_empty=True), doctest.DocTestParser()
    names = [module.name for module in pkgutil.iter_modules(reportedly.__path__)]
    for module in [reportedly, *(importlib.import_module(f"reportedly.{name}") for name in names)]:
        for test in finder.find(module):
            if test.examples:
                yield test
    for name, thing in vars(reportedly).items():
        if not inspect.isclass(thing):
            docs = [(name, inspect.getdoc(thing))] if inspect.isbuiltin(thing) else []
        else:
            docs = [(name, thing.__doc__)] + [(f"{name}.{a}", v.__doc__) for a, v in vars(thing).items()]
        for where, doc in docs:
            test = parser.get_doctest(inspect.cleandoc(doc or ""), {}, where, None, 0)
            if test.examples:
                yield test


#: By docstring, because a class is found both ways.
EXAMPLES = {test.name: test for test in {test.docstring: test for test in examples()}.values()}


@pytest.mark.parametrize("name", sorted(EXAMPLES))
def test_example(name):
    assert doctest.DocTestRunner().run(EXAMPLES[name]).failed == 0


def test_compiled_getters_are_among_them():
    assert {"Document.text", "Corpus.claims", "Frame.columns", "Claim.certainty", "read"} <= set(EXAMPLES)


def test_every_public_thing_is_documented():
    for name in reportedly.__all__:
        thing = getattr(reportedly, name)
        assert thing.__doc__, name
        if inspect.isclass(thing) and not issubclass(thing, BaseException):
            for attribute, value in vars(thing).items():
                if not attribute.startswith("_"):
                    assert value.__doc__, f"{name}.{attribute}"
