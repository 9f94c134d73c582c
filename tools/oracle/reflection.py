"""Makes tests/opinions/golden/opinions.json: a made-up survey with a default and two steered runs,
and what SciPy and NumPy make of them; a table with its rotated components.

    python tools/oracle/reflection.py            writes the file
    python tools/oracle/reflection.py --check    fails where the file differs from what it would write

canvass rotates by Kaiser's closed form; here the varimax criterion itself is maximised over the angle.
Distances come from scipy.spatial and scipy.stats, one question at a time.
"""

import json
import pathlib
import sys

import numpy
from scipy.optimize import minimize_scalar
from scipy.spatial.distance import jensenshannon
from scipy.stats import wasserstein_distance

OUTPUT = pathlib.Path(__file__).parents[2] / "tests/opinions/golden/opinions.json"
POPULATIONS, QUESTIONS = 5, 12
TOPICS = ["work", "family", "politics"]


def shares(random, options, spread):
    return random.dirichlet(numpy.full(options, spread))


def draw_survey(random):
    """Observed, default and two steered runs; None where a population was not asked."""
    questions = []
    for number in range(QUESTIONS):
        options = 2 + number % 4
        centre = shares(random, options, 3)
        question = {"options": options, "topic": TOPICS[number % 3], "nominal": number == 7}
        for name, spread in [("observed", 8), ("qa", 20), ("bio", 12)]:
            question[name] = [
                list(random.dirichlet(spread * centre + 0.3)) for _ in range(POPULATIONS)
            ]
        question["respondents"] = [int(n) for n in random.integers(40, 900, POPULATIONS)]
        question["default"] = list(random.dirichlet(10 * centre + 0.5))
        questions.append(question)
    questions[4]["observed"][2] = None
    questions[5]["bio"][1] = None
    return questions


def similarity(p, q):
    return 1 - jensenshannon(p, q)


def alignment(p, q):
    places = numpy.arange(len(p))
    return 1 - wasserstein_distance(places, places, p, q) / (len(p) - 1)


def similarities(questions, population):
    own, others, uniform = [], [], []
    for question in questions:
        answered = [one for one in question["observed"] if one is not None]
        observed = question["observed"][population]
        if observed is None:
            continue
        rest = numpy.mean([one for one in answered if one is not observed], axis=0)
        own.append(similarity(observed, question["default"]))
        others.append(similarity(observed, rest))
        uniform.append(similarity(observed, numpy.full(question["options"], 1 / question["options"])))
    return {"similarity": numpy.mean(own), "mean_of_others": numpy.mean(others),
            "difference": numpy.mean(numpy.subtract(own, others)), "uniform": numpy.mean(uniform),
            "questions": len(own)}


def represented(questions, population):
    representativeness, unsteered, best, qa, bio = [], [], [], [], []
    for question in questions:
        observed = question["observed"][population]
        if question["nominal"] or observed is None:
            continue
        default = alignment(observed, question["default"])
        representativeness.append(default)
        runs = [question[name][population] for name in ("qa", "bio")]
        if None in runs:
            continue
        scores = [alignment(observed, run) for run in runs]
        unsteered.append(default)
        best.append(max(scores))
        qa.append(scores[0])
        bio.append(scores[1])
    return {"representativeness": numpy.mean(representativeness), "unsteered": numpy.mean(unsteered),
            "steerability": numpy.mean(best), "by_run": [numpy.mean(qa), numpy.mean(bio)],
            "steered_questions": len(best)}


def whole(questions):
    return numpy.mean([
        alignment(numpy.mean([one for one in q["observed"] if one is not None], axis=0), q["default"])
        for q in questions if not q["nominal"]
    ])


def consistency(questions):
    table = numpy.array([[
        numpy.mean([alignment(q["observed"][g], q["default"]) for q in questions
                    if q["topic"] == topic and not q["nominal"] and q["observed"][g] is not None])
        for g in range(POPULATIONS)] for topic in TOPICS])
    best = int(table.mean(axis=0).argmax())
    winners = [int(row.argmax()) for row in table]
    return {"best": best, "winners": winners, "share": winners.count(best) / len(TOPICS)}


def sensitivity(questions, run):
    predicted, observed, raw, all_p, all_o = [], [], [], [], []
    for question in questions:
        pairs = [(p, o, n) for p, o, n in
                 zip(question[run], question["observed"], question["respondents"])
                 if p is not None and o is not None]
        p, o = (numpy.array([pair[i] for pair in pairs]) for i in (0, 1))
        sizes = numpy.array([pair[2] for pair in pairs])
        predicted.append(p.var(axis=0, ddof=1).sum())
        raw.append(o.var(axis=0, ddof=1).sum())
        noise = ((o * (1 - o)).sum(axis=1) / (sizes - 1)).mean()
        observed.append(raw[-1] - noise)
        weight = 1 / numpy.sqrt(len(pairs) - 1)
        all_p.extend(weight * (p - p.mean(axis=0)).ravel())
        all_o.extend(weight * (o - o.mean(axis=0)).ravel())
    return {"ratio": sum(predicted) / sum(observed),
            "correlation": numpy.dot(all_p, all_o) / numpy.sqrt(numpy.dot(all_p, all_p) * numpy.dot(all_o, all_o)),
            "ceiling": numpy.sqrt(sum(observed) / sum(raw))}


def draw_table(random):
    places = random.normal(size=(30, 2))
    weights = random.normal(size=(2, 8))
    return places @ weights + 0.6 * random.normal(size=(30, 8)) + random.normal(size=8)


def turned(loadings, angle):
    return loadings @ numpy.array([[numpy.cos(angle), -numpy.sin(angle)],
                                   [numpy.sin(angle), numpy.cos(angle)]])


def rotated_components(table):
    """Loadings and scores of two components, turned to the greatest varimax criterion; the column
    with more squared loadings first, each with a positive sum."""
    standard = (table - table.mean(axis=0)) / table.std(axis=0, ddof=1)
    left, singular, right = numpy.linalg.svd(standard, full_matrices=False)
    loadings = right[:2].T * singular[:2] / numpy.sqrt(len(table) - 1)
    scores = left[:, :2] * numpy.sqrt(len(table) - 1)
    normal = loadings / numpy.linalg.norm(loadings, axis=1, keepdims=True)

    def loss(angle):
        return -(turned(normal, angle) ** 2).var(axis=0).sum()

    grid = numpy.linspace(0, numpy.pi / 2, 91)
    start = grid[numpy.argmin([loss(angle) for angle in grid])]
    angle = minimize_scalar(loss, bounds=(start - 0.02, start + 0.02), method="bounded",
                            options={"xatol": 1e-12}).x
    loadings, scores = turned(loadings, angle), turned(scores, angle)
    order = numpy.argsort(-(loadings ** 2).sum(axis=0))
    loadings, scores = loadings[:, order], scores[:, order]
    signs = numpy.sign(loadings.sum(axis=0))
    return {"without_third": partial_scores(standard, loadings * signs),
            "table": table.tolist(), "loadings": (loadings * signs).tolist(),
            "scores": (scores * signs).tolist()}


def partial_scores(standard, loadings):
    """Scores of each row regressed on all variables but the third, by least squares over the rows."""
    scores = standard @ numpy.linalg.pinv(numpy.corrcoef(standard.T)) @ loadings
    known = numpy.delete(standard, 2, axis=1)
    weights = numpy.linalg.lstsq(known, scores, rcond=None)[0]
    return (known @ weights).tolist()


def golden():
    random = numpy.random.default_rng(20250)
    questions = draw_survey(random)
    return {
        "populations": POPULATIONS,
        "questions": questions,
        "similarity": [similarities(questions, g) for g in range(POPULATIONS)],
        "represented": [represented(questions, g) for g in range(POPULATIONS)],
        "whole": whole(questions),
        "consistency": consistency(questions),
        "sensitivity": {run: sensitivity(questions, run) for run in ("qa", "bio")},
        "factors": rotated_components(draw_table(random)),
    }


def main():
    text = json.dumps(golden(), indent=1) + "\n"
    if "--check" in sys.argv:
        sys.exit(0 if OUTPUT.read_text() == text else f"{OUTPUT} differs")
    OUTPUT.write_text(text)


main()
