"""Whose function draws: the learner's once it agrees with the reference, the reference until then, and why."""

import copy
from collections.abc import Callable, Sequence
from html import escape
from typing import Any

import numpy as np
from numpy.typing import NDArray

from gradschool import language, numeric
from gradschool.figures.deadline import TooSlow, limited

SECONDS = 2.0  # that one call may take

Pair = tuple[Callable[..., Any], Callable[..., Any]]


class Nonsense(Exception):
    """What came back is not what the figure can draw."""


class Borrowed:
    """A function that draws: the learner's while it behaves, the reference otherwise.

    name : what the learner calls it
    theirs : the learner's function, or None
    reference : takes and gives the same
    probes : argument tuples on which the two must agree before the learner's is used
    accept : turns a result into floats and float64 arrays, or raises Nonsense; gets the result and the arguments
    """

    def __init__(
        self,
        name: str,
        theirs: Callable[..., Any] | None,
        reference: Callable[..., Any],
        probes: Sequence[tuple[Any, ...]],
        accept: Callable[..., Any],
    ) -> None:
        self.name = name
        self.problem: tuple[str, str] | None = None
        self.blamed = name
        self._theirs = theirs
        self._reference = reference
        self._accept = accept
        if theirs is None:
            self.problem = ("absent", "")
            return
        for arguments in probes:
            self._probe(arguments)

    @property
    def yours(self) -> bool:
        """Whether the learner's function draws."""
        return self.problem is None

    def __call__(self, *arguments: Any) -> Any:
        """Return the learner's result, or the reference's as soon as the learner's function misbehaves."""
        if self.yours:
            result = self._ask(arguments)
            if self.yours:
                return result
        return self._accept(self._reference(*copy.deepcopy(arguments)), *arguments)

    def call_learner(self, call: Callable[[], Any]) -> Any:
        """Return call(), which uses the learner's functions; None, and a demotion, when it misbehaves."""
        try:
            return limited(lambda: _quietly(call), SECONDS)
        except NotImplementedError:
            self.problem = ("not-written", "")
        except TooSlow:
            self.problem = ("slow", f"{SECONDS:g}")
        except Nonsense as error:
            self.problem = ("nonsense", str(error))
        except Exception as error:
            self.problem = ("raised", _first_line(error))
        return None

    def _probe(self, arguments: tuple[Any, ...]) -> None:
        if not self.yours:
            return
        got = self._ask(arguments)
        want = self._accept(self._reference(*copy.deepcopy(arguments)), *arguments)
        if self.yours and not agree(got, want):
            self.problem = ("differs", "")

    def _ask(self, arguments: tuple[Any, ...]) -> Any:
        theirs = self._theirs
        assert theirs is not None
        copies = copy.deepcopy(arguments)
        return self.call_learner(lambda: self._accept(theirs(*copies), *arguments))


class BorrowedPair(Borrowed):
    """A forward and a backward function of the learner's, used as one: (upstream, *inputs) -> (out, gradients).

    The reference's gradients are measured numerically: there is no backward function to copy from.
    `gradients` is a tuple, one for each input.
    """

    def __init__(
        self,
        forward_name: str,
        backward_name: str,
        theirs: Pair | None,
        forward: Callable[..., Any],
        probes: Sequence[tuple[Any, ...]],
    ) -> None:
        def both(upstream: Any, *inputs: Any) -> tuple[Any, Any]:
            assert theirs is not None
            self.blamed = forward_name
            out, cache = two(theirs[0](*inputs))
            self.blamed = backward_name
            return out, theirs[1](upstream, cache)

        def reference(upstream: Any, *inputs: Any) -> tuple[Any, Any]:
            gradients = tuple(_pull_back(forward, inputs, i, upstream) for i in range(len(inputs)))
            return forward(*inputs), gradients if len(gradients) > 1 else gradients[0]

        def accept(result: tuple[Any, Any], upstream: Any, *inputs: Any) -> tuple[Any, Any]:
            out, gradients = result
            self.blamed = forward_name
            out = like(out, upstream)
            self.blamed = backward_name
            return out, _gradients_like(gradients, inputs)

        name = f"{forward_name}, {backward_name}"
        super().__init__(name, None if theirs is None else both, reference, probes, accept)
        if self.problem and self.problem[0] == "differs":
            self.blamed = name


class BorrowedCurve(Borrowed):
    """A pair that works entry by entry: (upstream, x) -> (out, dx), all of x's shape.

    forward : the reference's forward function alone; its slope is measured numerically, at all entries at once
    """

    def __init__(
        self,
        forward_name: str,
        backward_name: str,
        theirs: Pair | None,
        forward: Callable[[Any], Any],
        probes: Sequence[tuple[Any, ...]],
    ) -> None:
        def both(upstream: Any, x: Any) -> tuple[Any, Any]:
            assert theirs is not None
            self.blamed = forward_name
            out, cache = two(theirs[0](x))
            self.blamed = backward_name
            return out, theirs[1](upstream, cache)

        def reference(upstream: Any, x: Any) -> tuple[Any, Any]:
            return forward(x), upstream * slope(forward, x)

        def accept(result: tuple[Any, Any], upstream: Any, x: Any) -> tuple[Any, Any]:
            return like(result[0], x), like(result[1], x)

        name = f"{forward_name}, {backward_name}"
        super().__init__(name, None if theirs is None else both, reference, probes, accept)
        if self.problem and self.problem[0] == "differs":
            self.blamed = name


def slope(f: Callable[[Any], Any], x: Any) -> Any:
    """Return the derivative of an entry-by-entry function at every entry of an array."""
    return numeric.derivative(lambda step: f(x + step), 0.0)


def real(result: Any, *_: Any) -> float:
    """Return a result as a finite float; raise Nonsense when it is none."""
    return float(like(result, 0.0))


def like(result: Any, template: Any) -> Any:
    """Return a result as finite float64 in the template's shape: a float for a float; raise Nonsense otherwise."""
    got = _array(result)
    if got.shape != np.shape(template):
        if got.size != 1 or np.size(template) != 1:
            raise Nonsense(f"shape {got.shape} ≠ {np.shape(template)}")
        got = got.reshape(np.shape(template))
    if not np.all(np.isfinite(got)):
        raise Nonsense("nan, inf")
    return got if np.ndim(template) else float(got)


def agree(got: Any, want: Any) -> bool:
    """Say whether two accepted results are alike, number by number."""
    if isinstance(want, tuple | list):
        return len(got) == len(want) and all(agree(g, w) for g, w in zip(got, want, strict=True))
    return bool(np.shape(got) == np.shape(want) and np.allclose(got, want, rtol=1e-5, atol=1e-7))


def _array(result: Any) -> NDArray[np.float64]:
    try:
        return np.asarray(result, dtype=np.float64)
    except (TypeError, ValueError):
        raise Nonsense(type(result).__name__) from None


def two(result: Any) -> tuple[Any, Any]:
    """Return the halves of a result that should be a pair; raise Nonsense when it is none."""
    if not isinstance(result, tuple | list) or len(result) != 2:
        raise Nonsense("(out, cache)?")
    return result[0], result[1]


def _gradients_like(gradients: Any, inputs: tuple[Any, ...]) -> tuple[Any, ...]:
    if len(inputs) == 1:
        return (like(gradients, inputs[0]),)
    if not isinstance(gradients, tuple | list) or len(gradients) != len(inputs):
        raise Nonsense(f"{len(inputs)} gradients?")
    return tuple(like(gradient, one) for gradient, one in zip(gradients, inputs, strict=True))


def _pull_back(forward: Callable[..., Any], inputs: tuple[Any, ...], i: int, upstream: Any) -> Any:
    names = {f"x{k}": value for k, value in enumerate(inputs)}
    return numeric.vjp(lambda **values: forward(*values.values()), names, f"x{i}", upstream)


def _quietly(call: Callable[[], Any]) -> Any:
    with np.errstate(all="ignore"):
        return call()


def _first_line(error: Exception) -> str:
    lines = str(error).splitlines() or [""]
    return f"{type(error).__name__}: {lines[0][:120]}".rstrip(": ")


_YOURS = {"en": "Drawn by your own {names}.", "ko": "직접 쓴 함수로 그렸어요: {names}."}
_REFERENCE = {"en": "Drawn by the reference.", "ko": "기준 구현으로 그렸어요."}
_FOR_NOW = {"en": "Drawn by the reference for now: {why}", "ko": "지금은 기준 구현으로 그렸어요. {why}"}
_IN_PART = {"en": "The rest by the reference for now: {why}", "ko": "나머지는 지금은 기준 구현이에요. {why}"}
_WHY = {
    "not-written": {"en": "{name} is not written yet.", "ko": "{name}: 아직 완성하지 않았어요."},
    "raised": {"en": "{name} stopped with {detail}.", "ko": "{name}: 오류로 멈췄어요 ({detail})."},
    "nonsense": {
        "en": "{name} gave something that cannot be drawn ({detail}).",
        "ko": "{name}: 그릴 수 없는 값을 돌려줬어요 ({detail}).",
    },
    "differs": {
        "en": "{name} does not agree with the numbers yet; the check cell says more.",
        "ko": "{name}: 값이 아직 수치 기울기와 맞지 않아요. 검사 셀이 더 알려 줘요.",
    },
    "slow": {
        "en": "{name} did not come back within {detail} s.",
        "ko": "{name}: {detail}초 안에 끝나지 않았어요.",
    },
}


def verdict(borrowed: Sequence[Borrowed]) -> str:
    """Return the line under a figure, as HTML: whose functions drew it, and why not the learner's."""
    code = language.current()
    yours = [function for function in borrowed if function.yours]
    named = (why(function) for function in borrowed if function.problem and function.problem[0] != "absent")
    reasons = list(dict.fromkeys(named))  # of two functions that fail by a third, that one is named once
    parts = []
    if yours:
        each = [name for function in yours for name in function.name.split(", ")]
        names = ", ".join(f"<code>{escape(name)}</code>" for name in dict.fromkeys(each))
        parts.append(f'<span class="gs-yours">{_YOURS[code].format(names=f"<b>{names}</b>")}</span>')
    if reasons:
        sentence = _IN_PART if yours else _FOR_NOW
        parts.append(f'<span class="gs-theirs">{sentence[code].format(why=" ".join(reasons))}</span>')
    elif not yours:
        parts.append(f'<span class="gs-theirs">{_REFERENCE[code]}</span>')
    return " ".join(parts)


def why(function: Borrowed) -> str:
    """Return, as HTML, why the learner's function does not draw."""
    assert function.problem is not None
    kind, detail = function.problem
    return _WHY[kind][language.current()].format(name=f"<code>{escape(function.blamed)}</code>", detail=escape(detail))
