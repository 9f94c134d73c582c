// A row of a chart of figures: a name, a mark on an axis with its interval, and the number.
import * as d3 from "d3";
import { paragraph, type Block, type Canvas } from "../drawing/block.ts";
import { translate } from "../drawing/svg.ts";
import { textWidth } from "../drawing/text.ts";

export interface Row {
  label: string;
  value: number | null; // null: none, or infinite
  interval?: { low: number; high: number } | null;
  note?: string; // beside the value: other items, for example
}

// How a row looks, and its mark with the value's place at 0,0.
export interface RowLook {
  colour: string;
  mark: SVGElement;
  strong: boolean; // its name and number
}

type Scale = d3.ScaleLinear<number, number>;

export const rowTextSize = 12.5;
export const rowGap = 9;
const noteGap = 8;

// From the values, a little wider, so that no mark lies on the edge.
export function domainOf(values: number[]): [number, number] {
  const [low, high] = d3.extent(values);
  if (low === undefined || high === undefined) return [0, 1];
  const margin = high > low ? 0.06 * (high - low) : 0.05;
  return [low - margin, high + margin];
}

export const axisDomain = (rows: Row[]): [number, number] =>
  domainOf(
    rows.flatMap(({ value, interval }) => [
      ...(value === null ? [] : [value]),
      ...(interval ? [interval.low, interval.high] : []),
    ]),
  );

const numberOf = ({ value }: Row): string => (value === null ? "none" : value.toFixed(3));

// The axis of all rows: names on its left, numbers and notes on its right.
export function rowScale(canvas: Canvas, rows: Row[]): { scale: Scale; nameWidth: number } {
  const nameWidth = Math.min(0.3 * canvas.width, 230);
  const behind = rows.map(
    (row) =>
      textWidth(numberOf(row), rowTextSize, true) +
      (row.note ? noteGap + textWidth(row.note, rowTextSize) : 0),
  );
  const range = [nameWidth + 14, canvas.width - Math.max(0, ...behind) - 18];
  return { scale: d3.scaleLinear(axisDomain(rows), range), nameWidth };
}

export function drawRow(
  canvas: Canvas,
  row: Row,
  look: RowLook,
  { scale, nameWidth }: { scale: Scale; nameWidth: number },
): Block {
  const { make, theme, width } = canvas;
  const name = paragraph(canvas, row.label, nameWidth, {
    size: rowTextSize,
    colour: look.strong ? theme.ink : theme.muted,
    bold: look.strong,
  });
  const height = Math.max(22, name.height);
  const [left, right] = scale.range();
  const text = (words: string, x: number, fill: string, weight?: number) =>
    make("text", { x, y: 4.5, "font-size": rowTextSize, fill, "font-weight": weight }, words);
  const number = numberOf(row);
  const behind = right + 14 + textWidth(number, rowTextSize, true) + noteGap;
  const line = make(
    "g",
    { transform: translate(0, height / 2) },
    make("line", { x1: left, x2: right, stroke: theme.faint, "stroke-width": 1 }),
    row.interval
      ? make("line", {
          x1: scale(row.interval.low),
          x2: scale(row.interval.high),
          stroke: look.colour,
          "stroke-width": 3,
          "stroke-opacity": 0.55,
        })
      : undefined,
    row.value === null
      ? undefined
      : make("g", { transform: translate(scale(row.value), 0) }, look.mark),
    text(number, right + 14, theme.ink, look.strong ? 600 : undefined),
    row.note ? text(row.note, behind, theme.muted) : undefined,
  );
  const label = make("g", { transform: translate(0, (height - name.height) / 2) }, name.node);
  return { node: make("g", {}, line, label), width, height };
}

export function drawAxis(canvas: Canvas, scale: Scale): Block {
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

// A dotted line through rows, at a value that they are to be compared with.
export function guided(canvas: Canvas, rows: Block, scale: Scale, value: number | null): Block {
  if (value === null) return rows;
  const line = canvas.make("line", {
    x1: scale(value),
    x2: scale(value),
    y2: rows.height,
    stroke: canvas.theme.ink,
    "stroke-dasharray": "3 4",
    "stroke-opacity": 0.5,
  });
  return { ...rows, node: canvas.make("g", {}, line, rows.node) };
}
