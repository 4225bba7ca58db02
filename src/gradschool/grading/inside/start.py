"""The first lines that a learner's process runs: find the packages that it may see, and begin.

Started as `python -s -S -P start.py CONFIG`; CONFIG is a JSON object whose "path" lists where packages lie.
"""

import gc
import json
import sys

if __name__ == "__main__":
    gc.disable()  # until cells run: what is loaded before stays
    config = json.loads(sys.argv[1])
    sys.argv[1:] = []
    sys.path += config["path"]
    from importlib import import_module

    main = import_module("gradschool_learner.template").main  # the name that this package has inside

    main(config)
