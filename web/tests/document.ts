// The small document that charts are drawn into on the command line, and what tests ask of drawings.
import { parseHTML } from "linkedom";
import { textWidth } from "../drawing/text.ts";

export const document = parseHTML("<!doctype html><html><body></body></html>")
  .document as unknown as Document;

interface Box {
  text: string;
  left: number;
  right: number;
  top: number;
  bottom: number;
}

// Where each line of text lies, by the translations around it and the width that drawing counts on.
export function textBoxes(svg: Element): Box[] {
  return [...svg.querySelectorAll("text")].flatMap((text) => {
    const spans = [...text.querySelectorAll("tspan")];
    return (spans.length > 0 ? spans : [text]).map((line) => boxOf(text, line));
  });
}

function boxOf(text: Element, line: Element): Box {
  const [dx, dy] = offsetOf(text);
  const number = (name: string) => Number(line.getAttribute(name) ?? text.getAttribute(name) ?? 0);
  const size = Number(inherited(text, "font-size"));
  const words = line.textContent ?? "";
  const width = textWidth(words, size, text.getAttribute("font-weight") === "600");
  const anchor = text.getAttribute("text-anchor") ?? "start";
  const left = dx + number("x") - { start: 0, middle: width / 2, end: width }[anchor]!;
  const baseline = dy + number("y");
  return {
    text: words,
    left,
    right: left + width,
    top: baseline - 0.78 * size,
    bottom: baseline + 0.22 * size,
  };
}

function inherited(element: Element, name: string): string | null {
  for (let at: Element | null = element; at; at = at.parentElement) {
    const value = at.getAttribute(name);
    if (value !== null) return value;
  }
  return null;
}

function offsetOf(element: Element): [number, number] {
  let [x, y] = [0, 0];
  for (let at: Element | null = element; at; at = at.parentElement) {
    const found = /translate\(([-\d.]+),([-\d.]+)\)/.exec(at.getAttribute("transform") ?? "");
    if (found) [x, y] = [x + Number(found[1]), y + Number(found[2])];
  }
  return [x, y];
}

// "this over that" for every two lines of text that overlap, and what lies outside the picture.
export function textFaults(svg: Element): string[] {
  const boxes = textBoxes(svg);
  const [width, height] = ["width", "height"].map((name) => Number(svg.getAttribute(name)));
  const faults: string[] = [];
  boxes.forEach((a, index) => {
    if (a.left < -0.5 || a.right > width + 0.5 || a.top < 0 || a.bottom > height) {
      faults.push(`"${a.text}" outside`);
    }
    for (const b of boxes.slice(index + 1)) {
      const apart =
        a.right <= b.left ||
        b.right <= a.left ||
        a.bottom <= b.top + 0.5 ||
        b.bottom <= a.top + 0.5;
      if (!apart) faults.push(`"${a.text}" over "${b.text}"`);
    }
  });
  return faults;
}
