"""Makes the pickles beside it: python3 make.py. What they hold stands in PickleTest."""

import functools
import pickle
from collections import OrderedDict, defaultdict, deque


def new_session():
    return []


def sessions(make):
    return make(
        [
            ("b", deque([{"role": "user", "content": "Gr\u00fc\u00dfe \u4e16\u754c \U0001f600\n\\u0041'\""}], maxlen=20)),
            ("a", [{"role": "user", "content": None}, {"role": "tool", "n": [1, -2, 2**40, -(2**70), 1.5, True, False]}]),
            ("c", ({"role": "assistant", "content": "\ud83d"}, {"role": "user", "content": "x" * 300})),
            ("empty", deque()),
            (17, [OrderedDict([("role", "user"), ("z", {}), ("y", ())])]),
        ]
    )


def default(factory):
    return lambda items: defaultdict(factory, items)


for protocol in range(6):
    with open(f"protocol-{protocol}.pkl", "wb") as out:
        pickle.dump(sessions(default(functools.partial(deque, maxlen=20))), out, protocol)
for name, make in {"class": default(list), "function": default(new_session), "none": default(None), "plain": dict}.items():
    with open(f"factory-{name}.pkl", "wb") as out:
        pickle.dump(sessions(make), out, 4)
