# %% right="closures, as in well-known small engines"
class Value:
    def __init__(self, data, inputs=()):
        self.data = float(data)
        self.grad = 0
        self.inputs = inputs
        self.hand_back = lambda: None

    def __add__(self, other):
        other = other if isinstance(other, Value) else Value(other)
        out = Value(self.data + other.data, (self, other))

        def hand_back():
            self.grad += out.grad
            other.grad += out.grad

        out.hand_back = hand_back
        return out

    def __mul__(self, other):
        other = other if isinstance(other, Value) else Value(other)
        out = Value(self.data * other.data, (self, other))

        def hand_back():
            self.grad += other.data * out.grad
            other.grad += self.data * out.grad

        out.hand_back = hand_back
        return out

    def exp(self):
        out = Value(math.exp(self.data), (self,))

        def hand_back():
            self.grad += out.data * out.grad

        out.hand_back = hand_back
        return out

    def power(self, n):
        out = Value(self.data**n, (self,))

        def hand_back():
            self.grad += n * self.data ** (n - 1) * out.grad

        out.hand_back = hand_back
        return out

    def __neg__(self): return self * -1
    def __sub__(self, other): return self + (-other)
    def __rsub__(self, other): return other + (-self)
    def __truediv__(self, other): return self * (other.power(-1) if isinstance(other, Value) else 1 / other)
    def __rtruediv__(self, other): return self.power(-1) * other
    __radd__ = __add__
    __rmul__ = __mul__

    def backward(self):
        order, seen, stack = [], set(), [self]
        while stack:
            node = stack[-1]
            waiting = [each for each in node.inputs if each not in seen]
            if node in seen:
                stack.pop()
            elif waiting:
                stack.extend(waiting)
            else:
                seen.add(node)
                order.append(stack.pop())
        self.grad = 1
        for node in reversed(order):
            node.hand_back()

# %% right="a global tape with numbers"
tape = []


class Value:
    def __init__(self, data, inputs=()):
        self.data, self.grad, self.inputs = data, 0.0, inputs
        self.place = len(tape)
        tape.append(self)

    def __add__(self, other):
        other = other if type(other) is Value else Value(other)
        return Value(self.data + other.data, [(self, 1), (other, 1)])

    def __mul__(self, other):
        other = other if type(other) is Value else Value(other)
        return Value(self.data * other.data, [(self, other.data), (other, self.data)])

    def __truediv__(self, other):
        other = other if type(other) is Value else Value(other)
        return Value(self.data / other.data, [(self, 1 / other.data), (other, -self.data / other.data**2)])

    def exp(self):
        e = np.exp(self.data)
        return Value(e, [(self, e)])

    def __neg__(self): return self * -1
    def __sub__(self, other): return self + other * -1
    def __radd__(self, other): return self + other
    def __rmul__(self, other): return self * other
    def __rsub__(self, other): return -self + other
    def __rtruediv__(self, other): return Value(other) / self

    def backward(self):
        reached = {self.place}
        self.grad = 1.0
        for node in tape[self.place :: -1]:
            if node.place in reached:
                for each, local in node.inputs:
                    reached.add(each.place)
                    each.grad = each.grad + local * node.grad

# %% right="counts who is still to come"
class Value:
    def __init__(self, data, inputs=()):
        self.data, self.grad, self.inputs = data, 0.0, tuple(inputs)

    def __add__(self, other):
        other = Value.wrap(other)
        return Value(self.data + other.data, [(self, 1.0), (other, 1.0)])

    def __mul__(self, other):
        other = Value.wrap(other)
        return Value(self.data * other.data, [(self, other.data), (other, self.data)])

    def __truediv__(self, other):
        other = Value.wrap(other)
        return Value(self.data / other.data, [(self, 1 / other.data), (other, -self.data / other.data / other.data)])

    def exp(self):
        return Value(math.exp(self.data), [(self, math.exp(self.data))])

    @classmethod
    def wrap(cls, other):
        return other if isinstance(other, cls) else cls(other)

    def __neg__(self): return Value(-self.data, [(self, -1.0)])
    def __sub__(self, other): return self + -Value.wrap(other)
    def __rsub__(self, other): return Value.wrap(other) - self
    def __rtruediv__(self, other): return Value.wrap(other) / self
    __radd__, __rmul__ = __add__, __mul__

    def backward(self):
        awaited, todo = {}, [self]
        while todo:
            for each, _ in todo.pop().inputs:
                if id(each) not in awaited:
                    awaited[id(each)] = 0
                    todo.append(each)
                awaited[id(each)] += 1
        self.grad, ready = 1.0, [self]
        while ready:
            node = ready.pop()
            for each, local in node.inputs:
                each.grad += local * node.grad
                awaited[id(each)] -= 1
                if not awaited[id(each)]:
                    ready.append(each)

# %% right="resets by itself"
class ValueAgain(Value):
    pass


def backward(self):
    order, seen, stack = [], set(), [(self, False)]
    while stack:
        node, done = stack.pop()
        if done:
            order.append(node)
        elif id(node) not in seen:
            seen.add(id(node))
            node.grad = 0.0
            stack.append((node, True))
            stack.extend((each, False) for each, _ in node.inputs)
    self.grad = 1.0
    for node in order[::-1]:
        for each, local in node.inputs:
            each.grad += local * node.grad


Value.backward = backward

# %% wrong="not-accumulated" title="= for +="
def backward(self):
    order, seen, stack = [], set(), [(self, False)]
    while stack:
        node, done = stack.pop()
        if done:
            order.append(node)
        elif id(node) not in seen:
            seen.add(id(node))
            stack.append((node, True))
            stack.extend((each, False) for each, _ in node.inputs)
    self.grad = 1.0
    for node in order[::-1]:
        for each, local in node.inputs:
            each.grad = local * node.grad


Value.backward = backward

# %% wrong="wrong-value" says="order" title="depth first, no order"
def backward(self):
    self.grad = 1.0
    stack = [self]
    while stack:
        node = stack.pop()
        for each, local in node.inputs:
            each.grad += local * node.grad
            stack.append(each)


Value.backward = backward

# %% wrong="raised" kind="odd" says="Recursion" title="recursion breaks on a long chain"
def backward(self):
    order, seen = [], set()

    def visit(node):
        if id(node) not in seen:
            seen.add(id(node))
            for each, _ in node.inputs:
                visit(each)
            order.append(node)

    visit(self)
    self.grad = 1.0
    for node in order[::-1]:
        for each, local in node.inputs:
            each.grad += local * node.grad


Value.backward = backward

# %% wrong="missing-upstream" title="local gradients alone"
def backward(self):
    order, seen, stack = [], set(), [(self, False)]
    while stack:
        node, done = stack.pop()
        if done:
            order.append(node)
        elif id(node) not in seen:
            seen.add(id(node))
            stack.append((node, True))
            stack.extend((each, False) for each, _ in node.inputs)
    self.grad = 1.0
    for node in order[::-1]:
        for each, local in node.inputs:
            each.grad += local


Value.backward = backward

# %% wrong="swapped" title="mul with its own operand"
def made(data, *inputs):
    out = Value(data)
    out.inputs = inputs
    return out


def __mul__(self, other):
    other = (other if isinstance(other, Value) else Value(other))
    return made(self.data * other.data, (self, self.data), (other, other.data))


Value.__mul__ = __mul__

# %% wrong="wrong-sign" title="minus as plus on the way back"
def made(data, *inputs):
    out = Value(data)
    out.inputs = inputs
    return out


def __neg__(self):
    return made(-self.data, (self, 1.0))


Value.__neg__ = __neg__

# %% wrong="wrong-value" says="value itself" title="b - a for a - b"
def __sub__(self, other):
    return (other if isinstance(other, Value) else Value(other)) + -self


Value.__sub__ = __sub__

# %% wrong="raised" kind="odd" says="TypeError" title="no number on the left"
del Value.__rmul__

# %% wrong="wrong-value" title="exp hands back 1"
def made(data, *inputs):
    out = Value(data)
    out.inputs = inputs
    return out


def exp(self):
    return made(math.exp(self.data), (self, 1.0))


Value.exp = exp

# %% wrong="not-accumulated" kind="odd" title="a set of inputs: a + a loses one"
def made(data, *inputs):
    out = Value(data)
    out.inputs = inputs
    return out


def __add__(self, other):
    other = (other if isinstance(other, Value) else Value(other))
    inputs = {id(self): (self, 1.0), id(other): (other, 1.0)}
    return made(self.data + other.data, *inputs.values())


Value.__add__ = __add__

# %% wrong="not-accumulated" title="= for +=, taken from a stack"
def backward(self):
    self.grad = 1.0
    stack = [self]
    while stack:
        node = stack.pop()
        for each, local in node.inputs:
            each.grad = local * node.grad
            stack.append(each)


Value.backward = backward

# %% wrong="not-accumulated" title="= for +=, in another order"
def backward(self):
    order, seen = [], set()

    def visit(node):
        if id(node) not in seen:
            seen.add(id(node))
            for each, _ in node.inputs:
                visit(each)
            order.append(node)

    visit(self)
    self.grad = 1.0
    for node in order[::-1]:
        for each, local in node.inputs:
            each.grad = local * node.grad


Value.backward = backward

# %% wrong="wrong-value" says="order" title="recursion that sends again what it sent before"
def backward(self, first=True):
    if first:
        self.grad = 1.0
    for each, local in self.inputs:
        each.grad += local * self.grad
        each.backward(first=False)


Value.backward = backward

# %% wrong="wrong-value" says="Every .grad is 1" title="each one starts with 1 again"
def backward(self):
    self.grad = 1.0
    for each, local in self.inputs:
        each.grad += local * self.grad
        each.backward()


Value.backward = backward

# %% wrong="wrong-sign" says="under a fraction" title="the divisor's gradient with a plus"
def made(data, *inputs):
    out = Value(data)
    out.inputs = inputs
    return out


def __truediv__(self, other):
    other = other if isinstance(other, Value) else Value(other)
    return made(self.data / other.data, (self, 1 / other.data), (other, self.data / other.data**2))


Value.__truediv__ = __truediv__


# %% wrong="swapped not-accumulated" title="= for +=, and mul with its own operand"
class Value(Value):
    def __mul__(self, other):
        other = other if isinstance(other, Value) else Value(other)
        out = Value(self.data * other.data)
        out.inputs = ((self, self.data), (other, other.data))
        return out

    __rmul__ = __mul__

    def backward(self):
        order, seen, stack = [], set(), [(self, False)]
        while stack:
            node, inputs_done = stack.pop()
            if inputs_done:
                order.append(node)
            elif id(node) not in seen:
                seen.add(id(node))
                stack.append((node, True))
                stack.extend((each, False) for each, _ in node.inputs)
        self.grad = 1.0
        for node in reversed(order):
            for each, local in node.inputs:
                each.grad = local * node.grad
