"""What stands before every notebook's set-up: the package is found, or installed from the wheel that lies beside it."""

_LINES = """\
try:
    import gradschool
except ImportError:  # handed out as a folder: the package is the .whl file beside this notebook
    import importlib
    import subprocess
    import sys
    from pathlib import Path

    wheels = [str(path) for folder in (Path(), Path("..")) for path in sorted(folder.glob("gradschool-*.whl"))]
    install = [sys.executable, "-m", "pip", "install", "--quiet"]
    if not wheels or subprocess.run([*install, wheels[-1]], check=False).returncode != 0:
        raise ImportError({says}) from None
    importlib.invalidate_caches()

"""

_SAYS = {
    "ko": "gradschool 패키지를 찾지 못했어요. gradschool-….whl 파일을 이 노트북과 같은 폴더에 두고(Colab에서는 왼쪽 폴더에 끌어다 놓고) 이 셀을 다시 실행하세요. "
    "그래도 안 되면 터미널에서 pip install gradschool-….whl을 실행해 보세요.",
    "en": "The gradschool package was not found. Put the gradschool-….whl file into this notebook's folder (on Colab: drop it into the "
    "folder on the left) and run this cell again. If that does not help, run pip install gradschool-….whl in a terminal.",
}


def before(setup: str, language: str) -> str:
    """Return a set-up cell as a reader of this language gets it, the package's own lines first."""
    return _LINES.replace("{says}", repr(_SAYS[language])) + setup.replace("{lang}", language)
