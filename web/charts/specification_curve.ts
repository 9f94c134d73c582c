// Runs in the order of one criterion, with their figures by every criterion below each other, and
// how each run was made. Where the dots of a panel do not rise with the first one's, criteria
// disagree.
import * as d3 from "d3";
import { column, paragraph, type Block, type Canvas } from "../drawing/block.ts";
import { framed, type PictureOptions } from "../drawing/frame.ts";
import { translate } from "../drawing/svg.ts";
import { domainOf } from "./figure_row.ts";

export interface CurvePoint {
  value: number | null;
  low: number | null;
  high: number | null;
  rank: number | null;
}

export interface SpecificationCurveInput {
  items: number;
  runs: { name: string; baseline: boolean }[];
  criteria: { id: string; title: string; ideal: string; runs: CurvePoint[] }[];
  settings: { key: string; value: string; runs: string[] }[];
}

const panelHeight = 64;
const settingHeight = 19;
const nameSize = 11.5;

interface Room {
  labels: number; // width
  x: d3.ScalePoint<number>; // of the runs, from the worst
}

const settingText = ({ key, value }: SpecificationCurveInput["settings"][number]): string =>
  `${key}: ${value}`;

const directions: Record<string, string> = {
  higher: "higher is better",
  lower: "lower is better",
  "1": "1 is best",
};

function roomOf(canvas: Canvas, runs: number): Room {
  const labels = Math.min(0.32 * canvas.width, 250);
  const x = d3
    .scalePoint<number>()
    .domain(d3.range(runs))
    .range([labels + 50, canvas.width - 12])
    .padding(0.5);
  return { labels, x };
}

// The dots of one criterion; better is always up.
function panel(
  canvas: Canvas,
  input: SpecificationCurveInput,
  index: number,
  order: number[],
  room: Room,
): Block {
  const { make, theme } = canvas;
  const criterion = input.criteria[index];
  const numbers = criterion.runs.flatMap(({ value, low, high }) =>
    [value, low, high].filter((one): one is number => one !== null),
  );
  const [bottom, top] = domainOf(numbers);
  const range = criterion.ideal === "lower" ? [4, panelHeight - 4] : [panelHeight - 4, 4];
  const y = d3.scaleLinear([bottom, top], range);
  const best = criterion.runs.findIndex(({ rank }) => rank !== null && rank < 2);
  const marks = order.flatMap((run, place) => {
    const point = criterion.runs[run];
    if (point.value === null) return [];
    const at = room.x(place)!;
    const colour = run === best ? theme.ink : theme.muted;
    const interval =
      point.low !== null && point.high !== null
        ? make("line", {
            x1: at,
            x2: at,
            y1: y(point.low),
            y2: y(point.high),
            stroke: colour,
            "stroke-opacity": 0.5,
            "stroke-width": 2.5,
          })
        : undefined;
    const shape = input.runs[run].baseline
      ? make("path", {
          d: "M0,-4.5L4.5,0L0,4.5L-4.5,0Z",
          transform: translate(at, y(point.value)),
          fill: theme.background,
          stroke: colour,
          "stroke-width": 1.6,
        })
      : make("circle", { cx: at, cy: y(point.value), r: 4.2, fill: colour });
    return [interval, shape].filter((one): one is SVGElement => one !== undefined);
  });
  const [left, right] = [room.labels + 40, canvas.width];
  const ticks = y.ticks(3).flatMap((tick) => [
    make("line", { x1: left, x2: right, y1: y(tick), y2: y(tick), stroke: theme.faint }),
    make(
      "text",
      {
        x: left - 6,
        y: y(tick) + 3.5,
        "font-size": 10,
        "text-anchor": "end",
        fill: theme.muted,
      },
      y.tickFormat(3)(tick),
    ),
  ]);
  const label = column(
    canvas,
    [
      paragraph(canvas, criterion.title, room.labels, {
        size: 12.5,
        colour: theme.ink,
        bold: true,
      }),
      paragraph(canvas, directions[criterion.ideal] ?? "", room.labels, {
        size: 10.5,
        colour: theme.muted,
      }),
    ],
    2,
  );
  return {
    node: make("g", {}, label.node, ...ticks, ...marks),
    width: canvas.width,
    height: Math.max(panelHeight, label.height),
  };
}

// Which runs have a setting, or are which run.
function settingRow(canvas: Canvas, text: string, has: boolean[], room: Room): Block {
  const { make, theme } = canvas;
  const label = paragraph(canvas, text, room.labels + 30, { size: nameSize, colour: theme.ink });
  const height = Math.max(settingHeight, label.height + 4);
  const dots = has.map((one, place) =>
    make("circle", {
      cx: room.x(place),
      cy: height / 2,
      r: one ? 4 : 1.6,
      fill: one ? theme.ink : theme.faint,
    }),
  );
  const name = make("g", { transform: translate(0, (height - label.height) / 2) }, label.node);
  return { node: make("g", {}, name, ...dots), width: canvas.width, height };
}

export function specificationCurve(
  input: SpecificationCurveInput,
  document: Document,
  options: PictureOptions,
): SVGElement {
  return framed(
    document,
    options,
    (canvas) => {
      const room = roomOf(canvas, input.runs.length);
      // The runs come from the best on; a curve rises.
      const order = d3.range(input.runs.length).reverse();
      const panels = input.criteria.map((_, index) => panel(canvas, input, index, order, room));
      const names = order
        .slice()
        .reverse()
        .map((run) =>
          settingRow(
            canvas,
            input.runs[run].name,
            order.map((one) => one === run),
            room,
          ),
        );
      const settings = input.settings.map((setting) =>
        settingRow(
          canvas,
          settingText(setting),
          order.map((run) => setting.runs.includes(input.runs[run].name)),
          room,
        ),
      );
      const note = paragraph(
        canvas,
        `Over the ${input.items.toLocaleString("en")} items that all have, in the order of the ` +
          `first criterion, with 95% intervals; ◇ baselines. Better is up, except where 1 is best.`,
        canvas.width,
        { size: 11, colour: canvas.theme.muted },
      );
      return [
        column(canvas, panels, 14),
        column(canvas, names, 2),
        column(canvas, settings, 2),
        note,
      ];
    },
    "runs by several criteria",
  );
}
