"""Makes tests/pooling/golden/pools.json: made-up observed distributions, three predictors of them,
and the pool weights of least mean cross-entropy as SciPy's general optimisers find them.

    python tools/oracle/pools.py            writes the file
    python tools/oracle/pools.py --check    fails where a weight differs by more than 1e-6
"""

import json
import pathlib
import sys

import numpy
from scipy.optimize import minimize
from scipy.special import log_softmax

OUTPUT = pathlib.Path(__file__).parents[2] / "tests/pooling/golden/pools.json"
FLOOR = 0.002


def noisy(random, shares, size):
    logs = numpy.log(shares) + size * random.normal(size=len(shares))
    return numpy.exp(log_softmax(logs))


def draw_items(random, count=60):
    items = []
    for i in range(count):
        observed = random.dirichlet(numpy.ones(2 + i % 5))
        # The third predictor is of no use: its weight must be 0.
        predicted = [noisy(random, observed, 0.4), noisy(random, observed, 0.6) ** 0.7,
                     random.dirichlet(numpy.full(len(observed), 0.5))]
        predicted[1] /= predicted[1].sum()
        items.append({"observed": list(observed), "predicted": [list(q) for q in predicted]})
    return items


def linear_loss(weights, items):
    return -numpy.mean([numpy.dot(i["observed"], numpy.log(weights @ numpy.array(i["predicted"])))
                        for i in items])


def logarithmic_loss(weights, items):
    return -numpy.mean([numpy.dot(i["observed"],
                                  log_softmax(weights @ numpy.log(numpy.array(i["predicted"]) + FLOOR)))
                        for i in items])


def main():
    items = draw_items(numpy.random.default_rng(8))
    start = numpy.full(3, 1 / 3)
    linear = minimize(linear_loss, start, (items,), method="SLSQP", bounds=[(0, 1)] * 3, tol=1e-15,
                      constraints={"type": "eq", "fun": lambda w: w.sum() - 1},
                      options={"maxiter": 1000})
    logarithmic = minimize(logarithmic_loss, start, (items,), method="L-BFGS-B",
                           bounds=[(0, None)] * 3, options={"ftol": 1e-16, "gtol": 1e-10})
    golden = {"items": items,
              "linear": {"weights": list(linear.x), "loss": linear.fun},
              "logarithmic": {"weights": list(logarithmic.x), "loss": logarithmic.fun}}
    if "--check" in sys.argv:
        known = json.loads(OUTPUT.read_text())
        for kind in ("linear", "logarithmic"):
            if not numpy.allclose(known[kind]["weights"], golden[kind]["weights"], atol=1e-6):
                sys.exit(f"{OUTPUT}: {kind} weights are not what this script finds")
        return
    OUTPUT.write_text(json.dumps(golden, separators=(",", ":")) + "\n")
    print(golden["linear"], golden["logarithmic"])


main()
