// A report made up for tests: two runs, two topics, three populations.
import type { Evaluation, Item, Means, Report } from "../page/report.ts";

export const metrics: Report["metrics"] = [
  { name: "js_similarity", title: "JS similarity", better: "higher" },
  { name: "emd", title: "Earth mover's distance", better: "lower" },
];

export const means = (similarity: number | null, emd: number | null, items = 6): Means => ({
  items,
  metrics: { js_similarity: similarity, emd },
  denominators: { js_similarity: items, emd: emd === null ? 0 : items },
});

export function evaluationOf(similarity: number, more: Partial<Evaluation> = {}): Evaluation {
  return {
    model: "tiny",
    ...means(similarity, 0.1),
    skipped: [{ question: "q9", population: "pe", reason: "no prediction" }],
    by_topic: { weather: means(similarity, 0.1, 3), tea: means(similarity - 0.1, null, 3) },
    by_population: {
      jp: { name: "Japan", ...means(similarity, 0.1, 2) },
      pe: { name: "Peru", ...means(0.7, 0.2, 2) },
      xx: { name: "Left-handed people", ...means(0.6, 0.2, 2) },
    },
    baselines: {
      uniform: means(0.7, 0.3),
      question_mean: means(0.84, 0.12),
      nearest_populations: { title: "nearest", ...means(0.9, 0.09, 5) },
    },
    ...more,
  };
}

const populations = [
  { id: "jp", name: "Japan", country: "Japan" },
  { id: "pe", name: "Peru", country: "Peru" },
  { id: "xx", name: "Left-handed people", country: "Left-handed people" },
];

const options = [
  { label: "A", text: "Yes, <b>always</b>" },
  { label: "B", text: "No" },
];

export function reportOf(questions = 2): Report {
  const all = Array.from({ length: questions }, (_, index) => ({
    id: `q${index + 1}`,
    text: index === 0 ? "Does it rain?" : `Do you drink tea number ${index + 1}?`,
    topic: index === 0 ? "weather" : "tea",
    options,
  }));
  const items: Item[] = all.flatMap((_, question) =>
    populations.map((__, population): Item => {
      const score = Number((0.5 + question / 10 + population / 100).toFixed(4));
      return [
        question,
        population,
        100,
        [0.25, 0.75],
        [
          [
            [0.5, 0.5],
            [score, null],
          ],
          null,
        ],
      ];
    }),
  );
  return {
    title: "Rain & tea",
    canvass: "0.1.0",
    command: ["canvass", "report", "a.json", "b.json"],
    metrics,
    runs: [
      { name: "first", file: "a.json", evaluation: evaluationOf(0.85) },
      { name: "second", file: "b.json", evaluation: evaluationOf(0.8) },
    ],
    files: [{ role: "evaluation", file: "a.json", sha256: "ab".repeat(32) }],
    survey: { name: "Rain survey", source: "The board of rain", questions: all, populations },
    items,
    trainings: [],
  };
}

// Every key that an evaluation and a run may have.
export function fullReport(): Report {
  const report = reportOf(20);
  const interval = (low: number, high: number) => ({ low, high });
  report.runs[0].evaluation = evaluationOf(0.85, {
    intervals: { js_similarity: interval(0.82, 0.88), emd: null },
    method: "95%, bootstrap",
    ceiling: { ...means(0.98, 0.01), infinite: { emd: 2 } },
    achieved_share: { js_similarity: 0.54 },
    equivalent_sample_size: { js_similarity: { n: 17.6, low: 12, high: 25 } },
    achieved_share_intervals: { js_similarity: interval(0.5, 0.6) },
    differences: {
      baselines: { question_mean: { js_similarity: { difference: 0.01, low: -0.01, high: 0.03 } } },
      predictions: { second: { js_similarity: { difference: 0.05, low: 0.04, high: 0.06 } } },
    },
    calibration: {
      ece: 0.03,
      bins: [
        { items: 0, confidence: null, accuracy: null },
        { items: 4, confidence: 0.9, accuracy: 0.75 },
      ],
      shares: {
        error: 0.01,
        bins: [
          { shares: 8, predicted: 0.1, observed: 0.15 },
          { shares: 0, predicted: null, observed: null },
          { shares: 4, predicted: 0.9, observed: 0.85 },
        ],
      },
    },
    interval_coverage: { level: 0.9, coverage: 0.85, items: 20, mean_width: 0.3 },
    diagnostics: {
      items_with_sample_size: 6,
      figures: [
        {
          ...{ id: "dispersion_between", title: "variance between populations, ratio" },
          ...{ format: "number", value: 0.463, low: 0.371, high: 0.562, count: 6, unit: "items" },
          ...{ ideal: 1, finding: "below", says: "flattened: populations are more alike" },
        },
        {
          ...{ id: "gap_slope", title: "gaps, predicted per observed", attribute: "sex" },
          ...{ format: "number", value: null, low: null, high: null, count: 0, unit: "items" },
          ...{ ideal: 1, finding: "unknown", says: "" },
        },
        {
          ...{ id: "shares_within_margin", title: "shares within the survey's margin" },
          ...{
            format: "percent",
            value: 0.283,
            low: 0.247,
            high: 0.323,
            count: 12,
            unit: "shares",
          },
          ...{ reference: 0.947, says: "as near to the survey as its own sampling error" },
        },
      ],
      parity: [
        {
          grouping: "population",
          difference: 0.05,
          by_chance: 0.06,
          groups: [
            { name: "Japan", items: 12, js_similarity: 0.9 },
            { name: "Peru", items: 12, js_similarity: 0.85 },
          ],
          small_groups: [{ name: "Left-handed people", items: 3, js_similarity: 0.5 }],
        },
      ],
    },
  });
  report.checklist = [
    {
      title: "The survey",
      entries: [
        { title: "Weighting", known: ["Unweighted."], missing: "" },
        { title: "Sample", known: [], missing: "how respondents were drawn" },
      ],
    },
  ];
  report.trainings = [
    {
      name: "run",
      record: {
        versions: { canvass: "0.1.0" },
        settings: { seed: 1, lora: { targets: ["q", "v"] } },
      },
      history: [
        { epoch: 1, train_loss: 0.5, valid_loss: 0.6, valid_js_similarity: 0.7 },
        { epoch: 2, train_loss: 0.3, valid_loss: 0.4, valid_js_similarity: 0.8 },
      ],
    },
  ];
  return report;
}

// A report in which everything that a survey, a run or the user can name has the text for its name.
export function reportSaying(text: string): Report {
  const report = fullReport();
  report.title = text;
  report.command = ["canvass", "report", text];
  report.files = [{ role: "evaluation", file: text, sha256: "ab".repeat(32) }];
  report.survey!.source = text;
  for (const question of report.survey!.questions) {
    question.topic = text;
    question.text = text;
    question.options = question.options.map(() => ({ label: text, text }));
  }
  report.survey!.questions[0].id = text;
  for (const population of report.survey!.populations) {
    population.name = text;
    population.country = text;
    population.attributes = { [text]: text };
  }
  for (const run of report.runs) {
    const { evaluation } = run;
    run.name = text;
    run.file = text;
    evaluation.model = text;
    evaluation.skipped = [{ question: text, population: text, reason: text }];
    evaluation.by_topic = { weather: means(0.8, 0.1, 3), [text]: means(0.7, null, 3) };
    for (const group of Object.values(evaluation.by_population)) group.name = text;
    evaluation.baselines.uniform.title = text;
  }
  report.trainings[0].name = text;
  report.trainings[0].record[text] = text;
  return report;
}
