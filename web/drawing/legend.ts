import { column, flow, paragraph, type Block, type Canvas } from "./block.ts";
import { categoryFill } from "./categories.ts";
import { translate } from "./svg.ts";
import { textWidth } from "./text.ts";

const swatch = 14;
const textSize = 12.5;

// A swatch with its label; a long label is wrapped.
export function swatchLabel(canvas: Canvas, fill: string, label: string, most = 440): Block {
  const { make, theme } = canvas;
  const width = Math.min(most, textWidth(label, textSize) + 1);
  const text = paragraph(canvas, label, width, { size: textSize, colour: theme.ink });
  const node = make(
    "g",
    {},
    make("rect", { width: swatch, height: swatch, rx: 2.5, fill }),
    make("g", { transform: translate(swatch + 7, -0.5) }, text.node),
  );
  return { node, width: swatch + 7 + width, height: Math.max(swatch, text.height) };
}

// Categories in order, after `others` (no data, for example).
export function categoryLegend(canvas: Canvas, labels: string[], others: Block[] = []): Block {
  const blocks = labels.map((label, index) =>
    swatchLabel(canvas, categoryFill(canvas, index), label),
  );
  return flow(canvas, [...blocks, ...others], canvas.width, { x: 22, y: 8 });
}

// Steps of a scale side by side, with the values between them. `bounds` has one more than `fills`.
export function scaleLegend(
  canvas: Canvas,
  name: string,
  fills: readonly string[],
  bounds: string[],
  others: Block[] = [],
): Block {
  const { make, theme } = canvas;
  const even = Math.min(46, (canvas.width - 24) / (fills.length + 0.5));
  const step = Math.max(even, ...bounds.map((bound) => textWidth(bound, 11) + 10));
  const margin = step / 2;
  const edge = Math.max(12, textWidth(bounds[0], 11) / 2); // of the first label, left of the scale
  const rects = fills.map((fill, index) =>
    make("rect", { x: margin + index * step, width: step, height: 12, fill }),
  );
  const labels = bounds.map((bound, index) =>
    make(
      "text",
      {
        x: margin + index * step,
        y: 26,
        "font-size": 11,
        "text-anchor": "middle",
        fill: theme.muted,
      },
      bound,
    ),
  );
  const scale: Block = {
    node: make("g", { transform: translate(edge - margin, 0) }, ...rects, ...labels),
    width: fills.length * step + margin + edge,
    height: 30,
  };
  const title = paragraph(canvas, name, canvas.width, { size: textSize, colour: theme.ink });
  const row = flow(canvas, [scale, ...others], canvas.width, { x: 22, y: 8 });
  return column(canvas, [title, row], 6);
}
