"""Makes tests/transfer/golden_transfer.json: predicted and observed tables of centered log shares,
and what docs/calibration.md makes of them for a new question and a new population, by NumPy.

    python tools/oracle/transfer.py            writes the file
"""

import json
import pathlib

import numpy

OUTPUT = pathlib.Path(__file__).parents[2] / "tests" / "transfer" / "golden_transfer.json"


def centered_options(random, shape):
    values = random.normal(size=shape)
    return values - values.mean(-1, keepdims=True)


def slope(a, b):
    """Of b on a, through 0."""
    return (a * b).sum() / (a * a).sum()


def ridge(left, gram, penalty):
    """left (gram + penalty mean-diagonal I)^-1"""
    size = len(gram)
    return left @ numpy.linalg.inv(gram + penalty * numpy.trace(gram) / size * numpy.eye(size))


def new_question(predicted, observed, question, penalty):
    """All populations; the columns of the question are new, all others are known."""
    known = [column for column in range(predicted.shape[1]) if column // 3 != question]
    new = [column for column in range(predicted.shape[1]) if column // 3 == question]
    p, o = predicted - predicted.mean(0), observed - observed.mean(0)
    times = slope(p[:, known], o[:, known])
    level = slope(predicted.mean(0)[known], observed.mean(0)[known])
    population_map = times * numpy.eye(len(p))
    if penalty is not None:
        left = o[:, known] - times * p[:, known]
        population_map += ridge(left @ p[:, known].T, p[:, known] @ p[:, known].T, penalty)
    return (population_map @ p + level * predicted.mean(0))[:, new]


def new_population(predicted, observed, population, penalty):
    """All questions are known of all other populations."""
    others = [row for row in range(len(predicted)) if row != population]
    means = predicted[others].mean(0)
    p, o = predicted[others] - means, observed[others] - observed[others].mean(0)
    own = predicted[population] - means
    if penalty is None:
        return observed[others].mean(0) + own
    times = slope(p, o)
    # The new one is an example of zeros: it counts in the mean of the diagonal.
    gram = p @ p.T
    size = len(predicted)
    weights = numpy.linalg.solve(
        gram + penalty * numpy.trace(gram) / size * numpy.eye(len(gram)), p @ own
    )
    return observed[others].mean(0) + times * own + weights @ (o - times * p)


def main():
    random = numpy.random.default_rng(5)
    observed = centered_options(random, (6, 5, 3)).reshape(6, 15)
    noise = centered_options(random, (6, 5, 3)).reshape(6, 15)
    predicted = 0.5 * observed + 0.6 * noise
    data = {
        "predicted": predicted.tolist(),
        "observed": observed.tolist(),
        "new_question": new_question(predicted, observed, 4, 0.7)[2].tolist(),
        "new_question_slopes": new_question(predicted, observed, 4, None)[2].tolist(),
        "new_population": new_population(predicted, observed, 5, 0.7)[3:6].tolist(),
        "new_population_level": new_population(predicted, observed, 5, None)[3:6].tolist(),
    }
    OUTPUT.write_text(json.dumps(data) + "\n")


if __name__ == "__main__":
    main()
