"""Importing respondents: rows a second and peak memory, beside pandas doing the same sums.

    python3 bench/import.py --canvass build/release/src/cli/canvass [--rows 100000] [--runs 5]

Makes a file of the shape of the World Values Survey's wave 7 (259 questions, a country and a
weight), the same from the same seed. canvass imports it with its wvs format; pandas reads it, with
its C reader and with pyarrow's, and sums weights and their squares by country and answer of each
question. All of them take turns; medians and ratios are printed as a Markdown table. The shares of
both are compared: a difference past 1e-9 ends it with exit status 1. Needs pandas and pyarrow.
"""

import argparse
import json
import multiprocessing
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

COUNTRIES, QUESTIONS = 64, 259


def parse():
    parser = argparse.ArgumentParser()
    parser.add_argument("--canvass", type=Path)
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--pandas", nargs=3, metavar=("ENGINE", "CSV", "OUTPUT"),
                        help="do pandas' part only (for the processes of this script)")
    return parser.parse_args()


def options_of(question):
    return (2, 3, 4, 5, 10)[question % 5]


def write_respondents(rows, path):
    import numpy
    import pandas
    draw = numpy.random.default_rng(7)
    columns = {"B_COUNTRY": numpy.sort(draw.integers(1, COUNTRIES + 1, rows)),
               "W_WEIGHT": draw.gamma(4.0, 0.25, rows).round(6)}
    for question in range(1, QUESTIONS + 1):
        answers = draw.integers(1, options_of(question) + 1, rows)
        other = draw.random(rows)
        answers = numpy.where(other < 0.04, -1, numpy.where(other < 0.06, -2, answers))
        columns[f"Q{question}"] = numpy.where(other > 0.99, -4, answers)
    pandas.DataFrame(columns).to_csv(path, index=False)


def write_codebook(path):
    book = {"B_COUNTRY": {"question": "Country",
                          "choices": {str(c): f"Country {c}" for c in range(1, COUNTRIES + 1)}}}
    for question in range(1, QUESTIONS + 1):
        choices = {str(code): f"Answer {code}" for code in range(1, options_of(question) + 1)}
        book[f"Q{question}"] = {"question": f"Question {question}?",
                                "choices": {**choices, "-1": "Don't know", "-2": "No answer"}}
    path.write_text(json.dumps(book), encoding="utf-8")


def sum_with_pandas(engine, csv, output):
    """What the import computes: shares, n, n_eff, and the shares of don't know and no answer."""
    import pandas
    table = pandas.read_csv(csv, engine=engine)
    weight = table["W_WEIGHT"]
    result = {}
    for name in [column for column in table.columns if column.startswith("Q")]:
        frame = pandas.DataFrame({"country": table["B_COUNTRY"], "answer": table[name],
                                  "w": weight, "w2": weight * weight})
        frame = frame[frame["answer"] >= -2]
        sums = frame.groupby(["country", "answer"]).agg(w=("w", "sum"), w2=("w2", "sum"),
                                                        n=("w", "size")).reset_index()
        asked = sums.groupby("country")["w"].sum()
        valid = sums[sums["answer"] > 0]
        total = valid.groupby("country")[["w", "w2", "n"]].sum()
        shares = valid.set_index(["country", "answer"])["w"] / total["w"]
        result[name] = {"shares": shares, "n": total["n"], "n_eff": total["w"] ** 2 / total["w2"],
                        "apart": sums[sums["answer"] < 0].set_index(["country", "answer"])["w"]
                        / asked}
    pandas.to_pickle({name: one["shares"].to_dict() for name, one in result.items()}, output)


def timed(command):
    """Seconds, processor seconds and peak MB of a process."""
    started = time.perf_counter()
    process = subprocess.Popen([str(part) for part in command], stdout=subprocess.DEVNULL,
                               stderr=subprocess.PIPE)
    errors = process.stderr.read()
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        sys.exit(errors.decode())
    return (time.perf_counter() - started, usage.ru_utime + usage.ru_stime,
            usage.ru_maxrss / 1024)


def greatest_difference(survey, pickle):
    import pandas
    shares = pandas.read_pickle(pickle)
    greatest, compared = 0.0, 0
    for line in survey.read_text(encoding="utf-8").splitlines():
        item = json.loads(line).get("item")
        if item is None:
            continue
        country = int(item["population"].removeprefix("Country "))
        for index, share in enumerate(item["distribution"]):
            greatest = max(greatest,
                           abs(share - shares[item["question"]].get((country, index + 1), 0.0)))
            compared += 1
    return greatest, compared


def main():
    arguments = parse()
    if arguments.pandas:
        return sum_with_pandas(*arguments.pandas)
    if not arguments.canvass:
        sys.exit("name the program with --canvass")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        csv, codebook = folder / "respondents.csv", folder / "codebook.json"
        survey, pickle = folder / "survey.jsonl", folder / "shares.pickle"
        # In a process of its own: the memory of this one counts in the peak of those it starts.
        writer = multiprocessing.Process(target=write_respondents, args=(arguments.rows, csv))
        writer.start()
        writer.join()
        write_codebook(codebook)
        ways = {"canvass": [arguments.canvass, "import", "wvs", csv, "--codebook", codebook, "-o",
                            survey]}
        for engine in ("c", "pyarrow"):
            ways[f"pandas, {engine}"] = [sys.executable, __file__, "--pandas", engine, csv, pickle]
        runs = {way: [] for way in ways}
        for _ in range(arguments.runs):
            for way, command in ways.items():
                runs[way].append(timed(command))
        difference, compared = greatest_difference(survey, pickle)
        print(f"{arguments.rows} rows, {csv.stat().st_size / 1e6:.0f} MB, medians of "
              f"{arguments.runs} runs; {compared} shares differ by {difference:.1e} at most\n")
        print("| | seconds | ratio | processor seconds | ratio | rows a second | peak MB |\n"
              "|---|---|---|---|---|---|---|")
        medians = {way: [statistics.median(one) for one in zip(*figures)]
                   for way, figures in runs.items()}
        for way, (seconds, work, memory) in medians.items():
            print(f"| {way} | {seconds:.2f} | {seconds / medians['canvass'][0]:.2f} | {work:.2f} | "
                  f"{work / medians['canvass'][1]:.2f} | {arguments.rows / seconds:,.0f} | "
                  f"{memory:.0f} |")
        if difference > 1e-9:
            sys.exit("the shares differ")


if __name__ == "__main__":
    main()
