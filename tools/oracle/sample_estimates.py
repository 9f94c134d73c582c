"""Makes tests/estimation/golden/sample_estimates.json: marginal likelihoods by SciPy, and rectified
means by ppi-python (PPI++), for made-up samples and predictions.

    python tools/oracle/sample_estimates.py       writes the file; needs scipy and ppi-python
"""

import json
import pathlib

import numpy
from ppi_py import ppi_mean_pointestimate
from scipy.special import gammaln
from scipy.stats import beta, dirichlet_multinomial

OUTPUT = pathlib.Path(__file__).parents[2] / "tests/estimation/golden/sample_estimates.json"


def marginal(random, options):
    counts = random.multinomial(40, random.dirichlet(numpy.ones(options)))
    predicted = random.dirichlet(numpy.ones(options))
    strength, share = random.uniform(1, 60), random.uniform(0, 0.98)
    alpha = strength * (share * predicted + (1 - share) / options)
    coefficient = gammaln(41) - gammaln(counts + 1).sum()
    after = alpha + counts
    return {"counts": counts.tolist(), "predicted": predicted.tolist(), "strength": strength,
            "model_share": share,
            "log_likelihood": dirichlet_multinomial.logpmf(counts, alpha, 40) - coefficient,
            "mean": (after / after.sum()).tolist(),
            "lower": beta.ppf(0.025, after, after.sum() - after).tolist(),
            "upper": beta.ppf(0.975, after, after.sum() - after).tolist()}


def rectified(random, quality):
    truth = random.dirichlet([4, 3, 2], 40)
    noise = random.dirichlet([4, 3, 2], 40)
    predicted = quality * truth + (1 - quality) * noise
    among = random.permutation(40)[:12]
    others = numpy.setdiff1d(numpy.arange(40), among)
    shares = numpy.array([random.multinomial(60, truth[p]) / 60 for p in among])
    # PPI++ tunes to slope / (1 + L / unlabelled), as its target is beyond the populations at hand; the
    # slope here is that over the interviewed. Given the weight, the estimate is ppi-python's own.
    centred = predicted[among] - predicted[among].mean(0)
    slope = (centred * (shares - shares.mean(0))).sum() / (centred**2).sum()
    weight = min(1.0, max(0.0, slope))
    point = ppi_mean_pointestimate(shares, predicted[among], predicted[others],
                                   lam=weight / (1 + len(among) / len(others)))
    return {"predicted": predicted.tolist(), "interviewed": among.tolist(),
            "shares": shares.tolist(), "respondents": 60, "weight": weight,
            "estimate": point.tolist()}


def main():
    random = numpy.random.default_rng(4)
    golden = {"marginals": [marginal(random, 2 + i % 4) for i in range(12)],
              "means": [rectified(random, quality) for quality in (0.9, 0.7, 0.5)]}
    OUTPUT.write_text(json.dumps(golden, separators=(",", ":")) + "\n")


main()
