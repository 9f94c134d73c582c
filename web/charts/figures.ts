// One figure of several predictors on one axis, with intervals where they are known.
import { column, type Canvas } from "../drawing/block.ts";
import { categoryColour } from "../drawing/categories.ts";
import { framed, type PictureOptions } from "../drawing/frame.ts";
import { drawAxis, drawRow, guided, rowGap, rowScale, type Row } from "./figure_row.ts";

export interface FigureRow extends Row {
  kind: "run" | "baseline" | "ceiling";
}

export interface FiguresInput {
  name: string; // of the figure, with its direction
  rows: FigureRow[];
}

const radius = 5.5;

function mark(canvas: Canvas, row: FigureRow, colour: string): SVGElement {
  const { make, theme } = canvas;
  if (row.kind === "ceiling") {
    return make("path", { d: "M-7,0H7M0,-8V8", stroke: theme.ink, "stroke-width": 2 });
  }
  if (row.kind === "baseline") {
    const d = `M0,${-radius}L${radius},0L0,${radius}L${-radius},0Z`;
    return make("path", { d, fill: theme.background, stroke: theme.muted, "stroke-width": 1.8 });
  }
  return make("circle", { r: radius + 0.5, fill: colour });
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
      const room = rowScale(canvas, input.rows);
      const rows = input.rows.map((row, index) => {
        const strong = row.kind === "run";
        const colour = strong ? categoryColour(canvas, index) : canvas.theme.muted;
        return drawRow(canvas, row, { colour, mark: mark(canvas, row, colour), strong }, room);
      });
      const ceiling = input.rows.find((row) => row.kind === "ceiling")?.value ?? null;
      const chart = guided(canvas, column(canvas, rows, rowGap), room.scale, ceiling);
      return [column(canvas, [chart, drawAxis(canvas, room.scale)], rowGap)];
    },
    input.name,
  );
}
