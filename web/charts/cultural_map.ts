// Populations by two dimensions of values, with a model among them.
import { scaleLinear, type ScaleLinear } from "d3";
import { column, flow, paragraph, type Block, type Canvas } from "../drawing/block.ts";
import { categoryColour } from "../drawing/categories.ts";
import { framed, type PictureOptions } from "../drawing/frame.ts";
import { placeLabels, type Spot } from "../drawing/point_labels.ts";
import { translate } from "../drawing/svg.ts";
import { textWidth } from "../drawing/text.ts";
import { counted } from "../study/study.ts";

interface Point {
  self_expression: number; // standard deviations of the populations
  secular: number;
}

interface NamedPoint extends Point {
  complete: boolean; // otherwise estimated from the indicators that are there
  population: string;
  name: string;
}

export interface CulturalMapInput {
  name: string; // of the model
  source: string;
  populations: NamedPoint[];
  left_out: string[];
  model: Point | null;
  model_missing: string;
  steered: { run: string; points: NamedPoint[] }[];
  indicators: { name: string }[];
  missing: { name: string }[];
}

type Scale = ScaleLinear<number, number>;
type Place = [number, number];

interface Scales {
  x: Scale;
  y: Scale;
  width: number;
  height: number;
}

const labelSize = 11.5;
const modelSize = 13;
const margin = { left: 46, right: 12, top: 12, bottom: 44 };
const steeredRadius = 3.4;

// The same length a standard deviation on both axes, where that is not too high or flat.
function scalesOf(input: CulturalMapInput, width: number): Scales {
  const all: Point[] = [
    ...input.populations,
    ...(input.model ? [input.model] : []),
    ...input.steered.flatMap((run) => run.points),
  ];
  const xs = all.map((point) => point.self_expression);
  const ys = all.map((point) => point.secular);
  const padded = (values: number[]): Place => [
    Math.min(...values) - 0.3,
    Math.max(...values) + 0.3,
  ];
  const [left, right] = padded(xs);
  const [low, high] = padded(ys);
  const inner = width - margin.left - margin.right;
  const height = Math.min(Math.max((inner * (high - low)) / (right - left), inner / 2), inner);
  return {
    x: scaleLinear([left, right], [margin.left, margin.left + inner]),
    y: scaleLinear([low, high], [margin.top + height, margin.top]),
    width,
    height: height + margin.top + margin.bottom,
  };
}

const placeOf = (scales: Scales, point: Point): Place => [
  scales.x(point.self_expression),
  scales.y(point.secular),
];

function grid({ make, theme }: Canvas, scales: Scales): SVGElement[] {
  const { x, y } = scales;
  const [left, right] = x.range();
  const [bottom, top] = y.range();
  const line = (x1: number, y1: number, x2: number, y2: number, value: number) =>
    make("line", { x1, y1, x2, y2, stroke: theme.faint, "stroke-width": value === 0 ? 1.6 : 0.8 });
  const text = (words: string, attributes: Record<string, string | number>) =>
    make("text", { "font-size": 11, fill: theme.muted, ...attributes }, words);
  const vertical = x
    .ticks(7)
    .flatMap((value) => [
      line(x(value), top, x(value), bottom, value),
      text(String(value), { x: x(value), y: bottom + 16, "text-anchor": "middle" }),
    ]);
  const horizontal = y
    .ticks(7)
    .flatMap((value) => [
      line(left, y(value), right, y(value), value),
      text(String(value), { x: left - 7, y: y(value) + 4, "text-anchor": "end" }),
    ]);
  const below = bottom + 36;
  return [
    ...vertical,
    ...horizontal,
    text("← survival values", { x: left, y: below }),
    text("self-expression values →", { x: right, y: below, "text-anchor": "end" }),
  ];
}

// The names of the ends of the upright axis, which stand above and below it.
function uprightName(canvas: Canvas, words: string): Block {
  return paragraph(canvas, words, canvas.width, { size: 11, colour: canvas.theme.muted });
}

function diamond({ make }: Canvas, [x, y]: Place, radius: number, fill: string): SVGElement {
  const points = `0,${-radius} ${radius},0 0,${radius} ${-radius},0`;
  return make("polygon", { points, fill, transform: translate(x, y) });
}

// A five-pointed star, a circle's area around it kept free of labels.
function star({ make, theme }: Canvas, [x, y]: Place, radius: number): SVGElement {
  const corners = Array.from({ length: 10 }, (_, corner) => {
    const angle = (Math.PI * corner) / 5 - Math.PI / 2;
    const length = corner % 2 === 0 ? radius : radius * 0.45;
    return `${(length * Math.cos(angle)).toFixed(2)},${(length * Math.sin(angle)).toFixed(2)}`;
  });
  return make("polygon", {
    points: corners.join(" "),
    fill: modelColour(theme.categories),
    stroke: theme.background,
    "stroke-width": 1.2,
    transform: translate(x, y),
  });
}

// Vermilion, which no run of steered points takes before the sixth.
const modelColour = (categories: readonly string[]): string => categories[5];

function steeredMarks(canvas: Canvas, scales: Scales, input: CulturalMapInput): SVGElement[] {
  const { make } = canvas;
  const people = new Map(input.populations.map((one) => [one.population, one]));
  return input.steered.flatMap(({ run, points }, index) => {
    const colour = categoryColour(canvas, index);
    return points.flatMap((point) => {
      const from = placeOf(scales, point);
      const own = people.get(point.population);
      const to = own ? placeOf(scales, own) : from;
      const line = make("line", {
        x1: from[0],
        y1: from[1],
        x2: to[0],
        y2: to[1],
        stroke: colour,
        "stroke-width": 0.8,
        "stroke-opacity": 0.55,
      });
      const mark = diamond(canvas, from, steeredRadius, colour);
      mark.appendChild(make("title", {}, `${point.name}, as the model answers (${run})`));
      return [line, mark];
    });
  });
}

const tipOf = (point: NamedPoint): string =>
  `${point.name}: self-expression ${point.self_expression.toFixed(2)}, secular ${point.secular.toFixed(2)}` +
  (point.complete ? "" : ", estimated");

// A ring if the position is an estimate.
function dot({ make, theme }: Canvas, [cx, cy]: Place, complete: boolean): SVGElement {
  const fill = complete ? theme.ink : theme.background;
  return make("circle", { cx, cy, r: 3, fill, stroke: theme.ink, "stroke-width": 1.1 });
}

function peopleMarks(canvas: Canvas, scales: Scales, input: CulturalMapInput): SVGElement[] {
  return input.populations.map((point) => {
    const mark = dot(canvas, placeOf(scales, point), point.complete);
    mark.appendChild(canvas.make("title", {}, tipOf(point)));
    return mark;
  });
}

// Labels in the order of their right to a place: the model's, then the populations'.
function spotsOf(scales: Scales, input: CulturalMapInput): Spot[] {
  const model = input.model
    ? [
        {
          at: placeOf(scales, input.model),
          radius: 9,
          label: input.name,
          size: modelSize,
          bold: true,
        },
      ]
    : [];
  return [
    ...model,
    ...input.populations.map((point) => ({
      at: placeOf(scales, point),
      radius: 3,
      label: point.name,
      size: labelSize,
      bold: false,
    })),
  ];
}

function plotOf(canvas: Canvas, input: CulturalMapInput): { plot: Block; unlabelled: string[] } {
  const { make, theme } = canvas;
  const scales = scalesOf(input, canvas.width);
  const [left, right] = scales.x.range();
  const [bottom, top] = scales.y.range();
  const obstacles = input.steered.flatMap((run) =>
    run.points.map((point) => ({ at: placeOf(scales, point), radius: steeredRadius })),
  );
  const spots = spotsOf(scales, input);
  const labels = placeLabels(spots, obstacles, { left, right, top, bottom });
  const texts = labels.flatMap((label, index) => {
    if (!label) return [];
    const { size, bold, label: words } = spots[index];
    return make(
      "text",
      {
        x: label.left,
        y: label.top + 0.78 * size,
        "font-size": size,
        "font-weight": bold ? 600 : undefined,
        // A rim in the background's colour, where a line runs under the name.
        stroke: theme.background,
        "stroke-width": 3,
        "stroke-linejoin": "round",
        "paint-order": "stroke",
        fill: bold ? modelColour(theme.categories) : theme.ink,
      },
      words,
    );
  });
  const model = input.model ? [star(canvas, placeOf(scales, input.model), 10)] : [];
  const node = make(
    "g",
    {},
    ...grid(canvas, scales),
    ...steeredMarks(canvas, scales, input),
    ...peopleMarks(canvas, scales, input),
    ...model,
    ...texts,
  );
  const unlabelled = spots.filter((_, index) => !labels[index]).map((spot) => spot.label);
  return { plot: { node, width: scales.width, height: scales.height }, unlabelled };
}

function legendMark(canvas: Canvas, mark: SVGElement, words: string): Block {
  const width = textWidth(words, 12.5) + 1;
  const text = paragraph(canvas, words, width, { size: 12.5, colour: canvas.theme.ink });
  const node = canvas.make(
    "g",
    {},
    mark,
    canvas.make("g", { transform: translate(21, -0.5) }, text.node),
  );
  return { node, width: 21 + width, height: Math.max(16, text.height) };
}

function legend(canvas: Canvas, input: CulturalMapInput): Block {
  const centre: Place = [8, 7];
  const entries = [legendMark(canvas, dot(canvas, centre, true), "a population's people")];
  if (input.populations.some((one) => !one.complete)) {
    const words = "the same, estimated: not all questions were asked";
    entries.push(legendMark(canvas, dot(canvas, centre, false), words));
  }
  if (input.model) {
    entries.push(legendMark(canvas, star(canvas, centre, 8), "the model, no population named"));
  }
  input.steered.forEach((run, index) => {
    const mark = diamond(canvas, centre, 5, categoryColour(canvas, index));
    entries.push(legendMark(canvas, mark, `the model with a population named (${run.run})`));
  });
  return flow(canvas, entries, canvas.width, { x: 22, y: 8 });
}

export function notesOn(input: CulturalMapInput, unlabelled: string[]): string[] {
  const notes: string[] = [];
  if (!input.model) notes.push(`The model has no point: no answers for ${input.model_missing}.`);
  if (input.missing.length > 0) {
    const names = input.missing.map((one) => one.name).join(", ");
    notes.push(`Made without ${names}: not in the survey, or asked in too few populations.`);
  }
  if (input.left_out.length > 0) {
    notes.push(`Left out, as too many questions are missing: ${input.left_out.join(", ")}.`);
  }
  if (unlabelled.length > 0) notes.push(`Not labeled for lack of room: ${unlabelled.join(", ")}.`);
  return notes;
}

export function culturalMap(
  input: CulturalMapInput,
  document: Document,
  options: PictureOptions,
): SVGElement {
  const caption = options.caption && {
    subtitle:
      `Values of ${counted(input.populations.length, "population")}: two components of ` +
      `${input.indicators.length} indicators (Inglehart-Welzel), in standard deviations`,
    source: input.source,
    ...options.caption,
  };
  return framed(
    document,
    { ...options, caption },
    (canvas) => {
      const { plot, unlabelled } = plotOf(canvas, input);
      const notes = notesOn(input, unlabelled).map((words) =>
        paragraph(canvas, words, canvas.width, { size: 11.5, colour: canvas.theme.muted }),
      );
      return [
        legend(canvas, input),
        column(
          canvas,
          [
            uprightName(canvas, "↑ secular-rational values"),
            plot,
            uprightName(canvas, "↓ traditional values"),
          ],
          2,
        ),
        column(canvas, notes, 5),
      ];
    },
    "Cultural map",
  );
}
