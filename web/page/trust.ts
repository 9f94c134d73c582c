// The sections on how a run came about: reliability, learning, what was skipped, settings.
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

export function reliability(report: Report): HTMLElement | undefined {
  const calibrated = report.runs.filter((run) => run.evaluation.calibration?.bins?.length);
  if (calibrated.length === 0) return undefined;
  const lines = calibrated.map((run): Curve => {
    const bins = run.evaluation.calibration!.bins!;
    const most = Math.max(...bins.map((bin) => bin.count));
    const points = bins
      .filter((bin) => bin.count > 0)
      .map(({ predicted, observed, count }) => ({ x: predicted, y: observed, size: count / most }));
    return { name: run.name, points };
  });
  const errors = calibrated.flatMap((run) => {
    const error = run.evaluation.calibration?.ece;
    return error === undefined
      ? []
      : [`${run.name}: expected calibration error ${error.toFixed(3)}`];
  });
  return section(
    "reliability",
    "Reliability",
    `Of options predicted at a share, what was observed. On the dotted line a forecast is right; larger dots stand for more options. ${errors.join("; ")}`,
    h(
      "figure",
      {},
      curves(
        { x: "predicted share", y: "observed share", curves: lines, square: true },
        document,
        drawingOptions("reliability", 440),
      ),
    ),
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
          curves({ x: "epoch", y, curves: lines }, document, drawingOptions(`${id}-${index}`, 460)),
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
    const text = count === 0 ? "nothing" : `${count.toLocaleString("en")} in no figure`;
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
    "To run it again",
    `Made by canvass ${report.canvass}. Models as the evaluations name them: ${report.runs
      .map((run) => `${run.name}: ${run.evaluation.model}`)
      .join("; ")}.`,
    h("pre", {}, report.command.join(" ")),
    table(["what", "file", "SHA-256"], files),
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
    "Take it with you",
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
