// Items one by one: what was answered and what was predicted; a page of them at a time.
import { answerBars } from "../charts/answer_bars.ts";
import { h, section, select } from "./html.ts";
import { everything, listItems, scoreOf, type Filter } from "./item_list.ts";
import { drawingOptions, swatch } from "./page_drawing.ts";
import { written, type Choice, type Item, type Report } from "./report.ts";

const pageSize = 12;

type Survey = NonNullable<Report["survey"]>;

function itemCard(report: Report, survey: Survey, item: Item, choice: Choice): HTMLElement {
  const question = survey.questions[item[0]];
  const population = survey.populations[item[1]];
  const metric = report.metrics.indexOf(choice.metric);
  const predicted = report.runs.map((run, index) => ({
    name: run.name,
    colour: index,
    shares: item[4][index]?.[0] ?? null,
    intervals: item[4][index]?.[2],
    level: run.evaluation.interval_coverage?.level,
  }));
  const options = question.options.map(({ label, text }) => (text === "" ? label : text));
  const people =
    item[2] === null ? "" : `, ${Math.round(item[2]).toLocaleString("en")} respondents`;
  const scores = report.runs.map((_, index) =>
    h("span", {}, swatch(index), written(scoreOf(item, index, metric))),
  );
  return h(
    "article",
    { class: "item" },
    h("h3", {}, question.text || `Question ${question.id}`),
    h(
      "p",
      { class: "muted" },
      `${population.name}${people} · ${question.id}${question.topic ? ` · ${question.topic}` : ""}`,
    ),
    h("p", { class: "scores" }, `${choice.metric.title} `, ...scores),
    answerBars(
      { options, observed: item[3], intervals: item[5] ?? [], predicted },
      document,
      drawingOptions(`item-${item[0]}-${item[1]}`, 460, { column: 420, inset: 38 }),
    ),
  );
}

interface View {
  filter: Filter;
  page: number;
}

function choices(values: [string, string][], all: string): { value: string; text: string }[] {
  return [{ value: "", text: all }, ...values.map(([value, text]) => ({ value, text }))];
}

const short = (text: string): string => (text.length > 60 ? `${text.slice(0, 59)}…` : text);

// The section; its filter outlives a change of metric or run, which is passed to `choose`.
export function explorer(
  report: Report,
): { element: HTMLElement; choose(choice: Choice): void } | undefined {
  const { survey, items } = report;
  if (!survey || !items) return undefined;
  const view: View = { filter: everything, page: 0 };
  let choice: Choice = { metric: report.metrics[0], run: report.runs[0] };
  const list = h("div", { class: "items" });
  const status = h("span", { class: "status", role: "status" });
  const pager = h("p", { class: "buttons" });

  const turn = (text: string, to: number, pages: number) =>
    h("button", { disabled: to < 0 || to >= pages, click: () => show({ page: to }) }, text);

  function show(change: Partial<View>): void {
    Object.assign(view, change);
    const found = listItems(report, view.filter, report.runs.indexOf(choice.run), choice.metric);
    const pages = Math.max(1, Math.ceil(found.length / pageSize));
    view.page = Math.min(view.page, pages - 1);
    const start = view.page * pageSize;
    const shown = found.slice(start, start + pageSize);
    list.replaceChildren(...shown.map((index) => itemCard(report, survey!, items![index], choice)));
    status.textContent =
      found.length === 0
        ? "No items match."
        : `${start + 1} to ${start + shown.length} of ${found.length.toLocaleString("en")} items`;
    pager.replaceChildren(
      turn("First", view.page === 0 ? -1 : 0, pages),
      turn("Previous", view.page - 1, pages),
      status,
      turn("Next", view.page + 1, pages),
      turn("Last", view.page === pages - 1 ? pages : pages - 1, pages),
    );
  }

  const filter = (change: Partial<Filter>) =>
    show({ filter: { ...view.filter, ...change }, page: 0 });
  const topics = [...new Set(survey.questions.map((question) => question.topic).filter(Boolean))];
  const controls = h(
    "div",
    { class: "controls" },
    h(
      "label",
      {},
      "Search ",
      h("input", {
        type: "search",
        placeholder: "words",
        input: (event) => filter({ words: (event.target as HTMLInputElement).value }),
      }),
    ),
    select(
      "Topic",
      choices(
        topics.map((topic) => [topic, topic]),
        "all topics",
      ),
      "",
      (topic) => filter({ topic }),
    ),
    select(
      "Question",
      choices(
        survey.questions.map(({ id, text }) => [id, short(`${id}: ${text}`)]),
        "all questions",
      ),
      "",
      (question) => filter({ question }),
    ),
    select(
      "Population",
      choices(
        survey.populations.map(({ id, name }) => [id, name]),
        "all populations",
      ),
      "",
      (population) => filter({ population }),
    ),
    select(
      "Order",
      [
        { value: "worst", text: "worst predicted first" },
        { value: "best", text: "best predicted first" },
        { value: "survey", text: "as in the survey" },
      ],
      "worst",
      (order) => filter({ order: order as Filter["order"] }),
    ),
  );
  const legend = h(
    "p",
    { class: "legend" },
    h("span", { class: "swatch", style: "background:var(--ink)" }),
    items.some((item) => item[5]) ? "observed, with its 95% interval " : "observed ",
    ...report.runs.flatMap((run, index) => {
      const level = run.evaluation.interval_coverage?.level;
      const held = level === undefined ? "" : `, with its ${(100 * level).toFixed(0)}% interval`;
      return [swatch(index), `${run.name}${held} `];
    }),
  );
  const element = section(
    "items",
    "Item by item",
    "One question asked of one population.",
    controls,
    legend,
    pager,
    list,
  );
  return {
    element,
    choose(next) {
      choice = next;
      show({});
    },
  };
}
