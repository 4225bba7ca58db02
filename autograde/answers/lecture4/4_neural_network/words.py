# %% right="capitals and blanks"
words = {question: f" {letter.upper()} " for question, letter in words.items()}

# %% right="written anew, in another order, with one more key"
words = dict(
    hidden_layer="b",
    back_propagation="b",
    forward_propagation="D",
    gradient_descent="a",
    fully_connected_layer="C",
    activation_function="b",
    sigmoid_softmax="d",
    cross_entropy_loss="A",
    mean_squared_error_loss="c",
    prediction_classification="d",
    remark="done at last",
)

# %% right="from two lists"
keys = list(words)
words = {}
for key, letter in zip(keys, "bdacbdacdb"):
    words[key] = letter

# %% right="one by one"
words["back_propagation"] = "B"
words["hidden_layer"] = "B"

# %% wrong="wrong-value" says="back_propagation" title="back propagation taken for the update"
words["back_propagation"] = "d"

# %% wrong="wrong-value" says="sigmoid_softmax" title="sigmoid and softmax exchanged"
words["sigmoid_softmax"] = "c"

# %% wrong="wrong-value" says="hidden_layer" title="counts all layers with weights"
words["hidden_layer"] = "c"

# %% wrong="wrong-value" says="mean_squared_error_loss" title="thinks that the half is the mean"
words["mean_squared_error_loss"] = "b"

# %% wrong="wrong-value" says="forward_propagation" title="forward taken for backward"
words["forward_propagation"] = "a"

# %% wrong="wrong-value" says="gradient_descent, .*prediction_classification" title="two wrong in the visible half"
words["gradient_descent"] = "b"
words["prediction_classification"] = "a"

# %% wrong="wrong-value" says="0 of 5" title="an a everywhere but where it is right"
words = {question: "a" if letter != "a" else "b" for question, letter in words.items()}

# %% wrong="not-attempted" kind="odd" title="nothing filled in"
words = dict.fromkeys(words)

# %% wrong="not-attempted" says="activation_function" title="one left open"
words["activation_function"] = None

# %% wrong="not-attempted" kind="odd" says="cross_entropy_loss" title="one key lost"
del words["cross_entropy_loss"]

# %% wrong="wrong-type" kind="odd" says="letters a, b, c, d" title="the text of the answer for its letter"
words["cross_entropy_loss"] = "minus ln p"

# %% wrong="wrong-type" kind="odd" says="letters a, b, c, d" title="numbers for letters"
words = {question: "abcd".index(letter) + 1 for question, letter in words.items()}

# %% wrong="wrong-type" kind="odd" says="dict" title="a list of letters"
words = list(words.values())
