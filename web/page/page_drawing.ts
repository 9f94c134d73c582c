// Drawing in the page: in the colours of its style sheet, without titles of their own.
import { pageTheme } from "../drawing/theme.ts";
import type { PictureOptions } from "../drawing/frame.ts";
import { h } from "./html.ts";

export const drawingOptions = (prefix: string, width: number): PictureOptions => ({
  theme: pageTheme,
  width,
  prefix,
});

// The colour of a run, wherever it appears.
export const swatch = (run: number): HTMLElement =>
  h("span", {
    class: "swatch",
    style: `background:var(--category-${run % pageTheme.categories.length})`,
  });
