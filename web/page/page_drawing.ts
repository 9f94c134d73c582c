// Drawing in the page: in the colors of its style sheet, without titles.
import { pageTheme } from "../drawing/theme.ts";
import type { PictureOptions } from "../drawing/frame.ts";
import { h } from "./html.ts";

export const drawingOptions = (prefix: string, width: number): PictureOptions => ({
  theme: pageTheme,
  width,
  prefix,
});

// The color of a run everywhere on the page.
export const swatch = (run: number): HTMLElement =>
  h("span", {
    class: "swatch",
    style: `background:var(--category-${run % pageTheme.categories.length})`,
  });
