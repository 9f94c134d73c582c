// How figures changed: an arrow in each row from what one run reached to what another did.
import * as d3 from "d3";
import { column, paragraph, type Block, type Canvas } from "../drawing/block.ts";
import { categoryColour } from "../drawing/categories.ts";
import { framed, type PictureOptions } from "../drawing/frame.ts";
import { translate } from "../drawing/svg.ts";
import { textWidth } from "../drawing/text.ts";
import { domainOf, drawAxis } from "./figure_row.ts";

export interface Change {
  label: string;
  from: number;
  to: number;
}

export interface ChangesInput {
  name: string; // of the figure, with its direction
  run: number; // whose color the arrows have
  changes: Change[];
  alike?: Change[]; // in a chart beside this one: both have the same axis
}

const textSize = 12.5;
const rowGap = 7;

const difference = ({ from, to }: Change): string => d3.format("+.3f")(to - from);

function drawRow(
  canvas: Canvas,
  change: Change,
  room: { left: number; right: number; label: Block },
  scale: d3.ScaleLinear<number, number>,
  colour: string,
): Block {
  const { make, theme, width } = canvas;
  const height = Math.max(20, room.label.height);
  const [from, to] = [scale(change.from), scale(change.to)];
  const side = to < from ? 1 : -1;
  const line = make(
    "g",
    { transform: translate(0, height / 2) },
    make("line", { x1: room.left, x2: room.right, stroke: theme.faint, "stroke-width": 1 }),
    make("line", { x1: from, x2: to, stroke: colour, "stroke-width": 2.5 }),
    make("circle", { cx: from, r: 3.5, fill: theme.background, stroke: colour, "stroke-width": 2 }),
    make("path", { d: `M${to},0l${side * 8},-5v10Z`, fill: colour }),
    make(
      "text",
      { x: room.right + 14, y: 4.5, "font-size": textSize, fill: theme.ink },
      difference(change),
    ),
  );
  const label = make(
    "g",
    { transform: translate(0, (height - room.label.height) / 2) },
    room.label.node,
  );
  return { node: make("g", {}, line, label), width, height };
}

export function changes(
  input: ChangesInput,
  document: Document,
  options: PictureOptions,
): SVGElement {
  return framed(
    document,
    options,
    (canvas) => {
      const { theme, width } = canvas;
      const limit = Math.min(0.45 * width, 400);
      const labels = input.changes.map(({ label }) =>
        paragraph(canvas, label, limit, { size: textSize, colour: theme.ink }),
      );
      const numbers = input.changes.map((change) => textWidth(difference(change), textSize));
      const room = { left: limit + 18, right: width - Math.max(...numbers) - 20 };
      const values = [...input.changes, ...(input.alike ?? [])].flatMap(({ from, to }) => [
        from,
        to,
      ]);
      const scale = d3.scaleLinear(domainOf(values), [room.left, room.right]);
      const colour = categoryColour(canvas, input.run);
      const rows = input.changes.map((change, index) =>
        drawRow(canvas, change, { ...room, label: labels[index] }, scale, colour),
      );
      return [column(canvas, [...rows, drawAxis(canvas, scale)], rowGap)];
    },
    input.name,
  );
}
