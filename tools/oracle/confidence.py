"""Logistic regressions on soft targets and scores of confidences, by scikit-learn:
tests/confidence/golden/confidence.json."""

import json
from pathlib import Path

import numpy
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import brier_score_loss, roc_auc_score

random = numpy.random.default_rng(7)


def regression(ridge):
    rows = random.normal(size=(40, 5)) * (random.random((40, 5)) < 0.6)
    targets = random.random(40)
    # A soft target is two items, weighted.
    model = LogisticRegression(C=1 / ridge, tol=1e-12, max_iter=10000)
    model.fit(
        numpy.vstack([rows, rows]),
        [1] * 40 + [0] * 40,
        sample_weight=numpy.concatenate([targets, 1 - targets]),
    )
    return {
        "ridge": ridge,
        "rows": rows.tolist(),
        "targets": targets.tolist(),
        "weights": model.coef_[0].tolist(),
        "intercept": model.intercept_[0],
    }


def scores(digits):
    trusted = random.random(60) < 0.4
    confidences = numpy.round(numpy.clip(random.random(60) * 0.8 + 0.2 * trusted, 0, 1), digits)
    edges = numpy.linspace(0, 1, 11)
    bins = numpy.clip(numpy.searchsorted(edges, confidences, side="left") - 1, 0, 9)
    error = sum(
        abs((confidences[bins == b] - trusted[bins == b]).sum()) for b in range(10)
    ) / len(trusted)
    return {
        "confidences": confidences.tolist(),
        "trusted": trusted.tolist(),
        "brier": brier_score_loss(trusted, confidences),
        "ece": error,
        "auroc": roc_auc_score(trusted, confidences),
    }


def main():
    golden = {
        "regressions": [regression(ridge) for ridge in (0.3, 3.0, 30.0)],
        "scores": [scores(digits) for digits in (6, 1)],
    }
    path = Path(__file__).resolve().parents[2] / "tests/confidence/golden/confidence.json"
    path.parent.mkdir(exist_ok=True)
    path.write_text(json.dumps(golden) + "\n")


if __name__ == "__main__":
    main()
