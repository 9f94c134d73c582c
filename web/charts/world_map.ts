// The world with a fill a country: what the two maps have in common.
import { column, flow, paragraph, type Block, type Canvas } from "../drawing/block.ts";
import { swatchLabel } from "../drawing/legend.ts";
import { worldMap, type CountryShape } from "../geography/world.ts";

// A country with something to show.
export interface Mark {
  code: string; // two letters of ISO 3166-1
  fill: string;
  label: string; // beside the map, where the country is too small for it
  tip: string; // when pointed at
}

// In square pixels: a smaller country shows neither colour nor pattern.
const leastArea = 14;
const dot = 4;

function countryPath(canvas: Canvas, shape: CountryShape, mark: Mark | undefined): SVGElement {
  const { make, theme } = canvas;
  const title = mark ? make("title", {}, mark.tip) : undefined;
  return make("path", { d: shape.path, fill: mark?.fill ?? theme.land }, title);
}

// Dots that would lie on one another (Hong Kong, Macao) move apart.
function spread(centres: [number, number][]): [number, number][] {
  const placed: [number, number][] = [];
  for (const [x, y] of centres) {
    let place: [number, number] = [x, y];
    for (
      let turn = 0;
      placed.some((other) => Math.hypot(other[0] - place[0], other[1] - place[1]) < 2 * dot + 1);
      ++turn
    ) {
      const radius = dot * (1 + turn / 4);
      place = [x + radius * Math.cos(turn), y + radius * Math.sin(turn)];
    }
    placed.push(place);
  }
  return placed;
}

function dots(canvas: Canvas, marks: Mark[], shapes: Map<string, CountryShape>): SVGElement[] {
  const { make, theme } = canvas;
  const known = marks.filter((mark) => shapes.has(mark.code));
  const centres = spread(known.map((mark) => (shapes.get(mark.code) as CountryShape).centre));
  return known.map((mark, index) =>
    make(
      "circle",
      {
        cx: centres[index][0],
        cy: centres[index][1],
        r: dot,
        fill: mark.fill,
        stroke: theme.ink,
        "stroke-width": 1,
      },
      make("title", {}, mark.tip),
    ),
  );
}

// Swatches with names, under a line that says what they are.
export function listed(
  canvas: Canvas,
  heading: string,
  marks: Pick<Mark, "fill" | "label">[],
): Block {
  if (marks.length === 0) return { node: canvas.make("g"), width: 0, height: 0 };
  const title = paragraph(canvas, heading, canvas.width, {
    size: 12.5,
    colour: canvas.theme.muted,
  });
  const labels = marks.map((mark) => swatchLabel(canvas, mark.fill, mark.label));
  return column(canvas, [title, flow(canvas, labels, canvas.width, { x: 18, y: 7 })], 7);
}

// The map, and below it the countries that are too small for it.
export function drawWorld(canvas: Canvas, marks: Mark[]): Block[] {
  const { make, theme, width } = canvas;
  const world = worldMap(width);
  const byCode = new Map(marks.map((mark) => [mark.code, mark]));
  const shapes = new Map(world.shapes.map((shape) => [shape.code, shape]));
  const small = marks.filter((mark) => (shapes.get(mark.code)?.area ?? 0) < leastArea);
  const map = make(
    "g",
    {},
    make(
      "g",
      {},
      ...world.shapes.map((shape) => countryPath(canvas, shape, byCode.get(shape.code))),
    ),
    make("path", {
      d: world.borders,
      fill: "none",
      stroke: theme.background,
      "stroke-width": 0.7,
      "stroke-linejoin": "round",
    }),
    ...dots(canvas, small, shapes),
  );
  return [
    { node: map, width, height: world.height },
    listed(canvas, "Too small to be visible, marked with a dot:", small),
  ];
}
