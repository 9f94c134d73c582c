// What reviewers ask of predictions beyond their mean error: a table of all runs, and what it says of
// the chosen one.
import { h, section, table } from "./html.ts";
import type { Choice, Diagnostic, Parity, Report, Run } from "./report.ts";

const few = 0.005; // what two decimals do not show

// By what the figure is: shares in percent, points of a scale from 0 to 100, or a number.
export function figureText(one: Diagnostic, value: number | null | undefined): string {
  if (value == null) return "–";
  if (one.format === "percent") return `${(100 * value).toFixed(1)}%`;
  if (one.format === "points") return (100 * value).toFixed(1);
  if (Math.abs(value) < few) return "0.00";
  return value.toFixed(Math.abs(value) < 10 ? 2 : 1);
}

const titleOf = ({ title, attribute }: Diagnostic): string =>
  attribute === undefined ? title : `${attribute}: ${title}`;

const sameAs = (one: Diagnostic) => (other: Diagnostic) =>
  other.id === one.id && other.attribute === one.attribute;

function cell(one: Diagnostic | undefined): string | Node {
  if (!one) return "";
  if (one.value === null || one.low === null || one.high === null) {
    return figureText(one, one.value);
  }
  const interval = `${figureText(one, one.low)} to ${figureText(one, one.high)}`;
  return h(
    "span",
    {},
    figureText(one, one.value),
    " ",
    h("span", { class: "muted small" }, interval),
  );
}

function rowOf(one: Diagnostic, runs: Run[]): (string | Node)[] {
  const ideal = one.reference ?? one.ideal;
  return [
    titleOf(one),
    ...runs.map((run) => cell(run.evaluation.diagnostics?.figures.find(sameAs(one)))),
    ideal === undefined ? "" : figureText(one, ideal),
    `${one.count.toLocaleString("en")} ${one.unit}`,
  ];
}

export function parityText(parity: Parity): string {
  const group = ({ name, js_similarity }: Parity["groups"][number]) =>
    `${name} (${js_similarity.toFixed(3)})`;
  const [best, worst] = [parity.groups[0], parity.groups[parity.groups.length - 1]];
  const small = parity.small_groups.map(({ name }) => name).join(", ");
  return (
    `By ${parity.grouping}: best predicted ${group(best)}, worst ${group(worst)}; a difference of ` +
    `${parity.difference.toFixed(3)}, where chance alone makes ${parity.by_chance.toFixed(3)}.` +
    (small ? ` Too few items to rank: ${small}.` : "")
  );
}

const findingText = (one: Diagnostic): string =>
  `${one.attribute === undefined ? "" : `${one.attribute}: `}${one.says} ` +
  `(${figureText(one, one.value)}).`;

export function judging(report: Report, { run }: Choice): HTMLElement | undefined {
  const chosen = run.evaluation.diagnostics;
  if (!chosen) return undefined;
  const found = chosen.figures.filter(({ finding }) => finding === "below" || finding === "above");
  const lines = [...found.map(findingText), ...chosen.parity.map(parityText)];
  const corrected = chosen.items_with_sample_size;
  return section(
    "judging",
    "What reviewers ask",
    "Spread, structure, signs and gaps, each with a 95% interval. " +
      (corrected > 0
        ? `Corrected for the survey's own sampling error, known of ${corrected.toLocaleString("en")} items.`
        : "Nothing says how many people answered: the survey's sampling error counts as the prediction's."),
    lines.length > 0 && h("h3", {}, `${run.name}: beyond chance`),
    lines.length > 0 && h("ul", {}, ...lines.map((line) => h("li", {}, line))),
    table(
      ["figure", ...report.runs.map(({ name }) => name), "ideal", "of"],
      chosen.figures.map((one) => rowOf(one, report.runs)),
    ),
  );
}
