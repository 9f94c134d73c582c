// What people answered to one question, and what each run predicted, as bars.
import { column, paragraph, type Block, type Canvas } from "../drawing/block.ts";
import { categoryColour } from "../drawing/categories.ts";
import { framed, type PictureOptions } from "../drawing/frame.ts";
import { translate } from "../drawing/svg.ts";

export interface PredictedBars {
  name: string;
  colour: number;
  shares: number[] | null;
  intervals?: [low: number, high: number][];
  level?: number; // of them, 0 to 1
}

export interface AnswerBarsInput {
  options: string[]; // the question's, in order
  observed: number[]; // shares, 0 to 1
  intervals: ([low: number, high: number] | null)[]; // of them; empty where they are not known
  predicted: PredictedBars[]; // by run
}

const textSize = 11.5;
const bar = 8;
const valueWidth = 52;

const percentOf = (share: number): string => `${(100 * share).toFixed(1)}%`;

// The share that fills the width: at least half, so that a flat distribution still looks flat.
function longestBar({ observed, intervals, predicted }: AnswerBarsInput): number {
  const highs = intervals.flatMap((interval) => interval?.[1] ?? []);
  const predictedHighs = predicted.flatMap((one) => (one.intervals ?? []).map(([, high]) => high));
  return Math.max(
    0.5,
    ...observed,
    ...highs,
    ...predictedHighs,
    ...predicted.flatMap((one) => one.shares ?? []),
  );
}

// Drawn over the bar's end: in its ink beyond the bar, and within it in the background's.
function whisker(canvas: Canvas, [low, share, high]: [number, number, number]): SVGElement {
  const { make, theme } = canvas;
  const middle = 1 + bar / 2;
  const line = (from: number, to: number, stroke: string) =>
    make("line", { x1: from, x2: to, y1: middle, y2: middle, stroke, "stroke-width": 1.5 });
  const end = (x: number, stroke: string) =>
    make("path", { d: `M${x.toFixed(1)},${middle - 3}v6`, stroke, "stroke-width": 1.5 });
  return make(
    "g",
    {},
    line(low, share, theme.background),
    end(low, theme.background),
    line(share, high, theme.ink),
    end(high, theme.ink),
  );
}

function bars(canvas: Canvas, input: AnswerBarsInput, option: number, left: number): Block {
  const { make, theme, width } = canvas;
  const room = (width - left - valueWidth) / longestBar(input);
  const shares = [
    {
      name: "observed",
      share: input.observed[option],
      interval: input.intervals[option],
      level: 0.95,
      fill: theme.ink,
    },
    ...input.predicted.flatMap(({ name, colour, shares: of, intervals, level }) =>
      of
        ? [
            {
              ...{ name, share: of[option], level },
              interval: intervals?.[option] ?? null,
              fill: categoryColour(canvas, colour),
            },
          ]
        : [],
    ),
  ];
  const rows = shares.map(({ name, share, interval, level, fill }, index) => {
    const percent = percentOf(share);
    const held = level === undefined ? "" : `${(100 * level).toFixed(0)}% `;
    const range = interval ? `, ${held}interval ${interval.map(percentOf).join(" to ")}` : "";
    const at = (value: number) => left + value * room;
    const end = Math.max(left + 1, at(share), at(interval?.[1] ?? 0));
    return make(
      "g",
      { transform: translate(0, index * (bar + 4)) },
      make(
        "rect",
        { x: left, y: 1, width: Math.max(1, share * room), height: bar, rx: 1.5, fill },
        make("title", {}, `${name}: ${percent}${range}`),
      ),
      interval ? whisker(canvas, [at(interval[0]), at(share), at(interval[1])]) : undefined,
      make("text", { x: end + 5, y: bar + 0.5, "font-size": 10, fill: theme.muted }, percent),
    );
  });
  return { node: make("g", {}, ...rows), width, height: shares.length * (bar + 4) };
}

export function answerBars(
  input: AnswerBarsInput,
  document: Document,
  options: PictureOptions,
): SVGElement {
  return framed(
    document,
    options,
    (canvas) => {
      const { make, theme, width } = canvas;
      const left = 0.4 * width;
      const rows = input.options.map((text, option): Block => {
        const label = paragraph(canvas, text, left - 12, { size: textSize, colour: theme.ink });
        const group = bars(canvas, input, option, left);
        const height = Math.max(label.height, group.height);
        const centred = make(
          "g",
          { transform: translate(0, (height - group.height) / 2) },
          group.node,
        );
        return { node: make("g", {}, label.node, centred), width, height };
      });
      return [column(canvas, rows, 6)];
    },
    "Observed and predicted shares",
  );
}
