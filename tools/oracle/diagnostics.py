"""Makes tests/diagnostics/golden_diagnostics.json: a random survey with predictions, and the figures
of docs/judging.md for it, computed with NumPy from their definitions, table by table.

    python tools/oracle/diagnostics.py            writes the file
"""

import itertools
import json
import pathlib

import numpy

OUTPUT = pathlib.Path(__file__).parents[2] / "tests" / "diagnostics" / "golden_diagnostics.json"

REGIONS = ["north", "south", "west"]


def survey(random):
    """Questions of three scales, asked of most populations, with sizes of most items."""
    questions = []
    for number in range(14):
        options = [2, 3, 4, 5][number % 4]
        scale = ["ordinal", "nominal", "interval"][number % 3]
        values = None
        if scale == "interval":
            values = [float(v) for v in numpy.cumsum(random.integers(1, 4, options))]
        questions.append({"id": f"q{number}", "options": options, "scale": scale, "values": values})
    populations = [{"id": f"p{c}", "region": REGIONS[c % 3]} for c in range(12)]
    items = []
    for question, population in itertools.product(questions, populations):
        if random.random() < 0.1:
            continue
        base = numpy.random.default_rng(questions.index(question)).dirichlet(
            numpy.ones(question["options"])
        )
        observed = random.dirichlet(12 * base + 0.5)
        predicted = 0.6 * observed + 0.4 * random.dirichlet(8 * base + 0.5)
        size = int(random.integers(40, 400)) if random.random() < 0.9 else None
        items.append(
            {
                "question": question["id"],
                "population": population["id"],
                "observed": observed.tolist(),
                "predicted": (predicted / predicted.sum()).tolist(),
                "size": size,
            }
        )
    return {"questions": questions, "populations": populations, "items": items}


def unit_values(question):
    values = question["values"] or list(range(question["options"]))
    values = numpy.array(values, float)
    return (values - values.min()) / (values.max() - values.min())


def quantities(data):
    """(question, weights) of the figures that every population has."""
    for question in data["questions"]:
        if question["scale"] != "nominal":
            yield question, unit_values(question)
            continue
        identity = numpy.eye(question["options"])
        yield from ((question, row) for row in identity[: 1 if len(identity) == 2 else None])


def tables(data):
    """Of each quantity: populations' predictions, observations, sampling variances, regions."""
    region = {p["id"]: p["region"] for p in data["populations"]}
    place = {p["id"]: i for i, p in enumerate(data["populations"])}
    for question, weights in quantities(data):
        rows = [item for item in data["items"] if item["question"] == question["id"]]
        shares = numpy.array([row["observed"] for row in rows])
        predicted = numpy.array([row["predicted"] for row in rows]) @ weights
        observed = shares @ weights
        spread = shares @ weights**2 - observed**2
        sizes = numpy.array([row["size"] or numpy.inf for row in rows])
        yield {
            "question": question["id"],
            "p": predicted,
            "o": observed,
            "v": spread / (sizes - 1),
            "region": numpy.array([region[row["population"]] for row in rows]),
            "place": [place[row["population"]] for row in rows],
        }


def deviations(table):
    count = len(table["p"])
    noise = table["v"] * (1 - 2 / count) + table["v"].sum() / count**2
    return table["p"] - table["p"].mean(), table["o"] - table["o"].mean(), noise


def between(data):
    p, o, v = (numpy.concatenate(part) for part in zip(*map(deviations, tables(data))))
    level_p = numpy.concatenate([0 * t["p"] + t["p"].mean() for t in tables(data)])
    level_o = numpy.concatenate([0 * t["o"] + t["o"].mean() for t in tables(data)])
    slope, intercept = numpy.polyfit(level_p, level_o, 1)
    errors = numpy.concatenate([(t["p"] - t["o"]) ** 2 for t in tables(data)])
    noise = numpy.concatenate([t["v"] for t in tables(data)])
    yield "dispersion_between", (p @ p) / (o @ o - v.sum()), (p @ p) / (o @ o)
    yield "deviation_slope", (p @ o) / (p @ p), None
    yield (
        "deviation_correlation",
        (p @ o) / numpy.sqrt((p @ p) * (o @ o - v.sum())),
        (p @ o) / numpy.sqrt((p @ p) * (o @ o)),
    )
    yield "level_slope", slope, None
    yield "level_intercept", intercept, None
    yield "error", numpy.sqrt((errors - noise).mean()), numpy.sqrt(errors.mean())


def within(data):
    """The variance of answers over items, p over o."""
    kinds = {question["id"]: question for question in data["questions"]}
    sums = numpy.zeros(3)
    for item in data["items"]:
        question = kinds[item["question"]]
        variances = []
        for shares in (numpy.array(item["predicted"]), numpy.array(item["observed"])):
            if question["scale"] == "nominal":
                variances.append((1 - (shares**2).sum()) / 2)
            else:
                values = unit_values(question)
                variances.append(shares @ values**2 - (shares @ values) ** 2)
        size = item["size"]
        sums += [
            variances[0],
            variances[1] * (size / (size - 1) if size else 1),
            variances[1],
        ]
    yield "dispersion_within", sums[0] / sums[1], sums[0] / sums[2]


def signs(data):
    called, wrong, clear, clear_wrong, right_p, right_o = 0, 0, 0, 0, 0.0, 0.0
    for table in tables(data):
        for a, b in itertools.combinations(range(len(table["p"])), 2):
            p = table["p"][a] - table["p"][b]
            o = table["o"][a] - table["o"][b]
            margin = 1.959963984540054 * numpy.sqrt(table["v"][a] + table["v"][b])
            if abs(p) <= margin:
                continue
            called += 1
            wrong += p * o < 0
            clear += abs(o) > margin
            clear_wrong += abs(o) > margin and p * o < 0
            if p * o > 0:
                right_p += abs(p)
                right_o += abs(o)
    yield "sign_errors", wrong / called, None
    yield "clear_sign_errors", clear_wrong / clear, None
    yield "exaggeration", right_p / right_o, None


def gaps(data):
    po, oo, pp, raw = 0.0, 0.0, 0.0, 0.0
    for table in tables(data):
        for region in set(table["region"]):
            members = table["region"] == region
            count, all_count = members.sum(), len(members)
            p = table["p"][members].mean() - table["p"].mean()
            o = table["o"][members].mean() - table["o"].mean()
            # The variance of mean(members) - mean(all), by the weight of each estimate in it.
            weights = members / count - 1 / all_count
            noise = (weights**2 * table["v"]).sum()
            po += count * p * o
            pp += count * p * p
            oo += count * (o * o - noise)
            raw += count * o * o
    yield "gap_slope", po / oo, po / raw
    yield "gap_correlation", po / numpy.sqrt(oo * pp), po / numpy.sqrt(raw * pp)


def associations(data):
    usable = [table for table in tables(data) if len(table["p"]) >= 5]
    shape = (len(data["populations"]), len(usable))
    p, o, v, known = (numpy.zeros(shape) for _ in range(4))
    for column, table in enumerate(usable):
        for matrix, values in zip((p, o, v), deviations(table)):
            matrix[table["place"], column] = values
        known[table["place"], column] = 1
    strengths, products, wrong, sure = [], [], 0, 0
    for j, k in itertools.combinations(range(len(usable)), 2):
        if usable[j]["question"] == usable[k]["question"]:
            continue
        both = (known[:, j] * known[:, k]).astype(bool)
        if both.sum() < 4:
            continue
        scale = [(o[both, c] ** 2 - v[both, c]).sum() for c in (j, k)]
        if min(scale) <= 0:
            continue
        r_o = numpy.clip(o[both, j] @ o[both, k] / numpy.sqrt(scale[0] * scale[1]), -1, 1)
        r_p = p[both, j] @ p[both, k] / numpy.linalg.norm(p[both, j]) / numpy.linalg.norm(p[both, k])
        strengths.append((abs(r_p), abs(r_o)))
        products.append((r_p * r_o, r_p**2, r_o**2))
        if abs(r_o) * numpy.sqrt(both.sum()) >= 1.96:
            sure += 1
            wrong += r_p * r_o < 0
    strengths = numpy.sum(strengths, 0)
    products = numpy.sum(products, 0)
    yield "association_strength", strengths[0] / strengths[1], None
    yield "association_agreement", products[0] / numpy.sqrt(products[1] * products[2]), None
    yield "association_sign_errors", wrong / sure, None
    maps = [matrix @ matrix.T for matrix in (p, o)]
    for one in maps:
        numpy.fill_diagonal(one, 0)
    rv = (maps[0] * maps[1]).sum() / numpy.sqrt((maps[0] ** 2).sum() * (maps[1] ** 2).sum())
    yield "structure", rv, None


def closeness(data):
    ordered = {q["id"] for q in data["questions"] if q["scale"] != "nominal"}
    distances, uniform, cumulative = [], [], []
    for item in data["items"]:
        o, p = numpy.array(item["observed"]), numpy.array(item["predicted"])
        distances.append(abs(o - p).sum() / 2)
        uniform.append(abs(o - 1 / len(o)).sum() / 2)
        if item["question"] in ordered:
            cumulative.append(abs(numpy.cumsum(o - p)).max())
    yield "simbench", 100 * (1 - numpy.sum(distances) / numpy.sum(uniform)), None
    yield "overlap", 1 - numpy.mean(distances), None
    yield "ks", numpy.mean(cumulative), None


def margins(data):
    shares, share_count, whole, items = 0, 0, 0, 0
    for item in data["items"]:
        if not item["size"]:
            continue
        o, p = numpy.array(item["observed"]), numpy.array(item["predicted"])
        near = abs(o - p) <= 1.959963984540054 * numpy.sqrt(o * (1 - o) / item["size"])
        shares += near.sum()
        share_count += len(o)
        whole += near.all()
        items += 1
    yield "shares_within_margin", shares / share_count, None
    yield "items_within_margin", whole / items, None


def main():
    data = survey(numpy.random.default_rng(17))
    parts = (within, between, signs, gaps, associations, closeness, margins)
    data["figures"] = [
        {"id": name, "value": float(value), "uncorrected": None if raw is None else float(raw)}
        for part in parts
        for name, value, raw in part(data)
    ]
    OUTPUT.parent.mkdir(exist_ok=True)
    OUTPUT.write_text(json.dumps(data, separators=(",", ":")) + "\n")


if __name__ == "__main__":
    main()
