// The report page: reads the data in it, and draws.
import { checklist } from "./checklist.ts";
import { explorer } from "./explorer.ts";
import { gains } from "./gains.ts";
import { h, openForPrint, select, shown } from "./html.ts";
import { judging } from "./judging.ts";
import { countries, glance, topicsSection } from "./results.ts";
import { downloads, learning, reliability, settings, skipped } from "./trust.ts";
import type { Choice, Report } from "./report.ts";

const text = document.getElementById("report")?.textContent ?? "";
const report = JSON.parse(text) as Report;
const choice: Choice = { metric: report.metrics[0], run: report.runs[0] };

function heading(): HTMLElement {
  const { survey, runs } = report;
  const items = Math.max(...runs.map((run) => run.evaluation.items));
  const counts = [
    `${runs.length} ${runs.length === 1 ? "run" : "runs"}`,
    `${items.toLocaleString("en")} items`,
    survey && `${survey.questions.length} questions`,
    survey && `${survey.populations.length} populations`,
  ];
  return h(
    "header",
    {},
    h("h1", {}, report.title),
    h("p", { class: "lead" }, counts.filter(Boolean).join(" · ")),
    survey?.source && h("p", { class: "muted small" }, `Survey: ${survey.source}`),
  );
}

function bar(onChange: () => void): HTMLElement {
  const metrics = report.metrics.map(({ name, title }) => ({ value: name, text: title }));
  const runs = report.runs.map(({ name }, index) => ({ value: String(index), text: name }));
  return h(
    "nav",
    { class: "controls" },
    select("Figure", metrics, choice.metric.name, (name) => {
      choice.metric = report.metrics.find((metric) => metric.name === name)!;
      onChange();
    }),
    report.runs.length > 1 &&
      select("Run", runs, "0", (index) => {
        choice.run = report.runs[Number(index)];
        onChange();
      }),
  );
}

// A phone that is turned; but not the bar of a browser that comes and goes.
function redrawWhenWidthChanges(redraw: () => void): void {
  const width = () => Math.min(document.documentElement.clientWidth, 1040);
  let drawn = width();
  addEventListener("resize", () => {
    if (width() === drawn) return;
    drawn = width();
    redraw();
  });
}

function start(): void {
  const drawn = [glance, countries, topicsSection, gains, judging, reliability, learning];
  const places = drawn.map(() => h("div"));
  const items = explorer(report);
  const redraw = () => {
    drawn.forEach((draw, index) => {
      const section = draw(report, choice);
      places[index].replaceChildren(...(section ? [section] : []));
    });
    items?.choose(choice);
  };
  const ends = [skipped(report), checklist(report), settings(report), downloads(report, text)];
  const main = h("main", {}, heading(), bar(redraw), ...places);
  if (items) main.append(items.element);
  main.append(...ends.filter((one) => one !== undefined));
  document.title = shown(report.title);
  document.body.append(main);
  redraw();
  redrawWhenWidthChanges(redraw);
  openForPrint();
}

start();
