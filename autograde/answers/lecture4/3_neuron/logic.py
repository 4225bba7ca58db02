# %% right="other weights, and lists for arrays"
def and_gate():
    return [20.0, 20.0], -30.0


def or_gate():
    return [20, 20], -10


def nand_gate():
    return (-20, -20), 30


# %% right="unequal weights"
def and_gate():
    return np.array([0.9, 1.4]), -1.6


def or_gate():
    return np.array([2.0, 0.7]), -0.35


def nand_gate():
    w, b = and_gate()
    return -w, -b


# %% right="exactly the margin"
def and_gate():
    return np.array([0.2, 0.2]), -0.3


def or_gate():
    return np.array([0.2, 0.2]), -0.1


def nand_gate():
    return np.array([-0.2, -0.2]), 0.3


# %% right="xor out of four NANDs"
def nand(a, b):
    return fire(np.array([a, b]), *nand_gate())


def xor(x):
    middle = nand(x[0], x[1])
    return nand(nand(x[0], middle), nand(middle, x[1]))


# %% right="xor without fire, a boolean, numpy weights in a list"
def xor(x):
    def gate(inputs, parameters):
        w, b = parameters
        return np.dot(inputs, w) + b > 0

    return gate([gate(x, or_gate()), gate(x, nand_gate())], and_gate())


# %% right="two layers as matrices"
def xor(x):
    W = np.array([or_gate()[0], nand_gate()[0]])
    b = np.array([or_gate()[1], nand_gate()[1]])
    hidden = (W @ x + b > 0).astype(float)
    w, b = and_gate()
    return 1 if w @ hidden + b > 0 else 0


# %% wrong="low-accuracy" says="noise" title="AND whose threshold is touched"
def and_gate():
    return np.array([1.0, 1.0]), -1.0


# %% wrong="low-accuracy" says="noise" title="OR without a bias"
def or_gate():
    return np.array([1.0, 1.0]), 0.0


# %% wrong="low-accuracy" says="noise" title="NAND with thin margins"
def nand_gate():
    return np.array([-0.1, -0.1]), 0.15


# %% wrong="wrong-sign" says="like a threshold" title="thresholds for biases"
def and_gate():
    return np.array([1.0, 1.0]), 1.5


# %% wrong="wrong-sign" says="like a threshold" title="the threshold of OR for its bias"
def or_gate():
    return np.array([1.0, 1.0]), 0.5


# %% wrong="wrong-sign" says="fires where it should be silent" title="AND for NAND"
def nand_gate():
    return np.array([1.0, 1.0]), -1.5


# %% wrong="wrong-value" says="NOR" title="NOR for NAND"
def nand_gate():
    return np.array([-1.0, -1.0]), 0.5


# %% wrong="wrong-sign" says="like a threshold" title="NAND with the bias of AND"
def nand_gate():
    return np.array([-1.0, -1.0]), -1.5


# %% wrong="wrong-value" says="make OR" title="OR for AND"
def and_gate():
    return np.array([1.0, 1.0]), -0.5


# %% wrong="wrong-value" says="make AND" title="AND for OR"
def or_gate():
    return np.array([1.0, 1.0]), -1.5


# %% wrong="wrong-value" says="first input alone" title="one weight is zero"
def or_gate():
    return np.array([1.0, 0.0]), -0.5


# %% wrong="wrong-value" says="never fires" title="AND with a threshold out of reach"
def and_gate():
    return np.array([0.5, 0.5]), -2.0


# %% wrong="swapped" title="b first, then w"
def and_gate():
    return -1.5, np.array([1.0, 1.0])


# %% wrong="wrong-shape" title="three numbers in a row"
def or_gate():
    return 1.0, 1.0, -0.5


# %% wrong="wrong-shape" kind="odd" title="the bias among the weights"
def and_gate():
    return np.array([1.0, 1.0, -1.5]), 0.0


# %% wrong="wrong-type" kind="odd" title="a gate that fires by itself"
def and_gate():
    return lambda x: float(x[0] and x[1])


# %% wrong="unstable-result" kind="odd" title="weights at random until they fit"
rng = np.random.default_rng(4)


def or_gate():
    return np.array([1.0, 1.0]), -rng.uniform(0.2, 0.8)


# %% wrong="wrong-value" says="equal, to the last digit" title="xor by comparing"
def xor(x):
    return 1.0 if x[0] != x[1] else 0.0


# %% wrong="wrong-value" kind="odd" says="distance" title="xor as a distance"
def xor(x):
    return abs(x[0] - x[1])


# %% wrong="wrong-value" kind="odd" says="multiplied" title="xor as a polynomial"
def xor(x):
    return x[0] * (1 - x[1]) + x[1] * (1 - x[0])


# %% wrong="wrong-value" kind="odd" says="remainder" title="xor by arithmetic"
def xor(x):
    return (x[0] + x[1]) % 2


# %% wrong="wrong-value" kind="odd" title="xor cut to whole numbers"
def xor(x):
    return float(int(x[0]) ^ int(x[1]))


# %% wrong="raised" kind="odd" title="xor as a table by heart"
def xor(x):
    return {(0, 0): 0.0, (0, 1): 1.0, (1, 0): 1.0, (1, 1): 0.0}[tuple(x)]


# %% wrong="wrong-value" says="exact ones" title="xor by if"
def xor(x):
    if x[0] == 1 and x[1] == 1:
        return 0.0
    elif x[0] == 1 or x[1] == 1:
        return 1.0
    return 0.0


# %% wrong="wrong-value" says="This is OR" title="xor that is OR"
def xor(x):
    return fire(x, *or_gate())


# %% wrong="wrong-value" says="This is AND" title="xor that joins OR and AND"
def xor(x):
    return fire(np.array([fire(x, *or_gate()), fire(x, *and_gate())]), *and_gate())


# %% wrong="wrong-value" says="same whatever|always|1 whatever" title="xor that joins its halves with OR"
def xor(x):
    return fire(np.array([fire(x, *or_gate()), fire(x, *nand_gate())]), *or_gate())


# %% wrong="wrong-sign" says="alike" title="xor with NAND at the end"
def xor(x):
    return fire(np.array([fire(x, *or_gate()), fire(x, *nand_gate())]), *nand_gate())


# %% wrong="wrong-value" title="one neuron is tried for xor"
def xor(x):
    return fire(x, np.array([1.0, -1.0]), -0.5)


# %% wrong="not-attempted" kind="odd" title="the gates alone"
def xor(x):
    raise NotImplementedError
