// What every picture has around its chart: title, subtitle, notes, source.
import { canvasOf, column, paragraph, picture, type Block, type Canvas } from "./block.ts";
import type { Theme } from "./theme.ts";

export interface Caption {
  title: string;
  subtitle?: string;
  source?: string;
}

export interface PictureOptions {
  theme: Theme;
  width: number; // pixels
  prefix?: string; // of ids, unique in a page
  caption?: Caption; // none where the page around says all of it
}

const margin = 24;

// Draws with the width that is left inside the margin.
export function framed(
  document: Document,
  options: PictureOptions,
  draw: (canvas: Canvas) => Block[],
  label: string,
): SVGElement {
  const { theme, caption } = options;
  const around = caption ? margin : 2;
  const outer = canvasOf(document, theme, options.width, options.prefix);
  const canvas = { ...outer, width: options.width - 2 * around };
  const heading: Block[] = [];
  const footing: Block[] = [];
  const say = (text: string, size: number, colour: string, bold = false) =>
    paragraph(canvas, text, canvas.width, { size, colour, bold });
  if (caption) {
    heading.push(say(caption.title, 21, theme.ink, true));
    if (caption.subtitle) heading.push(say(caption.subtitle, 13.5, theme.muted));
    if (caption.source) footing.push(say(`Source: ${caption.source}`, 10.5, theme.muted));
  }
  const content = [column(canvas, heading, 6), ...draw(canvas), column(canvas, footing, 4)];
  return picture(outer, column(canvas, content, 18), around, caption?.title ?? label);
}
