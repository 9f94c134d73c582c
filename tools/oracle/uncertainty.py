"""Makes tests/stats/golden/uncertainty.json: Student's t quantiles by SciPy, and the 95 % interval's
half width for means of unbalanced crossed scores from the two-way clustered variance, by NumPy.

    python tools/oracle/uncertainty.py            writes the file
"""

import json
import pathlib

import numpy
from scipy import stats

OUTPUT = pathlib.Path(__file__).parents[2] / "tests" / "stats" / "golden" / "uncertainty.json"


def quantiles():
    for probability in (0.6, 0.9, 0.975, 0.999, 0.025):
        for degrees in (1, 1.3, 2, 2.7, 5, 19.5, 200, 10000):
            value = float(stats.t.ppf(probability, degrees))
            yield {"probability": probability, "degrees": degrees, "value": value}


def half_width(scores, cells):
    """Of the mean over the cells that are there: t x sqrt(questions + populations - items)."""
    count = cells.sum()
    mean = scores[cells].mean()
    error = numpy.where(cells, scores - mean, 0.0) / count
    rows, columns = cells.shape
    parts = (
        rows / (rows - 1) * (error.sum(1) ** 2).sum(),
        columns / (columns - 1) * (error.sum(0) ** 2).sum(),
    )
    degrees = sum(parts) ** 2 / (parts[0] ** 2 / (rows - 1) + parts[1] ** 2 / (columns - 1))
    variance = max(sum(parts) - (error**2).sum(), *parts)
    return mean, float(stats.t.ppf(0.975, degrees) * variance**0.5)


def tables():
    random = numpy.random.default_rng(7)
    for rows, columns, spread in (
        (60, 20, (1, 0.5, 1)),
        (40, 12, (0.2, 1, 1)),
        (50, 30, (0, 0, 1)),
        (80, 5, (1, 1, 1)),
    ):
        scores = (
            spread[0] * random.normal(size=(rows, 1))
            + spread[1] * random.normal(size=(1, columns))
            + spread[2] * random.normal(size=(rows, columns))
        )
        cells = random.random((rows, columns)) < 0.8
        mean, half = half_width(scores, cells)
        places = numpy.argwhere(cells).tolist()
        yield {
            "items": [[q, p, round(float(scores[q, p]), 6)] for q, p in places],
            "mean": float(mean),
            "half_width": half,
        }


def main():
    golden = {"quantiles": list(quantiles()), "tables": list(tables())}
    OUTPUT.write_text(json.dumps(golden) + "\n")


main()
