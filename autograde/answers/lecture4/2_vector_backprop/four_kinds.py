# %% right="lists and whole numbers"
def line_derivative(x):
    return 3


def curve_jacobian(x):
    return [2, 6 * x + 4]


def surface_gradient(x):
    return [6 * x[0] + 4 * x[1], 4 * x[0]]


def map_jacobian(x):
    return [[2, 8 * x[1]], [3 * x[1], 3 * x[0] + 6]]


# %% right="filled entry by entry"
def map_jacobian(x):
    x1, x2 = x
    J = np.empty((2, 2))
    J[0, 0], J[0, 1] = 2, 8 * x2
    J[1, 0], J[1, 1] = 3 * x2, 6 + 3 * x1
    return J


# %% right="as matrix products"
def surface_gradient(x):
    return np.array([[6.0, 4.0], [4.0, 0.0]]) @ x


def curve_jacobian(x):
    return np.array([[0.0, 2.0], [6.0, 4.0]]) @ [x, 1.0]


# %% right="columns stacked, a 0-d array for a float"
def map_jacobian(x):
    by_x1 = np.array([2.0, 3 * x[1]])
    by_x2 = np.array([8 * x[1], 3 * x[0] + 6])
    return np.stack([by_x1, by_x2], axis=1)


def line_derivative(x):
    return np.array(3.0)


# %% right="polynomials differentiated by numpy"
def line_derivative(x):
    return np.polyval(np.polyder([3, 4]), x)


def curve_jacobian(x):
    return np.array([np.polyval(np.polyder(p), x) for p in ([2, 3], [3, 4, 0])])


# %% right="lambdas"
line_derivative = lambda x: 3.0 + 0 * x
curve_jacobian = lambda x: (2.0, 2 * (3 * x + 2))


# %% wrong="wrong-value" says="what the slide prints" title="the slide's curve: the 4 is lost"
def curve_jacobian(x):
    return np.array([2.0, 6 * x])


# %% wrong="transposed" says="what the slide prints" title="the slide's map: inputs × outputs"
def map_jacobian(x):
    return np.array([[2.0, 3 * x[1]], [8 * x[1], 3 * x[0] + 6]])


# %% wrong="wrong-value" says="function itself" title="the line itself"
def line_derivative(x):
    return 3 * x + 4


# %% wrong="wrong-value" says="function itself" title="the surface's value"
def surface_gradient(x):
    return 3 * x[0] ** 2 + 4 * x[0] * x[1]


# %% wrong="wrong-value" says="function itself" title="the curve itself"
def curve_jacobian(x):
    return np.array([2 * x + 3, 3 * x**2 + 4 * x])


# %% wrong="wrong-shape" title="the curve's Jacobian as a column"
def curve_jacobian(x):
    return np.array([[2.0], [6 * x + 4]])


# %% wrong="wrong-value" says="second one add" title="the surface without the mixed term"
def surface_gradient(x):
    return np.array([6 * x[0], 4 * x[0]])


# %% wrong="wrong-value" says="x₁ is a constant" title="x₂ for x₁ in the surface"
def surface_gradient(x):
    return np.array([6 * x[0] + 4 * x[1], 4 * x[1]])


# %% wrong="wrong-value" says="opposite order" title="the surface's slopes exchanged"
def surface_gradient(x):
    return np.array([4 * x[0], 6 * x[0] + 4 * x[1]])


# %% wrong="wrong-value" title="the curve's second slope without its constant factor"
def curve_jacobian(x):
    return np.array([2.0, 3 * x + 4])


# %% wrong="wrong-value" kind="odd" says="same whatever goes in" title="the visible numbers written down"
def map_jacobian(x):
    return np.array([[2.0, 16.0], [6.0, 9.0]])


# %% wrong="wrong-value" kind="odd" title="counting from one"
def map_jacobian(x):
    return np.array([[2.0, 8 * x[0]], [3 * x[0], 3 * x[1] + 6]])


# %% wrong="wrong-shape" title="the map's Jacobian flat"
def map_jacobian(x):
    return np.array([2.0, 8 * x[1], 3 * x[1], 3 * x[0] + 6])


# %% wrong="transposed wrong-sign" title="the slide's map with a minus"
def map_jacobian(x):
    return -np.array([[2.0, 3 * x[1]], [8 * x[1], 3 * x[0] + 6]])


# %% wrong="raised" kind="odd" title="counting from one, and beyond the end"
def map_jacobian(x):
    return np.array([[2.0, 8 * x[2]], [3 * x[2], 3 * x[1] + 6]])


# %% wrong="wrong-value" kind="compound" says="what the slide prints" title="both of the slide's slips (the first is told first)"
def curve_jacobian(x):
    return np.array([2.0, 6 * x])


def map_jacobian(x):
    return np.array([[2.0, 3 * x[1]], [8 * x[1], 3 * x[0] + 6]])


# %% wrong="low-accuracy" kind="odd" title="measured, with too coarse a step"
def curve_jacobian(x):
    return (curve(x + 0.01) - curve(x)) / 0.01
