import assert from "node:assert/strict";
import { test } from "node:test";
import { answerBars } from "../charts/answer_bars.ts";
import { changes } from "../charts/changes.ts";
import { curves } from "../charts/curves.ts";
import { axisDomain } from "../charts/figure_row.ts";
import { figures } from "../charts/figures.ts";
import { topicValues } from "../charts/topic_values.ts";
import { lightTheme } from "../drawing/theme.ts";
import { csvOf, figuresTable, groupsTable, itemsTable, skippedTable } from "../page/downloads.ts";
import {
  achievedText,
  differenceTexts,
  equivalentText,
  figureRows,
  verdictOn,
  verdicts,
} from "../page/figure_rows.ts";
import { questionGains, studentQuantile, verdictOf } from "../page/gains.ts";
import { everything, listItems } from "../page/item_list.ts";
import { titleOfBaseline } from "../page/report.ts";
import { flattened, reliabilityCurve } from "../page/trust.ts";
import { document, textFaults } from "./document.ts";
import { evaluationOf, fullReport, metrics, reportOf } from "./sample_report.ts";

const options = { theme: lightTheme, width: 900, prefix: "test" };
const [similarity, emd] = metrics;

test("runs, baselines and ceiling are rows; other items and infinite means are noted", () => {
  const rows = figureRows(fullReport(), similarity);
  assert.deepEqual(
    rows.map(({ label, kind, value }) => [label, kind, value]),
    [
      ["first", "run", 0.85],
      ["second", "run", 0.8],
      ["uniform", "baseline", 0.7],
      ["question mean", "baseline", 0.84],
      ["nearest", "baseline", 0.9],
      ["noise ceiling", "ceiling", 0.98],
    ],
  );
  assert.deepEqual(rows[0].interval, { low: 0.82, high: 0.88 });
  assert.equal(rows[1].interval, undefined);
  assert.equal(rows[4].note, "over 5 items");
  assert.equal(figureRows(fullReport(), emd)[5].note, "infinite for 2 items");
});

test("baselines have the titles of their files, which version 0.1 did not write", () => {
  const evaluation = evaluationOf(0.85);
  assert.equal(titleOfBaseline(evaluation, "nearest_populations"), "nearest");
  assert.equal(titleOfBaseline(evaluation, "question_mean"), "question mean");
});

test("a baseline is beaten only by more than the interval of the difference", () => {
  const run = fullReport().runs[0];
  assert.equal(verdictOn(run.evaluation, "uniform", similarity), "beats");
  assert.equal(verdictOn(run.evaluation, "question_mean", similarity), "is indistinguishable from");
  assert.equal(
    verdictOn(run.evaluation, "nearest_populations", similarity),
    "is not compared with",
  );
  const without = evaluationOf(0.82);
  assert.equal(verdictOn(without, "question_mean", similarity), "does not beat");
  assert.equal(verdictOn(without, "question_mean", emd), "beats");
  assert.deepEqual(verdicts({ name: "", file: "", evaluation: without }, emd)[0], {
    verdict: "beats",
    names: ["uniform", "question mean"],
  });
});

test("sizes and shares are said in words, or not at all", () => {
  const [first, second] = fullReport().runs;
  assert.equal(
    equivalentText(first, similarity),
    "as good as asking 18 respondents (12 to 25) for each item",
  );
  assert.equal(
    achievedText(first, similarity),
    "54% (50 to 60) of the way from uniform to the noise ceiling",
  );
  assert.equal(equivalentText(second, similarity) + achievedText(second, similarity), "");
  assert.deepEqual(differenceTexts(first, similarity), [
    "differs from second by 0.050 (0.040\u00a0to\u00a00.060)",
  ]);
  assert.deepEqual(differenceTexts(first, emd), []);
  assert.deepEqual(differenceTexts(second, similarity), []);
  const sized = (size: object) =>
    equivalentText(
      {
        ...second,
        evaluation: evaluationOf(0.8, { equivalent_sample_size: { emd: { n: null, ...size } } }),
      },
      emd,
    );
  assert.equal(sized({ below: 1 }), "worse than a sample of 1 respondent per item");
  assert.equal(sized({ above: 1e6 }), "better than samples of 1,000,000 respondents per item");
  assert.equal(sized({ reason: "infinite" }), "no equivalent sample size: infinite");
});

const list = (change: Partial<typeof everything>, run = 0) =>
  listItems(reportOf(), { ...everything, ...change }, run, similarity);

test("items are filtered by words, question, population and topic", () => {
  assert.deepEqual(list({ order: "survey" }), [0, 1, 2, 3, 4, 5]);
  assert.deepEqual(list({ order: "survey", words: "TEA peru" }), [4]);
  assert.deepEqual(list({ order: "survey", question: "q1", population: "xx" }), [2]);
  assert.deepEqual(list({ order: "survey", topic: "tea" }), [3, 4, 5]);
  assert.deepEqual(list({ words: "coffee" }), []);
});

test("items are ordered by score, in the metric's direction, those without one last", () => {
  assert.deepEqual(list({}), [0, 1, 2, 3, 4, 5]);
  assert.deepEqual(list({ order: "best" }), [5, 4, 3, 2, 1, 0]);
  assert.deepEqual(list({ order: "best" }, 1), [0, 1, 2, 3, 4, 5]);
  const report = reportOf();
  report.items!.forEach((item, index) => (item[4][0]![1] = [0, index === 2 ? null : index]));
  assert.deepEqual(listItems(report, everything, 0, emd), [5, 4, 3, 1, 0, 2]);
  assert.deepEqual(listItems(report, { ...everything, order: "best" }, 0, emd), [0, 1, 3, 4, 5, 2]);
});

test("downloads hold everything, quoted as RFC 4180 says", () => {
  assert.equal(
    csvOf([["a,b", 'say "x"', "two\nlines", null, 0.5]]),
    '"a,b","say ""x""","two\nlines",,0.5\r\n',
  );
  const report = fullReport();
  assert.equal(figuresTable(report).length, 1 + 2 * 6);
  assert.deepEqual(figuresTable(report)[1].slice(0, 6), [
    "js_similarity",
    "run",
    "first",
    0.85,
    0.82,
    0.88,
  ]);
  assert.equal(groupsTable(report, "by_topic").length, 1 + 2 * 2 * 2);
  assert.deepEqual(skippedTable(report)[1], ["first", "q9", "pe", "no prediction"]);
  const items = itemsTable(report);
  assert.equal(items.length, 1 + 60 * 2 * 2);
  assert.deepEqual(items[1], [
    "first",
    "q1",
    "jp",
    "A",
    "Yes, <b>always</b>",
    0.25,
    undefined,
    undefined,
    0.5,
    0.5,
    null,
  ]);
  assert.deepEqual(items[3].slice(0, 9), [
    "second",
    "q1",
    "jp",
    "A",
    "Yes, <b>always</b>",
    0.25,
    undefined,
    undefined,
    undefined,
  ]);
});

test("a reliability curve has a point a bin that holds anything", () => {
  const bins = [
    { x: 0.1, y: 0.2, count: 8 },
    { x: null, y: null, count: 0 },
    { x: 0.9, y: 0.7, count: 2 },
  ];
  assert.deepEqual(reliabilityCurve("run", bins).points, [
    { x: 0.1, y: 0.2, size: 1 },
    { x: 0.9, y: 0.7, size: 0.25 },
  ]);
  assert.deepEqual(reliabilityCurve("run", []).points, []);
});

test("settings are listed to the last", () => {
  assert.deepEqual(flattened({ a: { b: 1, c: ["x", 2] }, d: null }), [
    ["a.b", "1"],
    ["a.c", '"x", 2'],
    ["d", "null"],
  ]);
});

test("the axis holds every value and interval", () => {
  const rows = figureRows(fullReport(), similarity);
  const [low, high] = axisDomain(rows);
  assert.ok(low < 0.7 && low > 0.6 && high > 0.98 && high < 1.05);
  assert.ok(axisDomain([{ label: "", value: 0.5 }])[0] < 0.5);
  assert.deepEqual(axisDomain([{ label: "", value: null }]), [0, 1]);
});

const curve = (name: string, count: number) => ({
  name,
  points: Array.from({ length: count }, (_, index) => ({ x: index + 1, y: 1 / (index + 1) })),
});

const drawings: Record<string, () => Element> = {
  figures: () =>
    figures({ name: "x", rows: figureRows(fullReport(), similarity) }, document, options),
  "figures, narrow": () =>
    figures({ name: "x", rows: figureRows(fullReport(), similarity) }, document, {
      ...options,
      width: 420,
    }),
  "answer bars": () =>
    answerBars(
      {
        options: [
          "An option whose words go on and on until they need a second line or a third",
          "No",
        ],
        observed: [0.99, 0.01],
        intervals: [[0.9, 1], null],
        predicted: [
          { name: "first", colour: 0, shares: [1, 0] },
          { name: "second", colour: 1, shares: null },
        ],
      },
      document,
      { ...options, width: 460 },
    ),
  "topic values": () =>
    topicValues(
      {
        name: "x",
        value: 0.5,
        topics: Array.from({ length: 30 }, (_, index) => ({
          name: `topic number ${index}`,
          value: index === 3 ? null : index / 30,
          items: 1 + (index % 5),
          questions: [],
        })),
      },
      document,
      options,
    ),
};

for (const [name, draw] of Object.entries(drawings)) {
  test(`${name}: no text over another or outside`, () => assert.deepEqual(textFaults(draw()), []));
}

test("a run without a prediction has no bar, and is not taken for zero", () => {
  const tips = [...drawings["answer bars"]().querySelectorAll("rect > title")];
  assert.deepEqual(
    tips.map((tip) => tip.textContent),
    [
      "observed: 99.0%, 95% interval 90.0% to 100.0%",
      "first: 100.0%",
      "observed: 1.0%",
      "first: 0.0%",
    ],
  );
});

test("curves have a line and a dot a point, told apart by dashes", () => {
  const svg = curves(
    { x: "epoch", y: "loss", curves: [curve("training", 3), curve("validation", 4)] },
    document,
    options,
  );
  assert.equal(svg.querySelectorAll("circle").length, 7);
  const dashes = [...svg.querySelectorAll('g[aria-label="line"]')].map((line) =>
    line.getAttribute("stroke-dasharray"),
  );
  assert.equal(new Set(dashes).size, 2);
});

// Three populations of each question; the second run has these scores, and the first gains on q1 in all
// of them, on q2 by chance, and q3 has one pair only.
function gainReport() {
  const report = reportOf(3);
  const second = [
    [0.4, 0.41, 0.42],
    [0.5, 0.7, 0.62],
    [0.9, null, null],
  ];
  report.items!.forEach((item) => {
    const score = second[item[0]][item[1]];
    item[4][1] =
      score === null
        ? null
        : [
            [0.5, 0.5],
            [score, score],
          ];
    item[4][0]![1] = [item[4][0]![1][0], item[4][0]![1][0]];
  });
  return report;
}

test("gains of questions are paired, in the direction of the figure", () => {
  const report = gainReport();
  const gains = questionGains(report, 0, 1, similarity);
  assert.deepEqual(
    gains.map(({ question, items }) => [question.id, items]),
    [
      ["q1", 3],
      ["q2", 3],
      ["q3", 1],
    ],
  );
  assert.ok(Math.abs(gains[0].gain - 0.1) < 1e-9);
  assert.deepEqual(gains.map(verdictOf), ["better", "not distinguishable", "not distinguishable"]);
  assert.equal(gains[2].interval, undefined);
  const reversed = questionGains(report, 0, 1, emd);
  assert.equal(reversed.at(-1)!.question.id, "q1");
  assert.equal(verdictOf(reversed.at(-1)!), "worse");
  assert.deepEqual(questionGains({ ...report, survey: undefined }, 0, 1, similarity), []);
});

test("Student's quantiles are those of the tables", () => {
  for (const [freedom, quantile] of [
    [1, 12.706],
    [2, 4.303],
    [3, 3.182],
    [5, 2.571],
    [40, 2.021],
  ]) {
    assert.ok(Math.abs(studentQuantile(freedom) / quantile - 1) < 0.01, String(freedom));
  }
});

test("changes are arrows with their difference", () => {
  const picture = changes(
    {
      name: "JS similarity",
      run: 0,
      changes: [
        {
          label: "A question whose text needs more than the one line that there is room for",
          from: 0.5,
          to: 0.75,
        },
        { label: "Another", from: 0.8, to: 0.7 },
      ],
    },
    document,
    options,
  );
  const text = picture.textContent ?? "";
  assert.ok(text.includes("+0.250") && text.includes("−0.100"));
  assert.deepEqual(textFaults(picture), []);
});
