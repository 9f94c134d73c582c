// The sections on how a run was made: reliability, learning, what was skipped, settings.
import { curves, type Curve } from "../charts/curves.ts";
import {
  csvOf,
  download,
  figuresTable,
  groupsTable,
  itemsTable,
  skippedTable,
} from "./downloads.ts";
import { h, more, section, table } from "./html.ts";
import { drawingOptions } from "./page_drawing.ts";
import type { Epoch, Report, Run } from "./report.ts";

interface Bin {
  x: number | null;
  y: number | null;
  count: number;
}

interface ReliabilityKind {
  title: string;
  x: string;
  y: string;
  bins(run: Run): Bin[];
  error(run: Run): number | undefined;
}

const reliabilityKinds: ReliabilityKind[] = [
  {
    title: "Shares: observed share of the options predicted at a given share",
    x: "predicted share",
    y: "observed share",
    bins: ({ evaluation }) =>
      (evaluation.calibration?.shares?.bins ?? []).map((bin) => ({
        x: bin.predicted,
        y: bin.observed,
        count: bin.shares,
      })),
    error: ({ evaluation }) => evaluation.calibration?.shares?.error,
  },
  {
    title: "Majority answers: how often the top option is the majority's",
    x: "predicted share of the top option",
    y: "share correct",
    bins: ({ evaluation }) =>
      (evaluation.calibration?.bins ?? []).map((bin) => ({
        x: bin.confidence,
        y: bin.accuracy,
        count: bin.items,
      })),
    error: ({ evaluation }) => evaluation.calibration?.ece,
  },
];

// Empty bins have no point.
export function reliabilityCurve(name: string, bins: Bin[]): Curve {
  const most = Math.max(...bins.map((bin) => bin.count));
  const points = bins.flatMap(({ x, y, count }) =>
    x === null || y === null || count === 0 ? [] : [{ x, y, size: count / most }],
  );
  return { name, points };
}

function reliabilityChart(report: Report, kind: ReliabilityKind, index: number) {
  const lines = report.runs.map((run) => reliabilityCurve(run.name, kind.bins(run)));
  if (lines.every((line) => line.points.length === 0)) return undefined;
  const errors = report.runs.flatMap((run) => {
    const error = kind.error(run);
    return error === undefined ? [] : [`${run.name} ${error.toFixed(3)}`];
  });
  const options = drawingOptions(`reliability-${index}`, 440, { column: 380 });
  const input = { x: kind.x, y: kind.y, curves: lines, square: true };
  const caption = errors.length > 0 ? `. Calibration error: ${errors.join(", ")}.` : ".";
  return h(
    "figure",
    {},
    h("figcaption", {}, kind.title + caption),
    curves(input, document, options),
  );
}

export function reliability(report: Report): HTMLElement | undefined {
  const charts = reliabilityKinds.flatMap((kind, index) => {
    const chart = reliabilityChart(report, kind, index);
    return chart ? [chart] : [];
  });
  if (charts.length === 0) return undefined;
  return section(
    "reliability",
    "Reliability",
    "On the dotted line predictions are calibrated; larger dots stand for more cases. If people " +
      "disagree, correct shares predict the majority more often than they say: use the shares.",
    h("div", { class: "pair" }, ...charts),
  );
}

function learningCurves(history: Epoch[], keys: [keyof Epoch & string, string][]): Curve[] {
  return keys.flatMap(([key, name]) => {
    const points = history.flatMap((epoch) =>
      typeof epoch[key] === "number" ? [{ x: epoch.epoch, y: epoch[key] as number }] : [],
    );
    return points.length > 0 ? [{ name, points }] : [];
  });
}

export function learning(report: Report): HTMLElement | undefined {
  const charts = report.trainings
    .filter((training) => training.history.length > 0)
    .map(({ name, history }, index) => {
      const losses = learningCurves(history, [
        ["train_loss", "training loss"],
        ["valid_loss", "validation loss"],
      ]);
      const similarity = learningCurves(history, [
        ["valid_js_similarity", "validation JS similarity"],
      ]);
      const draw = (y: string, lines: Curve[], id: string) =>
        lines.length > 0 &&
        h(
          "figure",
          {},
          curves(
            { x: "epoch", y, curves: lines },
            document,
            drawingOptions(`${id}-${index}`, 460, { column: 380 }),
          ),
        );
      return h(
        "div",
        {},
        h("h3", {}, name),
        h(
          "div",
          { class: "pair" },
          draw("loss", losses, "loss"),
          draw("JS similarity", similarity, "similarity"),
        ),
      );
    });
  return charts.length === 0 ? undefined : section("learning", "Learning", "", ...charts);
}

function reasonsOf(run: Run): HTMLElement[] {
  const byReason = new Map<string, string[]>();
  for (const { question, population, reason } of run.evaluation.skipped) {
    byReason.set(reason, [...(byReason.get(reason) ?? []), `${question} of ${population}`]);
  }
  return [...byReason].map(([reason, items]) =>
    h(
      "details",
      {},
      h("summary", {}, `${items.length.toLocaleString("en")}: ${reason}`),
      h("p", { class: "small" }, items.join("; ")),
    ),
  );
}

export function skipped(report: Report): HTMLElement {
  const runs = report.runs.map((run) => {
    const count = run.evaluation.skipped.length;
    const text = count === 0 ? "nothing" : `${count.toLocaleString("en")} not in any figure`;
    return h("div", {}, h("h3", {}, `${run.name}: ${text}`), ...reasonsOf(run));
  });
  return section("skipped", "What was left out", "", ...runs);
}

// {"a": {"b": 1}} as rows "a.b", "1".
export function flattened(value: unknown, path = ""): [string, string][] {
  if (value === null || typeof value !== "object") return [[path, String(value)]];
  if (Array.isArray(value)) return [[path, value.map((one) => JSON.stringify(one)).join(", ")]];
  return Object.entries(value).flatMap(([key, inner]) =>
    flattened(inner, path === "" ? key : `${path}.${key}`),
  );
}

export function settings(report: Report): HTMLElement {
  const files = report.files.map(({ role, file, sha256 }) => [role, file, h("code", {}, sha256)]);
  return section(
    "settings",
    "How to reproduce it",
    `Made by canvass ${report.canvass}. Models as the evaluations name them: ${report.runs
      .map((run) => `${run.name}: ${run.evaluation.model}`)
      .join("; ")}.`,
    h("pre", {}, report.command.join(" ")),
    table(["role", "file", "SHA-256"], files),
    ...report.trainings.map(({ name, record }) =>
      more(
        `Training ${name}: settings, versions, hashes`,
        table(["setting", "value"], flattened(record)),
      ),
    ),
  );
}

export function downloads(report: Report, text: string): HTMLElement {
  const csv = (name: string, make: () => string) => download(name, "text/csv;charset=utf-8", make);
  return section(
    "downloads",
    "Downloads",
    "Everything on this page.",
    h(
      "p",
      { class: "buttons" },
      csv("figures.csv", () => csvOf(figuresTable(report))),
      csv("topics.csv", () => csvOf(groupsTable(report, "by_topic"))),
      csv("populations.csv", () => csvOf(groupsTable(report, "by_population"))),
      report.items && csv("items.csv", () => csvOf(itemsTable(report))),
      csv("skipped.csv", () => csvOf(skippedTable(report))),
      download("report.json", "application/json", () => text),
    ),
  );
}
