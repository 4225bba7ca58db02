# %% right="forward pass first, then the product"
def chain_rule(functions, derivatives, x):
    given = [x]
    for function in functions:
        given.append(function(given[-1]))
    slope = 1.0
    for derivative, value in zip(derivatives, given):
        slope = slope * derivative(value)
    return slope

# %% right="recursion"
def chain_rule(functions, derivatives, x):
    if not functions:
        return 1.0
    return chain_rule(functions[1:], derivatives[1:], functions[0](x)) * derivatives[0](x)

# %% right="from the output back"
def chain_rule(functions, derivatives, x):
    values = []
    for function in functions:
        values.append(x)
        x = function(x)
    upstream = 1.0
    while values:
        upstream *= derivatives[len(values) - 1](values.pop())
    return upstream

# %% right="np.prod"
def chain_rule(functions, derivatives, x):
    slopes = []
    for i in range(len(functions)):
        slopes.append(derivatives[i](x))
        x = functions[i](x)
    return np.prod(slopes)

# %% wrong="wrong-value" says="taken at x" title="every derivative at x"
def chain_rule(functions, derivatives, x):
    slope = 1.0
    for derivative in derivatives:
        slope *= derivative(x)
    return slope

# %% wrong="wrong-value" says="opposite order" title="outermost first"
def chain_rule(functions, derivatives, x):
    slope = 1.0
    for function, derivative in zip(reversed(functions), reversed(derivatives)):
        slope *= derivative(x)
        x = function(x)
    return slope

# %% wrong="wrong-value" says="what its function gives" title="moved on before the slope is taken"
def chain_rule(functions, derivatives, x):
    slope = 1.0
    for function, derivative in zip(functions, derivatives):
        x = function(x)
        slope *= derivative(x)
    return slope

# %% wrong="wrong-value" says="added" title="adds the slopes"
def chain_rule(functions, derivatives, x):
    slope = 0.0
    for function, derivative in zip(functions, derivatives):
        slope += derivative(x)
        x = function(x)
    return slope

# %% wrong="wrong-value" says="outermost" title="only the last slope"
def chain_rule(functions, derivatives, x):
    for function, derivative in zip(functions, derivatives):
        slope = derivative(x)
        x = function(x)
    return slope

# %% wrong="wrong-value" says="value of the composition" title="the value for the slope"
def chain_rule(functions, derivatives, x):
    for function in functions:
        x = function(x)
    return x

# %% wrong="wrong-value" says="paired" title="derivatives from the other end"
def chain_rule(functions, derivatives, x):
    slope = 1.0
    for function, derivative in zip(functions, derivatives[::-1]):
        slope *= derivative(x)
        x = function(x)
    return slope

# %% wrong="low-accuracy" kind="odd" title="measured with a one-sided quotient"
def chain_rule(functions, derivatives, x):
    def composed(x):
        for function in functions:
            x = function(x)
        return x
    return (composed(x + 1e-4) - composed(x)) / 1e-4

# %% wrong="wrong-sign" title="a minus too many"
def chain_rule(functions, derivatives, x):
    slope = -1.0
    for function, derivative in zip(functions, derivatives):
        slope *= derivative(x)
        x = function(x)
    return slope

# %% wrong="wrong-value" kind="odd" title="starts from zero"
def chain_rule(functions, derivatives, x):
    slope = 0.0
    for function, derivative in zip(functions, derivatives):
        slope *= derivative(x)
        x = function(x)
    return slope
# %% wrong="wrong-sign" kind="compound" says="taken at x" title="every derivative at x, and a minus"
def chain_rule(functions, derivatives, x):
    slope = 1.0
    for derivative in derivatives:
        slope = slope * derivative(x)
    return -slope
