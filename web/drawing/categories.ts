// Categories distinguished twice: by color and by pattern, for color-blind readers and
// black-and-white printers.
import type { Canvas } from "./block.ts";

type Marks = (canvas: Canvas) => SVGElement[];

const tile = 8;

const line = (path: string): Marks => {
  return ({ make, theme }) => [
    make("path", {
      d: path,
      stroke: theme.onCategory,
      "stroke-width": 1.5,
      "stroke-opacity": 0.85,
      fill: "none",
    }),
  ];
};

const dots: Marks = ({ make, theme }) =>
  [
    [2, 2],
    [6, 6],
  ].map(([cx, cy]) =>
    make("circle", { cx, cy, r: 1.2, fill: theme.onCategory, "fill-opacity": 0.9 }),
  );

// Diagonals go over the tile's edge, so that neighbouring tiles join.
const patterns: Marks[] = [
  () => [],
  line("M-2,6 L6,-2 M2,10 L10,2"),
  dots,
  line("M-2,2 L2,-2 M-2,2 L6,10 M2,-2 L10,6"),
  line("M0,4 L8,4"),
  line("M4,0 L4,8"),
  line("M0,4 L8,4 M4,0 L4,8"),
];

const idOf = (canvas: Canvas, index: number): string => `${canvas.prefix}-category-${index}`;

const colourOf = (canvas: Canvas, index: number): string =>
  canvas.theme.categories[index % canvas.theme.categories.length];

// After one round of colours the patterns are shifted by one: 49 categories before one repeats.
const marksOf = (canvas: Canvas, index: number): Marks =>
  patterns[(index + Math.floor(index / canvas.theme.categories.length)) % patterns.length];

export const categoryColour = colourOf;
export const categoryFill = (canvas: Canvas, index: number): string =>
  `url(#${idOf(canvas, index)})`;

// The <defs> that categoryFill refers to, for categories 0 to count - 1.
export function categoryDefinitions(canvas: Canvas, count: number): SVGElement {
  const definitions = Array.from({ length: count }, (_, index) =>
    canvas.make(
      "pattern",
      { id: idOf(canvas, index), width: tile, height: tile, patternUnits: "userSpaceOnUse" },
      canvas.make("rect", { width: tile, height: tile, fill: colourOf(canvas, index) }),
      ...marksOf(canvas, index)(canvas),
    ),
  );
  return canvas.make("defs", {}, ...definitions);
}
