"""Makes tests/stats/golden/multiple_comparisons.json: Holm's adjustment by statsmodels, stepdown
max-t (Romano & Wolf) from its definition by NumPy, Tukey's and Dunnett's critical values
and expected maxima by SciPy, and paired differences with their two-way
clustered errors by NumPy.

    python tools/oracle/multiple_comparisons.py            writes the file
"""

import json
import pathlib

import numpy
from scipy import integrate, optimize, stats
from statsmodels.stats.multitest import multipletests

OUTPUT = (
    pathlib.Path(__file__).parents[2] / "tests/stats/golden/multiple_comparisons.json"
)


def stepdown(observed, draws):
    """The smallest level at which the stepdown test rejects: straight from its definition."""
    count = draws.shape[1]
    adjusted = numpy.empty(len(observed))
    left = list(numpy.argsort(-numpy.abs(observed), kind="stable"))
    worst = 0.0
    while left:
        first = left[0]
        largest = numpy.abs(draws[left]).max(axis=0)
        extreme = (largest >= abs(observed[first])).sum()
        worst = max(worst, (1 + extreme) / (1 + count))
        adjusted[first] = worst
        left = left[1:]
    return adjusted


def steps():
    """Every row of draws holds the same values in another order, so that Holm's p is an upper
    bound of the stepdown's."""
    random = numpy.random.default_rng(11)
    for hypotheses, count, together in ((3, 99, 0.0), (6, 199, 0.5), (10, 199, 0.9)):
        values = numpy.sort(random.normal(size=count))
        latent = together**0.5 * random.normal(size=count) + (
            1 - together
        ) ** 0.5 * random.normal(size=(hypotheses, count))
        draws = values[latent.argsort(axis=1).argsort(axis=1)]
        observed = random.normal(size=hypotheses) * 2
        draws, observed = draws.round(6), observed.round(6)
        extreme = (numpy.abs(draws) >= numpy.abs(observed)[:, None]).sum(axis=1)
        single = (1 + extreme) / (1 + count)
        yield {
            "observed": observed.tolist(),
            "draws": draws.tolist(),
            "single": single.tolist(),
            "holm": multipletests(single, method="holm")[1].tolist(),
            "stepdown": stepdown(observed, draws).tolist(),
        }


def dunnett(others):
    """The one-sided 95 % value for `others` columns against one, all with equal variances."""

    def miss(critical):
        def holding(z):
            return (
                stats.norm.pdf(z) * stats.norm.cdf(2**0.5 * critical + z) ** others
            )

        return integrate.quad(holding, -9, 9)[0] - 0.95

    return optimize.brentq(miss, 1, 5)


def expected_maximum(columns):
    def density(z):
        return columns * z * stats.norm.pdf(z) * stats.norm.cdf(z) ** (columns - 1)

    return integrate.quad(density, -9, 9)[0]


def critical_values():
    for columns in (2, 3, 5, 10):
        yield {
            "columns": columns,
            "tukey": stats.studentized_range.ppf(0.95, columns, numpy.inf) / 2**0.5,
            "dunnett": dunnett(columns - 1),
            "expected_maximum": expected_maximum(columns),
        }


def clustered(difference, cells):
    count = cells.sum()
    mean = difference[cells].mean()
    error = numpy.where(cells, difference - mean, 0.0) / count
    rows, columns = cells.shape
    parts = (
        rows / (rows - 1) * (error.sum(1) ** 2).sum(),
        columns / (columns - 1) * (error.sum(0) ** 2).sum(),
    )
    variance = max(sum(parts) - (error**2).sum(), *parts)
    return {
        "difference": float(mean),
        "standard_error": float(variance**0.5),
        "t": float(mean / variance**0.5),
    }


def pairs():
    random = numpy.random.default_rng(12)
    rows, columns = 20, 8
    cells = random.random((rows, columns)) < 0.8
    hard = random.normal(size=(rows, 1))
    runs = [
        (
            hard
            + 0.3 * random.normal(size=(rows, 1))
            + 0.2 * random.normal(size=(1, columns))
            + random.normal(size=(rows, columns))
            + shift
        ).round(6)
        for shift in (0.0, 0.2, 0.6)
    ]
    places = numpy.argwhere(cells)
    return {
        "items": places.tolist(),
        "columns": [[float(run[q, p]) for q, p in places] for run in runs],
        "pairs": [
            clustered(runs[a] - runs[b], cells) for a, b in ((0, 1), (0, 2), (1, 2))
        ],
    }


def main():
    golden = {
        "steps": list(steps()),
        "critical": list(critical_values()),
        "paired": pairs(),
    }
    OUTPUT.write_text(json.dumps(golden) + "\n")


main()
