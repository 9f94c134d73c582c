// HTML elements in one line each.
import { beginning } from "../drawing/text.ts";

type Child = Node | string | undefined | false;
type Attributes = Record<string, string | boolean | ((event: Event) => void) | undefined>;

// What the page shows of a text: browsers take minutes over words of megabytes. Downloads have all.
export const shown = (text: string): string => beginning(text, 5000);

// The page's policy allows a style that a script sets, but no attribute of that name.
export function h(tag: string, attributes: Attributes = {}, ...children: Child[]): HTMLElement {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") element.addEventListener(name, value);
    else if (name === "style") element.style.cssText = String(value ?? "");
    else if (value === true) element.setAttribute(name, "");
    else if (value !== undefined && value !== false) element.setAttribute(name, value);
  }
  for (const child of children) {
    if (child === undefined || child === false) continue;
    element.append(typeof child === "string" ? shown(child) : child);
  }
  return element;
}

export function select(
  label: string,
  choices: { value: string; text: string }[],
  chosen: string,
  onChange: (value: string) => void,
): HTMLElement {
  const options = choices.map(({ value, text }) =>
    h("option", { value, selected: value === chosen }, text),
  );
  const changed = (event: Event) => onChange((event.target as HTMLSelectElement).value);
  return h("label", {}, `${label} `, h("select", { change: changed }, ...options));
}

// A section with a heading and an anchor.
export function section(id: string, title: string, lead: string, ...content: Child[]): HTMLElement {
  return h(
    "section",
    { id },
    h("h2", {}, title),
    lead !== "" && h("p", { class: "lead" }, lead),
    ...content,
  );
}

// Closed on the screen, open on paper.
export function more(summary: string, ...content: Child[]): HTMLElement {
  return h("details", { class: "more" }, h("summary", {}, summary), ...content);
}

export function openForPrint(): void {
  let opened: HTMLDetailsElement[] = [];
  addEventListener("beforeprint", () => {
    opened = [...document.querySelectorAll<HTMLDetailsElement>("details.more:not([open])")];
    for (const details of opened) details.open = true;
  });
  addEventListener("afterprint", () => {
    for (const details of opened) details.open = false;
  });
}

export function table(header: string[], rows: (string | Node)[][]): HTMLElement {
  const head = h("tr", {}, ...header.map((text) => h("th", { scope: "col" }, text)));
  const body = rows.map((row) =>
    h("tr", {}, ...row.map((cell, index) => h(index === 0 ? "th" : "td", {}, cell))),
  );
  return h(
    "div",
    { class: "table" },
    h("table", {}, h("thead", {}, head), h("tbody", {}, ...body)),
  );
}
