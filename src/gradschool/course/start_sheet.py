"""The page that lies in every bundle: how to begin, in JupyterLab, VS Code and Colab, in the reader's language."""

from html import escape

_WORDS = {
    "ko": {
        "title": "시작하기",
        "hello": "이 폴더에는 노트북과, 노트북이 쓰는 패키지(<code>.whl</code> 파일)가 들어 있어요. 둘을 같은 폴더에 그대로 두세요. "
        "노트북의 첫 셀을 실행하면 패키지가 알아서 설치돼요. 노트북은 1번부터 차례대로 하세요.",
        "lab": "JupyterLab",
        "lab_steps": [
            "파이썬 3.11 이상이 필요해요. 터미널에서 이 폴더로 가세요.",
            "<code>python -m venv .venv</code>",
            "Windows: <code>.venv\\Scripts\\activate</code> · macOS와 Linux: <code>source .venv/bin/activate</code>",
            '<code>pip install jupyterlab "./{wheel}[cli]"</code>',
            "<code>jupyter lab</code>을 실행하고 노트북을 여세요.",
            "내 점수는 <code>gradschool check {notebook}</code>, 전체에서 어디쯤 왔는지는 <code>gradschool progress</code>가 알려 줘요.",
        ],
        "code": "VS Code",
        "code_steps": [
            "Python과 Jupyter 확장을 설치하고 이 폴더를 여세요.",
            "노트북을 열고, 오른쪽 위에서 커널로 파이썬 3.11 이상을 고르세요.",
            "첫 셀을 실행하세요.",
        ],
        "colab": "Google Colab",
        "colab_steps": [
            "colab.research.google.com에서 <em>파일 → 노트 업로드</em>로 노트북 하나를 올리세요.",
            "왼쪽의 폴더 아이콘을 누르고 <code>{wheel}</code> 파일을 끌어다 놓으세요.",
            "첫 셀을 실행하세요. 세션이 끊기면 <code>.whl</code> 파일을 다시 올려야 해요.",
        ],
        "return": "다 했으면",
        "return_text": "노트북을 저장하고 <code>.ipynb</code> 파일을 그대로 제출하세요. 검사 셀은 고쳐도, 지워도 점수에 영향이 없어요. "
        "채점은 원래의 검사 셀로 하니까요. 출력은 그대로 두어도 괜찮아요.",
        "files": "들어 있는 노트북",
    },
    "en": {
        "title": "Start here",
        "hello": "This folder holds the notebooks and the package that they use (the <code>.whl</code> file). Keep them side by side: "
        "the first cell of a notebook installs the package by itself. Work through the notebooks in order, from 1.",
        "lab": "JupyterLab",
        "lab_steps": [
            "You need Python 3.11 or newer. In a terminal, go to this folder.",
            "<code>python -m venv .venv</code>",
            "Windows: <code>.venv\\Scripts\\activate</code> · macOS and Linux: <code>source .venv/bin/activate</code>",
            '<code>pip install jupyterlab "./{wheel}[cli]"</code>',
            "Run <code>jupyter lab</code> and open a notebook.",
            "<code>gradschool check {notebook}</code> tells your points, <code>gradschool progress</code> how far you are.",
        ],
        "code": "VS Code",
        "code_steps": [
            "Install the Python and Jupyter extensions and open this folder.",
            "Open a notebook and choose a Python of 3.11 or newer as its kernel, top right.",
            "Run the first cell.",
        ],
        "colab": "Google Colab",
        "colab_steps": [
            "At colab.research.google.com, upload one notebook with <em>File → Upload notebook</em>.",
            "Click the folder on the left and drop <code>{wheel}</code> there.",
            "Run the first cell. When a session has ended, the <code>.whl</code> must be dropped there again.",
        ],
        "return": "When you are done",
        "return_text": "Save the notebook and hand in the <code>.ipynb</code> file as it is. A check cell that was edited or deleted costs "
        "nothing: grading uses the original ones. Outputs may stay.",
        "files": "Notebooks in here",
    },
}

_STYLE = """
body { font: 16px/1.6 system-ui, sans-serif; max-width: 42rem; margin: 2rem auto; padding: 0 1rem; color: #222; word-break: keep-all; overflow-wrap: anywhere }
h1 { font-size: 1.6rem } h2 { font-size: 1.1rem; margin: 1.4rem 0 .3rem } ol, ul { margin: 0; padding-left: 1.4rem }
code { background: #f2f2f0; padding: .1em .3em; border-radius: 3px; overflow-wrap: anywhere }
@media print { body { margin: 0 } }
"""


def page(language: str, wheel: str, notebooks: list[tuple[str, str]]) -> str:
    """Return the start sheet as one HTML page.

    wheel : the wheel's file name
    notebooks : (file name, title) of each notebook in the bundle
    """
    words = _WORDS[language]
    ways = "".join(
        f"<h2>{words[way]}</h2><ol>{''.join(f'<li>{step.format(wheel=escape(wheel), notebook=escape(notebooks[0][0]))}</li>' for step in words[f'{way}_steps'])}</ol>"
        for way in ("lab", "code", "colab")
    )
    files = "".join(f"<li><code>{escape(name)}</code> {escape(title)}</li>" for name, title in notebooks)
    return (
        f'<!doctype html><html lang="{language}"><meta charset="utf-8"><meta name="viewport" content="width=device-width">'
        f"<title>{words['title']}</title><style>{_STYLE}</style>"
        f"<h1>{words['title']}</h1><p>{words['hello']}</p>{ways}"
        f"<h2>{words['files']}</h2><ul>{files}</ul><h2>{words['return']}</h2><p>{words['return_text']}</p></html>\n"
    )
