// Blocks with a size, put below or beside each other: what is laid out so cannot overlap.
import { maker, translate, type Make } from "./svg.ts";
import { fontFamily, wrapText } from "./text.ts";
import type { Theme } from "./theme.ts";

// A drawing with its upper left corner at 0,0; sizes in pixels.
export interface Block {
  node: SVGElement;
  width: number;
  height: number;
}

// What every chart is drawn with.
export interface Canvas {
  make: Make;
  theme: Theme;
  width: number; // of the whole drawing
  prefix: string; // of the ids in it: unique in the page it is put into
}

export function canvasOf(
  document: Document,
  theme: Theme,
  width: number,
  prefix = "canvass",
): Canvas {
  return { make: maker(document), theme, width, prefix };
}

export interface TextStyle {
  size: number;
  colour: string;
  bold?: boolean;
  align?: "start" | "end"; // within the width
}

// Text wrapped to a width.
export function paragraph(canvas: Canvas, text: string, width: number, style: TextStyle): Block {
  const lines = wrapText(text, style.size, width, style.bold);
  const lineHeight = style.size * 1.35;
  const x = style.align === "end" ? width : 0;
  const spans = lines.map((line, index) =>
    canvas.make("tspan", { x, y: style.size + index * lineHeight }, line),
  );
  const attributes = {
    "font-size": style.size,
    fill: style.colour,
    "font-weight": style.bold ? 600 : undefined,
    "text-anchor": style.align === "end" ? "end" : undefined,
  };
  const height = lines.length === 0 ? 0 : style.size * 1.2 + (lines.length - 1) * lineHeight;
  return { node: canvas.make("text", attributes, ...spans), width, height };
}

// One below the other; empty ones take no room.
export function column(canvas: Canvas, blocks: Block[], gap: number): Block {
  let y = 0;
  let width = 0;
  const placed: SVGElement[] = [];
  for (const block of blocks.filter((one) => one.height > 0)) {
    if (placed.length > 0) y += gap;
    placed.push(canvas.make("g", { transform: translate(0, y) }, block.node));
    y += block.height;
    width = Math.max(width, block.width);
  }
  return { node: canvas.make("g", {}, ...placed), width, height: y };
}

// Beside each other, in as many rows as `width` needs; each row as high as its highest.
export function flow(
  canvas: Canvas,
  blocks: Block[],
  width: number,
  gap: { x: number; y: number },
): Block {
  let x = 0;
  let y = 0;
  let rowHeight = 0;
  const placed: SVGElement[] = [];
  for (const block of blocks) {
    if (x > 0 && x + block.width > width) {
      x = 0;
      y += rowHeight + gap.y;
      rowHeight = 0;
    }
    placed.push(canvas.make("g", { transform: translate(x, y) }, block.node));
    x += block.width + gap.x;
    rowHeight = Math.max(rowHeight, block.height);
  }
  return { node: canvas.make("g", {}, ...placed), width, height: y + rowHeight };
}

// The SVG element itself, with a margin around the block.
export function picture(canvas: Canvas, block: Block, margin: number, title: string): SVGElement {
  const width = canvas.width;
  const height = Math.ceil(block.height + 2 * margin);
  return canvas.make(
    "svg",
    {
      xmlns: "http://www.w3.org/2000/svg",
      viewBox: `0 0 ${width} ${height}`,
      width,
      height,
      role: "img",
      "font-family": fontFamily,
    },
    canvas.make("title", {}, title),
    canvas.make("rect", { width, height, fill: canvas.theme.background }),
    canvas.make("g", { transform: translate(margin, margin) }, block.node),
  );
}
