// What a reader has to be told of survey and model: what the files know, and what is still to add.
import { h, section } from "./html.ts";
import type { ChecklistEntry, Report } from "./report.ts";

const entryOf = ({ title, known, missing }: ChecklistEntry): HTMLElement =>
  h(
    "li",
    {},
    h("strong", {}, `${missing === "" ? "☑" : "☐"} ${title}. `),
    known.join(" "),
    missing !== "" && h("em", { class: "muted" }, ` To add: ${missing}.`),
  );

export function checklist(report: Report): HTMLElement | undefined {
  if (!report.checklist) return undefined;
  return section(
    "checklist",
    "What was done",
    "What AAPOR's Code asks to disclose of a survey, and what GUIDE-LLM is about, of a model: " +
      "answered as far as the files know it.",
    ...report.checklist.map(({ title, entries }) =>
      h(
        "div",
        {},
        h("h3", {}, title),
        h("ul", { class: "checklist" }, ...entries.map((entry) => entryOf(entry))),
      ),
    ),
  );
}
