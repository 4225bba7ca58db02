"""The rule of tests/conftest.py, tried on a test suite of its own."""

from pathlib import Path

import pytest

pytest_plugins = ["pytester"]

SUITE = """
import pytest

@pytest.mark.needs("no-such-program")
def test_that_needs_a_program():
    raise AssertionError("never run")

@pytest.mark.needs("sh")
def test_that_has_its_program():
    pass

@pytest.mark.xfail
def test_that_is_expected_to_fail():
    assert False
"""


@pytest.fixture
def suite(pytester):
    pytester.makeconftest((Path(__file__).parents[1] / "conftest.py").read_text(encoding="utf-8"))
    pytester.makepyfile(SUITE)
    return pytester


def test_a_test_without_its_program_is_skipped_with_the_reason(suite, monkeypatch):
    monkeypatch.delenv("GRADSCHOOL_CI", raising=False)

    result = suite.runpytest("-rs")

    result.assert_outcomes(passed=1, skipped=1, xfailed=1)
    result.stdout.fnmatch_lines(["*needs no-such-program*"])


def test_in_ci_a_skipped_test_is_a_failure(suite, monkeypatch):
    monkeypatch.setenv("GRADSCHOOL_CI", "1")

    result = suite.runpytest()

    result.assert_outcomes(passed=1, errors=1, xfailed=1)
    result.stdout.fnmatch_lines(["*this one was skipped*no-such-program*"])
    assert result.ret != 0


def test_in_ci_a_module_that_skips_itself_is_a_failure(suite, monkeypatch):
    monkeypatch.setenv("GRADSCHOOL_CI", "1")
    suite.makepyfile(test_whole="import pytest\npytest.skip('not today', allow_module_level=True)")

    result = suite.runpytest("test_whole.py")

    assert result.ret != 0
    result.stdout.fnmatch_lines(["*not today*"])
