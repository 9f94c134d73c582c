// Runs, baselines and ceiling as rows of one chart and one table, and what can be said about them.
import type { FigureRow } from "../charts/figures.ts";
import {
  better,
  titleOfBaseline,
  wholeNumber,
  written,
  writtenInterval,
  type Evaluation,
  type Means,
  type Metric,
  type Report,
  type Run,
} from "./report.ts";

// Means over other items cannot be compared; a note says so.
function noteOf(means: Means, reference: Means, metric: Metric): string | undefined {
  const items = means.denominators[metric.name];
  if (means.infinite?.[metric.name]) return `infinite for ${means.infinite[metric.name]} items`;
  if (items === reference.denominators[metric.name]) return undefined;
  return `over ${items.toLocaleString("en")} items`;
}

// The baselines and the ceiling are those of the first run, so its items are the ones to compare.
export function figureRows(report: Report, metric: Metric): FigureRow[] {
  const reference = report.runs[0].evaluation;
  const row = (label: string, kind: FigureRow["kind"], means: Means): FigureRow => ({
    label,
    kind,
    value: means.metrics[metric.name] ?? null,
    interval: means.intervals?.[metric.name],
    note: noteOf(means, reference, metric),
  });
  return [
    ...report.runs.map((run) => row(run.name, "run", run.evaluation)),
    ...Object.entries(reference.baselines).map(([key, means]) =>
      row(titleOfBaseline(reference, key), "baseline", means),
    ),
    ...(reference.ceiling ? [row("noise ceiling", "ceiling", reference.ceiling)] : []),
  ];
}

export type Verdict =
  "beats" | "does not beat" | "is indistinguishable from" | "is not compared with";

// By the interval of the paired difference if the evaluation has one, else by the figures alone.
export function verdictOn(evaluation: Evaluation, baseline: string, metric: Metric): Verdict {
  const mine = evaluation.metrics[metric.name];
  const means = evaluation.baselines[baseline];
  const other = means.metrics[metric.name];
  const same = means.denominators[metric.name] === evaluation.denominators[metric.name];
  if (mine == null || other == null || !same) return "is not compared with";
  const difference = evaluation.differences?.baselines?.[baseline]?.[metric.name];
  if (difference && difference.low !== null && difference.high !== null) {
    if (difference.low <= 0 && difference.high >= 0) return "is indistinguishable from";
  }
  return better(metric, mine, other) ? "beats" : "does not beat";
}

export function verdicts(run: Run, metric: Metric): { verdict: Verdict; names: string[] }[] {
  const byVerdict = new Map<Verdict, string[]>();
  for (const key of Object.keys(run.evaluation.baselines)) {
    const verdict = verdictOn(run.evaluation, key, metric);
    const title = titleOfBaseline(run.evaluation, key);
    byVerdict.set(verdict, [...(byVerdict.get(verdict) ?? []), title]);
  }
  return [...byVerdict].map(([verdict, names]) => ({ verdict, names }));
}

// "as good as asking 18 respondents for each item".
export function equivalentText(run: Run, metric: Metric): string {
  const size = run.evaluation.equivalent_sample_size?.[metric.name];
  if (!size) return "";
  const people = (n: number) => `${wholeNumber(n)} ${n === 1 ? "respondent" : "respondents"}`;
  if (size.below !== undefined) return `worse than a sample of ${people(size.below)} per item`;
  if (size.above !== undefined) return `better than samples of ${people(size.above)} per item`;
  if (size.n === null) return size.reason ? `no equivalent sample size: ${size.reason}` : "";
  const known = size.low != null && size.high != null;
  const range = known ? ` (${wholeNumber(size.low!)} to ${wholeNumber(size.high!)})` : "";
  return `as good as asking ${people(size.n)}${range} for each item`;
}

export function achievedText(run: Run, metric: Metric): string {
  const share = run.evaluation.achieved_share?.[metric.name];
  if (share == null) return "";
  const percent = (value: number) => (100 * value).toFixed(0);
  const interval = run.evaluation.achieved_share_intervals?.[metric.name];
  const range = interval ? ` (${percent(interval.low)} to ${percent(interval.high)})` : "";
  return `${percent(share)}%${range} of the way from uniform to the noise ceiling`;
}

// "differs from zero-shot by 0.010 (0.002 to 0.018)": this run's figure less the other's, item by item.
// Where the interval has 0 in it, chance may be all of it.
export function differenceTexts(run: Run, metric: Metric): string[] {
  const others = Object.entries(run.evaluation.differences?.predictions ?? {});
  return others.flatMap(([name, byMetric]) => {
    const one = byMetric[metric.name];
    if (!one) return [];
    const known = one.low !== null && one.high !== null;
    const range = known ? ` (${writtenInterval({ low: one.low!, high: one.high! })})` : "";
    const byChance = known && one.low! <= 0 && one.high! >= 0;
    const what = byChance ? `not distinguishable from ${name}:` : `differs from ${name} by`;
    return [`${what} ${written(one.difference)}${range}`];
  });
}

// Every metric in a row: header, then cells.
export function figureTable(report: Report): { header: string[]; rows: string[][] } {
  const names = figureRows(report, report.metrics[0]).map((row) => row.label);
  const rows = report.metrics.map((metric) => [
    `${metric.title} ${metric.better === "higher" ? "↑" : "↓"}`,
    ...figureRows(report, metric).map((row) => {
      const interval = row.interval ? ` (${writtenInterval(row.interval)})` : "";
      return `${written(row.value)}${interval}${row.note ? ` ${row.note}` : ""}`;
    }),
  ]);
  return { header: ["Figure", ...names], rows };
}
