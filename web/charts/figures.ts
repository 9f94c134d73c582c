// One figure of several predictors on one axis, with intervals where they are known.
import * as d3 from "d3";
import { column, paragraph, type Block, type Canvas } from "../drawing/block.ts";
import { categoryColour } from "../drawing/categories.ts";
import { framed, type PictureOptions } from "../drawing/frame.ts";
import { translate } from "../drawing/svg.ts";
import { textWidth } from "../drawing/text.ts";

export interface FigureRow {
  label: string;
  kind: "run" | "baseline" | "ceiling";
  value: number | null; // null: none, or infinite
  interval?: { low: number; high: number } | null;
  note?: string; // beside the value: other items, for example
}

export interface FiguresInput {
  name: string; // of the figure, with its direction
  rows: FigureRow[];
}

const textSize = 12.5;
const radius = 5.5;
const rowGap = 9;

// From the values, a little wider, so that no mark lies on the edge.
export function domainOf(values: number[]): [number, number] {
  const [low, high] = d3.extent(values);
  if (low === undefined || high === undefined) return [0, 1];
  const margin = high > low ? 0.06 * (high - low) : 0.05;
  return [low - margin, high + margin];
}

export const axisDomain = (rows: FigureRow[]): [number, number] =>
  domainOf(
    rows.flatMap(({ value, interval }) => [
      ...(value === null ? [] : [value]),
      ...(interval ? [interval.low, interval.high] : []),
    ]),
  );

function mark(canvas: Canvas, row: FigureRow, x: number, index: number): SVGElement {
  const { make, theme } = canvas;
  if (row.kind === "ceiling") {
    return make("path", {
      d: `M${x - 7},0H${x + 7}M${x},-8V8`,
      stroke: theme.ink,
      "stroke-width": 2,
    });
  }
  if (row.kind === "baseline") {
    const d = `M${x},${-radius}L${x + radius},0L${x},${radius}L${x - radius},0Z`;
    return make("path", { d, fill: theme.background, stroke: theme.muted, "stroke-width": 1.8 });
  }
  return make("circle", { cx: x, r: radius + 0.5, fill: categoryColour(canvas, index) });
}

function drawRow(
  canvas: Canvas,
  row: FigureRow,
  index: number,
  room: { left: number; right: number; label: Block },
  scale: d3.ScaleLinear<number, number>,
): Block {
  const { make, theme, width } = canvas;
  const height = Math.max(22, room.label.height);
  const colour = row.kind === "run" ? categoryColour(canvas, index) : theme.muted;
  const number = row.value === null ? "none" : row.value.toFixed(3);
  const note = row.note ? `  ${row.note}` : "";
  const text = (words: string, x: number, fill: string, weight?: number) =>
    make("text", { x, y: 4.5, "font-size": textSize, fill, "font-weight": weight }, words);
  const x = row.value === null ? undefined : scale(row.value);
  const line = make(
    "g",
    { transform: translate(0, height / 2) },
    make("line", { x1: room.left, x2: room.right, stroke: theme.faint, "stroke-width": 1 }),
    row.interval
      ? make("line", {
          x1: scale(row.interval.low),
          x2: scale(row.interval.high),
          stroke: colour,
          "stroke-width": 3,
          "stroke-opacity": 0.55,
        })
      : undefined,
    x === undefined ? undefined : mark(canvas, row, x, index),
    text(number, room.right + 14, theme.ink, row.kind === "run" ? 600 : undefined),
    note ? text(note, room.right + 14 + textWidth(number, textSize, true), theme.muted) : undefined,
  );
  const label = make(
    "g",
    { transform: translate(0, (height - room.label.height) / 2) },
    room.label.node,
  );
  return { node: make("g", {}, line, label), width, height };
}

export function drawAxis(canvas: Canvas, scale: d3.ScaleLinear<number, number>): Block {
  const { make, theme, width } = canvas;
  const [left, right] = scale.range();
  const count = Math.max(2, Math.floor((right - left) / 80));
  const format = scale.tickFormat(count);
  const ticks = scale
    .ticks(count)
    .flatMap((tick) => [
      make("line", { x1: scale(tick), x2: scale(tick), y1: 0, y2: 5, stroke: theme.muted }),
      make(
        "text",
        { x: scale(tick), y: 18, "font-size": 11, "text-anchor": "middle", fill: theme.muted },
        format(tick),
      ),
    ]);
  const line = make("line", { x1: left, x2: right, stroke: theme.muted });
  return { node: make("g", {}, line, ...ticks), width, height: 22 };
}

export function figures(
  input: FiguresInput,
  document: Document,
  options: PictureOptions,
): SVGElement {
  return framed(
    document,
    options,
    (canvas) => {
      const { make, theme, width } = canvas;
      const limit = Math.min(0.3 * width, 230);
      const labels = input.rows.map((row) =>
        paragraph(canvas, row.label, limit, {
          size: textSize,
          colour: row.kind === "run" ? theme.ink : theme.muted,
          bold: row.kind === "run",
        }),
      );
      const values = input.rows.map(
        ({ value, note }) =>
          textWidth(value === null ? "none" : value.toFixed(3), textSize, true) +
          textWidth(note ? `  ${note}` : "", textSize),
      );
      const room = { left: limit + 14, right: width - Math.max(...values) - 18 };
      const scale = d3.scaleLinear(axisDomain(input.rows), [room.left, room.right]);
      const rows = column(
        canvas,
        input.rows.map((row, index) =>
          drawRow(canvas, row, index, { ...room, label: labels[index] }, scale),
        ),
        rowGap,
      );
      const ceiling = input.rows.find((row) => row.kind === "ceiling" && row.value !== null);
      const guide = ceiling && {
        x1: scale(ceiling.value as number),
        x2: scale(ceiling.value as number),
        y2: rows.height,
        stroke: theme.ink,
        "stroke-dasharray": "3 4",
        "stroke-opacity": 0.5,
      };
      const node = make("g", {}, guide ? make("line", guide) : undefined, rows.node);
      return [column(canvas, [{ ...rows, node }, drawAxis(canvas, scale)], rowGap)];
    },
    input.name,
  );
}
