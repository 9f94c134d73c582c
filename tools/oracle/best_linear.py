"""Makes tests/baselines/golden/best_linear.json: a small table of populations x questions with
empty cells, and what best linear prediction makes of them, computed with NumPy option by option.

    python tools/oracle/best_linear.py            writes the file
    python tools/oracle/best_linear.py --check    fails where the file differs from what it would write

canvass solves with the covariances of the answered cells of a question; here the conditional
expectations come from the inverse of the whole covariance matrix (its precisions), and every option
is a step of its own.
"""

import json
import pathlib
import sys

import numpy

OUTPUT = pathlib.Path(__file__).parents[2] / "tests/baselines/golden/best_linear.json"
POPULATIONS, QUESTIONS, STEPS, SHRINKAGE = 7, 12, 15, 0.1


def draw_table(random):
    """Shares by population and question; None where nothing was answered."""
    places = random.normal(size=(POPULATIONS, 2))
    table = []
    for question in range(QUESTIONS):
        leanings = random.normal(size=(2, 2 + question % 4))
        shares = numpy.exp(places @ leanings + 0.3 * random.normal(size=(POPULATIONS, leanings.shape[1])))
        shares /= shares.sum(1, keepdims=True)
        table.append([list(row) if random.uniform() < 0.8 else None for row in shares])
    table[0][0] = [1.0, 0.0]
    return table


def conditional(precision, known, values):
    """Expectation and covariance of the other entries of N(0, precision^-1) given the known ones."""
    unknown = ~known
    covariance = numpy.linalg.inv(precision[numpy.ix_(unknown, unknown)])
    return -covariance @ precision[numpy.ix_(unknown, known)] @ values, covariance


def fit(columns):
    covariance = numpy.eye(POPULATIONS)
    for _ in range(STEPS):
        precision = numpy.linalg.inv(covariance)
        total = numpy.zeros_like(covariance)
        for known, roots in columns:
            filled = numpy.zeros(POPULATIONS)
            filled[known] = roots[known] - roots[known].mean()
            product = numpy.zeros_like(covariance)
            if not known.all():
                filled[~known], spread = conditional(precision, known, filled[known])
                product[numpy.ix_(~known, ~known)] = spread
            total += product + numpy.outer(filled, filled)
        total /= len(columns)
        diagonal = numpy.diag(numpy.diag(total))
        covariance = (1 - SHRINKAGE) * total + SHRINKAGE * diagonal + 1e-6 * numpy.eye(POPULATIONS)
    return covariance


def predict(table, covariance, population, question):
    given = [p for p in range(POPULATIONS) if table[question][p] is not None and p != population]
    order = given + [population]
    precision = numpy.linalg.inv(covariance[numpy.ix_(order, order)])
    known = numpy.array([True] * len(given) + [False])
    roots = []
    for option in range(len(table[question][given[0]])):
        values = numpy.sqrt([table[question][p][option] for p in given])
        roots.append(values.mean() + conditional(precision, known, values - values.mean())[0][0])
    squares = numpy.maximum(roots, 0.00316) ** 2
    return list(squares / squares.sum())


def main():
    table = draw_table(numpy.random.default_rng(20))
    columns = []
    for row in table:
        known = numpy.array([shares is not None for shares in row])
        for option in range(len(next(shares for shares in row if shares is not None))):
            roots = numpy.array([0.0 if s is None else s[option] for s in row]) ** 0.5
            columns.append((known, roots))
    covariance = fit(columns)
    predictions = [
        [predict(table, covariance, p, q) for p in range(POPULATIONS)] for q in range(QUESTIONS)
    ]
    golden = {"shrinkage": SHRINKAGE, "table": table, "predictions": predictions}
    text = json.dumps(golden, indent=None, separators=(",", ":")) + "\n"
    if "--check" in sys.argv:
        sys.exit(0 if OUTPUT.read_text() == text else f"{OUTPUT} is not what this script writes")
    OUTPUT.write_text(text)


main()
