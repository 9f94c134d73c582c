"""Makes tests/evaluation/golden_calibration.json: expected calibration errors, temperatures and
recalibrations of simulated predictions, by NumPy, SciPy and scikit-learn.

    python tools/oracle/calibration.py            writes the file
"""

import json
import pathlib

import numpy
from scipy.optimize import minimize_scalar
from scipy.special import log_softmax, softmax
from sklearn.calibration import calibration_curve
from sklearn.isotonic import IsotonicRegression

OUTPUT = pathlib.Path(__file__).parents[2] / "tests" / "evaluation" / "golden_calibration.json"
BINS = 10


def simulate(random):
    """Items of 2 to 5 options: observed shares, and logits that are too sharp and noisy."""
    for _ in range(120):
        options = int(random.integers(2, 6))
        truth = random.normal(size=options)
        logits = 1.8 * truth + random.normal(scale=0.5, size=options)
        yield softmax(truth).round(6).tolist(), logits.round(6).tolist()


def normalised(shares):
    shares = numpy.array(shares)
    return shares / shares.sum()


def equal_width_error(confidence, right):
    """From scikit-learn's curve, the bins' weights by NumPy."""
    observed, predicted = calibration_curve(right, confidence, n_bins=BINS)
    edges = numpy.linspace(0, 1, BINS + 1)
    counts = numpy.bincount(numpy.searchsorted(edges[1:-1], confidence), minlength=BINS)
    counts = counts[counts > 0]
    return float((counts * abs(observed - predicted)).sum() / counts.sum())


def equal_mass_error(confidence, right):
    """The sorted confidences in ten equal parts (there are no ties)."""
    order = numpy.argsort(confidence)
    parts = numpy.array_split(order, BINS)
    return float(
        sum(abs(right[part].sum() - confidence[part].sum()) for part in parts) / len(order)
    )


def share_error(predicted, observed):
    edges = numpy.linspace(0, 1, BINS + 1)
    place = numpy.searchsorted(edges[1:-1], predicted)
    sums = numpy.bincount(place, predicted - observed, BINS)
    return float(abs(sums).sum() / len(predicted))


def temperature(items):
    def cross_entropy(log_temperature):
        scale = numpy.exp(-log_temperature)
        return -sum(numpy.dot(p, log_softmax(scale * numpy.array(z))) for p, z in items) / len(items)

    found = minimize_scalar(cross_entropy, bounds=(-7, 7), method="bounded", options={"xatol": 1e-10})
    return float(numpy.exp(found.x))


def main():
    random = numpy.random.default_rng(31)
    items = [(normalised(p), z) for p, z in simulate(random)]
    predicted = [softmax(z) for _, z in items]
    confidence = numpy.array([q.max() for q in predicted])
    right = numpy.array([float(q.argmax() == p.argmax()) for q, (p, _) in zip(predicted, items)])
    flat_q, flat_p = numpy.concatenate(predicted), numpy.concatenate([p for p, _ in items])
    weights = numpy.concatenate([numpy.full(len(q), 1 / len(q)) for q in predicted])
    centre = numpy.concatenate([numpy.full(len(q), 1 / len(q)) for q in predicted])
    slope = numpy.linalg.lstsq((flat_q - centre)[:, None], flat_p - centre, rcond=None)[0][0]
    isotonic = IsotonicRegression(out_of_bounds="clip").fit(flat_q, flat_p, sample_weight=weights)
    probes = numpy.linspace(0, 1, 41)
    by_length = {
        str(k): temperature([one for one in items if len(one[1]) == k])
        for k in range(2, 6)
        if sum(len(one[1]) == k for one in items) >= 20
    }
    golden = {
        "items": [{"observed": p.tolist(), "logits": z} for p, z in items],
        "ece": equal_width_error(confidence, right),
        "ece_equal_mass": equal_mass_error(confidence, right),
        "share_error": share_error(flat_q, flat_p),
        "temperature": temperature(items),
        "by_options": by_length,
        "slope": float(slope),
        "isotonic": {"probes": probes.tolist(), "values": isotonic.predict(probes).tolist()},
    }
    OUTPUT.write_text(json.dumps(golden) + "\n")


main()
