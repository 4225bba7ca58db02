# %% right="a list of numbers"
def integrate_and_fire(currents, capacity):
    out, store = [], 0
    for current in currents:
        store = store + current
        if store > capacity:
            out.append(1)
            store = 0
        else:
            out.append(0)
    return out


# %% right="booleans"
def integrate_and_fire(currents, capacity):
    spikes = np.zeros(len(currents), dtype=bool)
    store = 0.0
    for t in range(len(currents)):
        store += currents[t]
        spikes[t] = store > capacity
        store = store * (not spikes[t])
    return spikes


# %% right="a while loop and the rest of the way"
def integrate_and_fire(currents, capacity):
    spikes = np.zeros_like(currents)
    start = 0
    while start < len(currents):
        over = np.flatnonzero(np.cumsum(currents[start:]) > capacity)
        if len(over) == 0:
            break
        spikes[start + over[0]] = 1.0
        start = start + over[0] + 1
    return spikes


# %% right="a generator with a store of its own"
def integrate_and_fire(currents, capacity):
    def steps():
        store = 0.0
        for current in currents:
            store += current
            yield float(store > capacity)
            if store > capacity:
                store = 0.0

    return np.array(list(steps()))


# %% right="a class"
class Cell:
    def __init__(self, capacity):
        self.capacity, self.store = capacity, 0.0

    def step(self, current):
        self.store += current
        if self.store > self.capacity:
            self.store = 0.0
            return 1.0
        return 0.0


def integrate_and_fire(currents, capacity):
    cell = Cell(capacity)
    return [cell.step(current) for current in currents]


# %% wrong="wrong-value" says="just full" title="at least for more than"
def integrate_and_fire(currents, capacity):
    spikes, store = np.zeros(len(currents)), 0.0
    for t, current in enumerate(currents):
        store += current
        if store >= capacity:
            spikes[t], store = 1.0, 0.0
    return spikes


# %% wrong="wrong-value" says="on and on" title="the store is never emptied"
def integrate_and_fire(currents, capacity):
    return (np.cumsum(currents) > capacity).astype(float)


# %% wrong="wrong-value" says="kept for later" title="what is over stays"
def integrate_and_fire(currents, capacity):
    spikes, store = np.zeros(len(currents)), 0.0
    for t, current in enumerate(currents):
        store += current
        if store > capacity:
            spikes[t] = 1.0
            store -= capacity
    return spikes


# %% wrong="wrong-value" says="last current is still" title="emptied before the current is added again"
def integrate_and_fire(currents, capacity):
    spikes, store = np.zeros(len(currents)), 0.0
    for t, current in enumerate(currents):
        if store + current > capacity:
            spikes[t] = 1.0
            store = 0.0
        store += current
    return spikes


# %% wrong="wrong-value" says="steps before" title="no store"
def integrate_and_fire(currents, capacity):
    return np.where(currents > capacity, 1.0, 0.0)


# %% wrong="wrong-value" says="steps before" title="the store starts anew at every step"
def integrate_and_fire(currents, capacity):
    spikes = []
    for current in currents:
        store = 0.0
        store += current
        spikes.append(1.0 if store > capacity else 0.0)
    return spikes


# %% wrong="wrong-value" says="step late" title="asks before it adds"
def integrate_and_fire(currents, capacity):
    spikes, store = [], 0.0
    for current in currents:
        if store > capacity:
            spikes.append(1.0)
            store = 0.0
        else:
            spikes.append(0.0)
        store += current
    return np.array(spikes)


# %% wrong="wrong-value" says="a current is lost" title="either asks or adds"
def integrate_and_fire(currents, capacity):
    spikes, store = [], 0.0
    for current in currents:
        if store > capacity:
            spikes.append(1.0)
            store = 0.0
        else:
            store += current
            spikes.append(0.0)
    return np.array(spikes)


# %% wrong="wrong-value" says="full instead of empty" title="reset to the capacity"
def integrate_and_fire(currents, capacity):
    spikes, store = np.zeros(len(currents)), 0.0
    for t, current in enumerate(currents):
        store += current
        if store > capacity:
            spikes[t], store = 1.0, capacity
    return spikes


# %% wrong="wrong-value" says="never goes below 0" title="a store that cannot be drained below zero"
def integrate_and_fire(currents, capacity):
    spikes, store = np.zeros(len(currents)), 0.0
    for t, current in enumerate(currents):
        store = max(0.0, store + current)
        if store > capacity:
            spikes[t], store = 1.0, 0.0
    return spikes


# %% wrong="wrong-sign" says="silent where it should fire" title="one and zero exchanged"
def integrate_and_fire(currents, capacity):
    spikes, store = np.ones(len(currents)), 0.0
    for t, current in enumerate(currents):
        store += current
        if store > capacity:
            spikes[t], store = 0.0, 0.0
    return spikes


# %% wrong="wrong-value" says="what the store holds" title="the store for the spikes"
def integrate_and_fire(currents, capacity):
    held, store = [], 0.0
    for current in currents:
        store += current
        if store > capacity:
            store = 0.0
        held.append(store)
    return np.array(held)


# %% wrong="wrong-shape" kind="odd" says="steps at which" title="the times of the spikes"
def integrate_and_fire(currents, capacity):
    times, store = [], 0.0
    for t, current in enumerate(currents):
        store += current
        if store > capacity:
            times.append(t)
            store = 0.0
    return np.array(times)


# %% wrong="wrong-shape" kind="odd" says="how often" title="the number of spikes"
def integrate_and_fire(currents, capacity):
    count, store = 0, 0.0
    for current in currents:
        store += current
        if store > capacity:
            count, store = count + 1, 0.0
    return count


# %% wrong="wrong-shape" kind="odd" title="only the ones are noted"
def integrate_and_fire(currents, capacity):
    spikes, store = [], 0.0
    for current in currents:
        store += current
        if store > capacity:
            spikes.append(1.0)
            store = 0.0
    return spikes


# %% wrong="wrong-shape" says="before the first step" title="begins with a zero"
def integrate_and_fire(currents, capacity):
    spikes, store = [0.0], 0.0
    for current in currents:
        store += current
        spikes.append(1.0 if store > capacity else 0.0)
        if store > capacity:
            store = 0.0
    return spikes


# %% wrong="wrong-shape" says="last step" title="the range ends too early"
def integrate_and_fire(currents, capacity):
    spikes, store = [], 0.0
    for t in range(len(currents) - 1):
        store += currents[t]
        spikes.append(float(store > capacity))
        if store > capacity:
            store = 0.0
    return spikes


# %% wrong="wrong-value" says="From the first spike on" title="a spike is never taken back"
def integrate_and_fire(currents, capacity):
    spikes, store, spike = [], 0.0, 0.0
    for current in currents:
        store += current
        if store > capacity:
            spike, store = 1.0, 0.0
        spikes.append(spike)
    return spikes


# %% wrong="mutates-input" kind="odd" title="sums up in the caller's currents"
def integrate_and_fire(currents, capacity):
    spikes = np.zeros(len(currents))
    for t in range(len(currents)):
        if t and not spikes[t - 1]:
            currents[t] += currents[t - 1]
        if currents[t] > capacity:
            spikes[t] = 1.0
    return spikes


# %% wrong="wrong-type" kind="odd" title="prints the spikes"
def integrate_and_fire(currents, capacity):
    store = 0.0
    for current in currents:
        store += current
        print(1.0 if store > capacity else 0.0)
        if store > capacity:
            store = 0.0


# %% wrong="unstable-result" kind="odd" title="a store outside the function"
kept_store = 0.0


def integrate_and_fire(currents, capacity):
    global kept_store
    spikes = np.zeros(len(currents))
    for t, current in enumerate(currents):
        kept_store += current
        if kept_store > capacity:
            spikes[t], kept_store = 1.0, 0.0
    return spikes
