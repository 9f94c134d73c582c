// Lines over an axis, by Observable Plot: learning curves and reliability.
import * as Plot from "@observablehq/plot";
import { column, flow, type Block, type Canvas } from "../drawing/block.ts";
import { categoryColour } from "../drawing/categories.ts";
import { framed, type PictureOptions } from "../drawing/frame.ts";
import { swatchLabel } from "../drawing/legend.ts";
import { drawn, fontFamily } from "../drawing/text.ts";

export interface Curve {
  name: string;
  points: { x: number; y: number; size?: number }[];
}

export interface CurvesInput {
  x: string; // names of the axes
  y: string;
  curves: Curve[];
  // Shares from 0 to 1 on both axes, with the diagonal of a perfect forecast.
  square?: boolean;
}

// Lines are distinguished by dashes too.
const dashes = ["none", "6 3", "2 3", "8 3 2 3"];

function plotOf(canvas: Canvas, document: Document, input: CurvesInput): Block {
  const { theme } = canvas;
  const width = input.square ? Math.min(canvas.width, 420) : canvas.width;
  const height = input.square ? width : 260;
  const share = { domain: [0, 1] as [number, number] };
  const integers = input.curves.flatMap((curve) => curve.points.map((point) => point.x));
  const marks = input.curves.flatMap((curve, index) => {
    const colour = categoryColour(canvas, index);
    const line = { x: "x", y: "y", stroke: colour, strokeWidth: 2 };
    return [
      Plot.line(curve.points, { ...line, strokeDasharray: dashes[index % dashes.length] }),
      Plot.dot(curve.points, {
        x: "x",
        y: "y",
        fill: colour,
        stroke: theme.background,
        r: (point: Curve["points"][number]) =>
          point.size === undefined ? 3.5 : 2.5 + 8 * Math.sqrt(point.size),
        title: (point: Curve["points"][number]) =>
          `${drawn(curve.name)}: ${input.x} ${point.x.toPrecision(4)}, ${input.y} ${point.y.toPrecision(4)}`,
      }),
    ];
  });
  const diagonal = Plot.line(
    [
      [0, 0],
      [1, 1],
    ],
    { stroke: theme.muted, strokeDasharray: "2 4" },
  );
  const ticks = [...new Set(integers)];
  const drawing = Plot.plot({
    document,
    width,
    height,
    marginLeft: 56,
    marginBottom: 40,
    style: { background: "none", color: theme.muted, fontSize: "11.5px", fontFamily },
    x: input.square
      ? { ...share, label: input.x }
      : { label: input.x, ticks: ticks.length <= 20 ? ticks : undefined, tickFormat: "d" },
    y: { ...(input.square ? share : { nice: true }), label: input.y, grid: true },
    marks: input.square ? [diagonal, ...marks] : marks,
  });
  // The page's policy allows no other styles than its own, and this one is of no use in a drawing.
  drawing.querySelector("style")?.remove();
  return { node: drawing as SVGElement, width, height };
}

export function curves(
  input: CurvesInput,
  document: Document,
  options: PictureOptions,
): SVGElement {
  return framed(
    document,
    options,
    (canvas) => {
      const names = input.curves.map((curve, index) =>
        swatchLabel(canvas, categoryColour(canvas, index), curve.name),
      );
      const legend = flow(canvas, names, canvas.width, { x: 20, y: 6 });
      return [column(canvas, [legend, plotOf(canvas, document, input)], 10)];
    },
    `${input.y} by ${input.x}`,
  );
}
