"""What every test may rely on: a program that a machine may lack is asked for by name, and in CI nothing may be lacking.

    @pytest.mark.needs("bwrap")
    def test_a_sandbox_…

is skipped where there is no such program. With GRADSCHOOL_CI=1 every skipped test is a failure.

An example of Hypothesis may take its time: on a machine that does other things too, a slow one says nothing.

The command line speaks English here, whatever the machine speaks.
"""

import os
import shutil

import hypothesis
import pytest

os.environ["LC_ALL"] = "C.UTF-8"

hypothesis.settings.register_profile("gradschool", deadline=None)
hypothesis.settings.load_profile("gradschool")


def pytest_configure(config):
    config.addinivalue_line("markers", "needs(program, ...): skipped where a program is not on the path, failed in CI")


def pytest_runtest_setup(item):
    for marker in item.iter_markers("needs"):
        for program in marker.args:
            if shutil.which(program) is None:
                pytest.skip(f"needs {program}, which is not on the path")


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_makereport():
    return _no_skips_in_ci((yield))


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_make_collect_report():
    return _no_skips_in_ci((yield))


def _no_skips_in_ci(report):
    expected_failure = hasattr(report, "wasxfail")
    if report.skipped and not expected_failure and os.environ.get("GRADSCHOOL_CI"):
        reason = report.longrepr[-1] if isinstance(report.longrepr, tuple) else report.longrepr
        report.outcome = "failed"
        report.longrepr = f"CI has everything that a test needs, and this one was skipped: {reason}"
    return report
