// The sections on how well the runs predict: at a glance, by country, by topic.
import { figures } from "../charts/figures.ts";
import { topicValues, type QuestionValue } from "../charts/topic_values.ts";
import { populationDots } from "../charts/population_dots.ts";
import { isCrossed, isMap, populationValues } from "../charts/population_values.ts";
import {
  achievedText,
  differenceTexts,
  equivalentText,
  figureRows,
  figureTable,
  verdicts,
} from "./figure_rows.ts";
import { h, more, section, table } from "./html.ts";
import { scoreOf } from "./item_list.ts";
import { drawingOptions, swatch } from "./page_drawing.ts";
import {
  directionOf,
  written,
  writtenInterval,
  type Choice,
  type Means,
  type Metric,
  type Report,
  type Run,
} from "./report.ts";

const nameOf = (metric: Metric): string => `${metric.title} (${directionOf(metric)})`;

function card(report: Report, run: Run, metric: Metric): HTMLElement {
  const { evaluation } = run;
  const interval = evaluation.intervals?.[metric.name];
  const lines = [
    achievedText(run, metric),
    equivalentText(run, metric),
    ...verdicts(run, metric).map(({ verdict, names }) => `${verdict} ${names.join(", ")}`),
    ...differenceTexts(run, metric),
    evaluation.differences ? "" : "no intervals: a small difference may be due to chance",
  ];
  return h(
    "article",
    { class: "card" },
    h("h3", {}, swatch(report.runs.indexOf(run)), run.name),
    h("p", { class: "big" }, written(evaluation.metrics[metric.name])),
    h(
      "p",
      { class: "muted" },
      interval ? `${writtenInterval(interval)}, ` : "",
      `${metric.title}, ${(evaluation.denominators[metric.name] ?? 0).toLocaleString("en")} items`,
    ),
    h("ul", {}, ...lines.filter(Boolean).map((line) => h("li", {}, line))),
  );
}

export function glance(report: Report, { metric }: Choice): HTMLElement {
  const chart = figures(
    { name: nameOf(metric), rows: figureRows(report, metric) },
    document,
    drawingOptions("figures", 900),
  );
  const all = figureTable(report);
  const first = report.runs[0];
  const several =
    report.runs.length > 1 ? ` Baselines and ceiling cover the items of ${first.name}.` : "";
  const method = first.evaluation.method ? ` Intervals: ${first.evaluation.method}.` : "";
  return section(
    "glance",
    "At a glance",
    "",
    h("div", { class: "cards" }, ...report.runs.map((run) => card(report, run, metric))),
    h(
      "figure",
      {},
      h(
        "figcaption",
        {},
        `${nameOf(metric)}: runs ●, simple baselines ◇, noise ceiling ┼.${several}${method}`,
      ),
      chart,
    ),
    more("Every figure", table(all.header, all.rows)),
  );
}

export function countries(report: Report, { metric, run }: Choice): HTMLElement {
  const byId = new Map(report.survey?.populations.map((one) => [one.id, one]));
  const values = Object.entries(run.evaluation.by_population).map(([id, group]) => ({
    name: group.name,
    country: byId.get(id)?.country ?? group.country ?? group.name,
    attributes: byId.get(id)?.attributes ?? group.attributes,
    value: group.metrics[metric.name] ?? null,
    items: group.denominators[metric.name] ?? 0,
    interval: group.intervals?.[metric.name],
  }));
  const input = { name: nameOf(metric), values, source: "" };
  const chart = populationValues(input, document, drawingOptions("map", 960));
  const note = isMap(input)
    ? "Outlines: Natural Earth, by de facto control; Equal Earth projection."
    : `Dotted: the mean over all items; ${directionOf(metric)}.`;
  return section(
    "countries",
    "By population",
    `${metric.title} of ${run.name}. ${note}`,
    h("figure", {}, chart),
    isMap(input) &&
      isCrossed(input) &&
      h("figure", {}, populationDots(input, document, drawingOptions("dots", 960))),
    more("Every population, all runs", groupTable(report, "by_population", metric)),
  );
}

// Groups in rows, runs in columns, the worst of the first run first.
function groupTable(report: Report, by: "by_topic" | "by_population", metric: Metric): HTMLElement {
  const groups = report.runs.map(
    (run) => run.evaluation[by] as Record<string, Means & { name?: string }>,
  );
  const keys = [...new Set(groups.flatMap((group) => Object.keys(group)))];
  const valueOf = (index: number, key: string) => groups[index][key]?.metrics[metric.name] ?? null;
  const sign = metric.better === "higher" ? 1 : -1;
  keys.sort((a, b) => sign * ((valueOf(0, a) ?? Infinity) - (valueOf(0, b) ?? Infinity)));
  const rows = keys.map((key) => {
    const items = Math.max(...groups.map((group) => group[key]?.denominators[metric.name] ?? 0));
    const cells = groups.map((group, index) => {
      const interval = group[key]?.intervals?.[metric.name];
      return written(valueOf(index, key)) + (interval ? ` (${writtenInterval(interval)})` : "");
    });
    const name = groups.find((group) => group[key])?.[key].name ?? key;
    return [name, items.toLocaleString("en"), ...cells];
  });
  return table(["", "items", ...report.runs.map((run) => run.name)], rows);
}

// Means of the explorer's items by question; none if the page has no items.
function questionValues(report: Report, run: number, metric: Metric): Map<string, QuestionValue[]> {
  const { survey, items } = report;
  const byTopic = new Map<string, QuestionValue[]>();
  if (!survey || !items) return byTopic;
  const place = report.metrics.indexOf(metric);
  const scores = new Map<number, number[]>();
  for (const item of items) {
    const score = scoreOf(item, run, place);
    if (score === null) continue;
    const list = scores.get(item[0]) ?? [];
    list.push(score);
    scores.set(item[0], list);
  }
  for (const [index, list] of [...scores].sort((a, b) => a[0] - b[0])) {
    const { id, text, topic } = survey.questions[index];
    const value = list.reduce((sum, score) => sum + score, 0) / list.length;
    const key = topic || "(no topic)";
    byTopic.set(key, [...(byTopic.get(key) ?? []), { id, text, value }]);
  }
  return byTopic;
}

export function topicsSection(report: Report, { metric, run }: Choice): HTMLElement {
  const questions = questionValues(report, report.runs.indexOf(run), metric);
  const topics = Object.entries(run.evaluation.by_topic).map(([name, group]) => ({
    name,
    value: group.metrics[metric.name] ?? null,
    items: group.items,
    questions: questions.get(name) ?? [],
  }));
  const chart = topicValues(
    { name: nameOf(metric), value: run.evaluation.metrics[metric.name] ?? null, topics },
    document,
    drawingOptions("topics", 900),
  );
  const ring = questions.size > 0 ? " The outer ring has one arc per question." : "";
  return section(
    "topics",
    "By topic",
    `${metric.title} of ${run.name}; the angle is the share of items.${ring}`,
    h("figure", {}, chart),
    more("Every topic, all runs", groupTable(report, "by_topic", metric)),
  );
}
