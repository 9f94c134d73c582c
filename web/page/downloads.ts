// Everything that the page shows, as CSV and JSON.
import { figureRows } from "./figure_rows.ts";
import { scoreOf } from "./item_list.ts";
import type { Means, Report } from "./report.ts";

export type Table = (string | number | null | undefined)[][];

// RFC 4180: quotes if a field needs them; lines end in CR LF.
export function csvOf(table: Table): string {
  const field = (value: string | number | null | undefined): string => {
    const text = value === null || value === undefined ? "" : String(value);
    return /[",\r\n]/.test(text) ? `"${text.replace(/"/g, '""')}"` : text;
  };
  return table.map((row) => row.map(field).join(",") + "\r\n").join("");
}

export function figuresTable(report: Report): Table {
  const rows = report.metrics.flatMap((metric) =>
    figureRows(report, metric).map((row) => [
      metric.name,
      row.kind,
      row.label,
      row.value,
      row.interval?.low,
      row.interval?.high,
      row.note,
    ]),
  );
  return [["metric", "kind", "predictor", "value", "low", "high", "note"], ...rows];
}

// By topic or by population: a line for each group, run and metric.
export function groupsTable(report: Report, by: "by_topic" | "by_population"): Table {
  const rows = report.runs.flatMap((run) =>
    Object.entries(run.evaluation[by]).flatMap(
      ([key, group]: [string, Means & { name?: string }]) =>
        report.metrics.map((metric) => [
          run.name,
          key,
          group.name ?? key,
          metric.name,
          group.metrics[metric.name],
          group.intervals?.[metric.name]?.low,
          group.intervals?.[metric.name]?.high,
          group.denominators?.[metric.name],
        ]),
    ),
  );
  return [["run", "key", "name", "metric", "value", "low", "high", "items"], ...rows];
}

export function skippedTable(report: Report): Table {
  const rows = report.runs.flatMap((run) =>
    run.evaluation.skipped.map((one) => [run.name, one.question, one.population, one.reason]),
  );
  return [["run", "question", "population", "reason"], ...rows];
}

// One line per option of each item and run.
export function itemsTable(report: Report): Table {
  const { survey, items = [] } = report;
  const header = "run,question,population,option,text,observed,low,high,predicted".split(",");
  if (!survey) return [header];
  const metrics = report.metrics.map((metric) => metric.name);
  const rows = items.flatMap((item) =>
    report.runs.flatMap((run, index) =>
      survey.questions[item[0]].options.map((option, place) => [
        run.name,
        survey.questions[item[0]].id,
        survey.populations[item[1]].id,
        option.label,
        option.text,
        item[3][place],
        item[5]?.[place]?.[0],
        item[5]?.[place]?.[1],
        item[4][index]?.[0][place],
        ...metrics.map((_, metric) => scoreOf(item, index, metric)),
      ]),
    ),
  );
  return [[...header, ...metrics], ...rows];
}

// Offers a file that is made on demand.
export function download(name: string, type: string, content: () => string): HTMLElement {
  const link = document.createElement("button");
  link.textContent = name;
  link.addEventListener("click", () => {
    const address = URL.createObjectURL(new Blob([content()], { type }));
    const anchor = document.createElement("a");
    anchor.href = address;
    anchor.download = name;
    anchor.click();
    setTimeout(() => URL.revokeObjectURL(address), 1000);
  });
  return link;
}
