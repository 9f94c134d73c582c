// Drawing in the page: in the colors of its style sheet, without titles.
import { pageTheme } from "../drawing/theme.ts";
import type { PictureOptions } from "../drawing/frame.ts";
import { h } from "./html.ts";

// What the style sheet leaves of the window for content, pixels.
const contentWidth = (): number => {
  const window = document.documentElement.clientWidth;
  return window - (window <= 520 ? 28 : 64);
};

// Where a drawing stands: the least width of the columns of its grid, if it is in one, and the frame
// around it, both sides; as in the style sheet.
interface Surroundings {
  column?: number;
  inset?: number;
}

const columnGap = 20;

function roomFor({ column, inset = 0 }: Surroundings): number {
  const content = Math.min(contentWidth(), 976);
  if (column === undefined) return content - inset;
  const columns = Math.max(1, Math.floor((content + columnGap) / (column + columnGap)));
  return Math.floor((content - (columns - 1) * columnGap) / columns) - inset;
}

// At most `width`, and no wider than what there is: scaled down, texts would be too small to read.
export const drawingOptions = (
  prefix: string,
  width: number,
  surroundings: Surroundings = {},
): PictureOptions => ({
  theme: pageTheme,
  width: Math.max(260, Math.min(width, roomFor(surroundings))),
  prefix,
});

// The color of a run everywhere on the page.
export const swatch = (run: number): HTMLElement =>
  h("span", {
    class: "swatch",
    style: `background:var(--category-${run % pageTheme.categories.length})`,
  });
