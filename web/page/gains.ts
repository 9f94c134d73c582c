// Which questions one run predicts better than another, and which worse.
import * as d3 from "d3";
import { changes, type Change } from "../charts/changes.ts";
import { h, more, section, table } from "./html.ts";
import { scoreOf } from "./item_list.ts";
import { drawingOptions } from "./page_drawing.ts";
import { directionOf, written, writtenInterval } from "./report.ts";
import type { Choice, Interval, Metric, Question, Report } from "./report.ts";

// One question: means over the populations that both runs predict, and how much better the run is
// than the other, whichever direction is better. The interval is of that mean over populations.
export interface Gain {
  question: Question;
  items: number;
  other: number;
  run: number;
  gain: number;
  interval?: Interval; // 95%; none of one population
}

// Student's t at 97.5%, by degrees of freedom (Cornish and Fisher's expansion; 3 correct digits from
// 3 on, and too narrow by 4% at 2 and 22% at 1, where it is read from the table).
export function studentQuantile(freedom: number): number {
  if (freedom === 1) return 12.706;
  if (freedom === 2) return 4.303;
  const z = 1.959964;
  const first = (z ** 3 + z) / 4;
  const second = (5 * z ** 5 + 16 * z ** 3 + 3 * z) / 96;
  const third = (3 * z ** 7 + 19 * z ** 5 + 17 * z ** 3 - 15 * z) / 384;
  return z + first / freedom + second / freedom ** 2 + third / freedom ** 3;
}

const mean = (values: number[]): number => d3.mean(values)!;

function intervalOf(differences: number[]): Interval | undefined {
  const n = differences.length;
  const deviation = d3.deviation(differences);
  if (deviation === undefined) return undefined;
  const half = (studentQuantile(n - 1) * deviation) / Math.sqrt(n);
  return { low: mean(differences) - half, high: mean(differences) + half };
}

// Every question that both predict, the largest gain first.
export function questionGains(report: Report, run: number, other: number, metric: Metric): Gain[] {
  const { survey, items = [] } = report;
  if (!survey) return [];
  const position = report.metrics.findIndex((one) => one.name === metric.name);
  const pairs = new Map<number, [number, number][]>();
  for (const item of items) {
    const [mine, theirs] = [scoreOf(item, run, position), scoreOf(item, other, position)];
    if (mine === null || theirs === null) continue;
    pairs.set(item[0], [...(pairs.get(item[0]) ?? []), [mine, theirs]]);
  }
  const sign = metric.better === "higher" ? 1 : -1;
  const gains = [...pairs].map(([index, scores]): Gain => {
    const differences = scores.map(([mine, theirs]) => sign * (mine - theirs));
    return {
      question: survey.questions[index],
      items: scores.length,
      other: mean(scores.map(([, theirs]) => theirs)),
      run: mean(scores.map(([mine]) => mine)),
      gain: mean(differences),
      interval: intervalOf(differences),
    };
  });
  return gains.sort((a, b) => b.gain - a.gain);
}

export type Verdict = "better" | "worse" | "not distinguishable";

export function verdictOf({ interval }: Gain): Verdict {
  if (!interval) return "not distinguishable";
  if (interval.low > 0) return "better";
  return interval.high < 0 ? "worse" : "not distinguishable";
}

const textOf = ({ id, text }: Question): string => (text ? `${id}: ${text}` : id);

const shortened = (text: string): string => (text.length > 90 ? `${text.slice(0, 88)}…` : text);

const shown = 8; // of each kind

const changeOf = ({ question, other, run }: Gain): Change => ({
  label: shortened(textOf(question)),
  from: other,
  to: run,
});

function list(
  id: string,
  title: string,
  [listed, alike]: [Gain[], Gain[]],
  report: Report,
  { metric, run }: Choice,
): HTMLElement | false {
  if (listed.length === 0) return false;
  const chart = changes(
    {
      name: `${metric.title} (${directionOf(metric)})`,
      run: report.runs.indexOf(run),
      changes: listed.map(changeOf),
      alike: alike.map(changeOf),
    },
    document,
    drawingOptions(id, 900),
  );
  return h("figure", {}, h("figcaption", {}, title), chart);
}

// Nothing to show with one run, or without items.
export function gains(report: Report, choice: Choice): HTMLElement {
  const { metric, run } = choice;
  const mine = report.runs.indexOf(run);
  const theirs = mine === 0 ? 1 : 0;
  const all = theirs < report.runs.length ? questionGains(report, mine, theirs, metric) : [];
  if (all.length === 0) return h("div");
  const other = report.runs[theirs];
  const count = (verdict: Verdict) => all.filter((one) => verdictOf(one) === verdict).length;
  const helped = all.filter((one) => one.gain > 0).slice(0, shown);
  const hurt = all
    .filter((one) => one.gain < 0)
    .slice(-shown)
    .reverse();
  const arrow = `from ${other.name} to ${run.name}`;
  const rows = all.map((one) => [
    textOf(one.question),
    String(one.items),
    written(one.other),
    written(one.run),
    `${written(one.gain)}${one.interval ? ` (${writtenInterval(one.interval)})` : ""}`,
    verdictOf(one),
  ]);
  return section(
    "gains",
    "By question",
    `Of ${all.length} questions ${run.name} predicts ${count("better")} better than ${other.name}, ` +
      `${count("worse")} worse, and ${count("not distinguishable")} not distinguishably so ` +
      `(${metric.title}; 95% over populations, each question by itself).`,
    list("gains-better", `Better on average: ${arrow}`, [helped, hurt], report, choice),
    list("gains-worse", `Worse on average: ${arrow}`, [hurt, helped], report, choice),
    more("Every question", table(["Question", "items", other.name, run.name, "gain", ""], rows)),
  );
}
