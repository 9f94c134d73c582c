"""Makes tests/stats/golden_metrics.json: the item metrics of random and edge-case distribution
pairs, computed with NumPy and SciPy in other ways than canvass computes them.

    python tools/oracle/metrics.py            writes the file
    python tools/oracle/metrics.py --check    fails where the file differs from what it would write
"""

import itertools
import json
import math
import pathlib
import sys

import numpy
from mpmath import mp, mpf
from scipy.spatial.distance import jensenshannon
from scipy.special import rel_entr
from scipy.stats import entropy, wasserstein_distance

OUTPUT = pathlib.Path(__file__).parents[2] / "tests" / "stats" / "golden_metrics.json"
TIE = 1e-9


def js_distance(p, q):
    """SciPy's, or 50 digits where SciPy's difference of logarithms has lost its digits."""
    distance = float(jensenshannon(p, q))
    if distance > 1e-2:
        return distance
    mp.dps = 50
    pairs = [(mpf(a), mpf(b)) for a, b in zip(p, q)]
    parts = [x * mp.log(2 * x / (a + b)) for a, b in pairs for x in (a, b) if x > 0]
    exact = float(mp.sqrt(mp.fsum(parts) / 2))
    assert math.isnan(distance) or abs(distance - exact) < 1e-7
    return exact


def emd(p, q, values):
    positions = numpy.arange(len(p)) if values is None else numpy.array(values)
    spread = positions.max() - positions.min()
    return float(wasserstein_distance(positions, positions, p, q) / spread)


def ranks(p):
    """The orders, best first, in which p may be said to rank its options: ties in every order."""
    return {
        order
        for order in itertools.permutations(range(len(p)))
        if all(p[a] >= p[b] - TIE for a, b in itertools.combinations(order, 2))
    }


def rank_score(p, q):
    return float(ranks(q) <= ranks(p)) if len(p) <= 6 else None


def accuracy(p, q):
    tops = lambda shares: set(numpy.flatnonzero(shares >= numpy.max(shares) - TIE))
    return len(tops(p) & tops(q)) / len(tops(q))


def finite_or_none(x):
    return x if math.isfinite(x) else None


def case(name, p, q, values=None):
    p, q = numpy.array(p, float), numpy.array(q, float)
    distance = js_distance(p, q)
    return {
        "name": name,
        "p": p.tolist(),
        "q": q.tolist(),
        "values": values,
        "expected": {
            "js_distance": distance,
            "js_similarity": 1 - distance,
            "js_divergence_bits": distance**2 / math.log(2),
            "emd": emd(p, q, values),
            "emd_legacy": float(wasserstein_distance(p, q)),
            "tvd": float(numpy.clip(p - q, 0, None).sum()),
            "kl": finite_or_none(float(rel_entr(p, q).sum())),
            "entropy": float(entropy(p)),
            "entropy_error": float(abs(entropy(q) - entropy(p))),
            "accuracy": accuracy(p, q),
            "rank_score": rank_score(p, q),
        },
    }


def edge_cases():
    yield case("the same", [0.2, 0.3, 0.5], [0.2, 0.3, 0.5])
    yield case("nothing in common, neighbours", [1, 0, 0], [0, 1, 0])
    yield case("nothing in common, far ends", [1, 0, 0], [0, 0, 1])
    yield case("two options, opposite", [1, 0], [0, 1])
    yield case("reversed", [0.5, 0.3, 0.15, 0.05], [0.05, 0.15, 0.3, 0.5])
    yield case("predicted zero where observed is not", [0.6, 0.3, 0.1], [0.7, 0.3, 0])
    yield case("observed zero where predicted is not", [0.7, 0.3, 0], [0.6, 0.3, 0.1])
    yield case("certain observed, uniform predicted", [0, 1, 0, 0], [0.25] * 4)
    yield case("uniform observed, any order will do", [0.25] * 4, [0.1, 0.2, 0.3, 0.4])
    yield case("tie in observed", [0.4, 0.4, 0.2], [0.5, 0.3, 0.2])
    yield case("tie in predicted", [0.5, 0.3, 0.2], [0.4, 0.4, 0.2])
    yield case("tie of two that observed ranks last", [0.5, 0.3, 0.2], [0.4, 0.3, 0.3])
    yield case("tie by rounding only", [0.4, 0.4 + 1e-13, 0.2 - 1e-13], [0.5, 0.3, 0.2])
    yield case("nearly the same", [0.2, 0.3, 0.5], [0.2 + 1e-9, 0.3, 0.5 - 1e-9])
    yield case("close", [0.2, 0.3, 0.5], [0.2005, 0.2998, 0.4997])
    yield case("very small shares", [1e-12, 1 - 1e-12], [1e-15, 1 - 1e-15])
    yield case("values rise unevenly", [0.5, 0.3, 0.2], [0.2, 0.3, 0.5], [1, 2, 10])
    yield case("values fall", [0.5, 0.3, 0.2], [0.2, 0.3, 0.5], [3, 0, -1])


def random_cases():
    random = numpy.random.default_rng(20250)
    for options in range(2, 12):
        for concentration in (0.3, 3.0):
            p, q = random.dirichlet([concentration] * options, size=2)
            values = None if concentration < 1 else sorted(random.normal(size=options).tolist())
            yield case(f"random, {options} options, Dirichlet {concentration}", p, q, values)


def main():
    cases = [json.dumps(c) for c in (*edge_cases(), *random_cases())]
    text = "[\n" + ",\n".join(cases) + "\n]\n"
    if "--check" in sys.argv:
        sys.exit(text != OUTPUT.read_text() and f"{OUTPUT} is out of date")
    OUTPUT.write_text(text)


main()
