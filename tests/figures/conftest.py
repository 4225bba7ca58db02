import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from gradschool import language

sys.path.insert(0, str(Path(__file__).parent))


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    before = language.current()
    language.use("en")
    yield
    language.use(before)
