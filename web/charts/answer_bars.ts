// What people answered to one question, and what each run predicted, as bars.
import { column, paragraph, type Block, type Canvas } from "../drawing/block.ts";
import { categoryColour } from "../drawing/categories.ts";
import { framed, type PictureOptions } from "../drawing/frame.ts";
import { translate } from "../drawing/svg.ts";

export interface AnswerBarsInput {
  options: string[]; // the question's, in order
  observed: number[]; // shares, 0 to 1
  predicted: { name: string; colour: number; shares: number[] | null }[]; // by run
}

const textSize = 11.5;
const bar = 8;
const valueWidth = 52;

// The share that fills the width: at least half, so that a flat distribution still looks flat.
function longestBar({ observed, predicted }: AnswerBarsInput): number {
  return Math.max(0.5, ...observed, ...predicted.flatMap((one) => one.shares ?? []));
}

function bars(canvas: Canvas, input: AnswerBarsInput, option: number, left: number): Block {
  const { make, theme, width } = canvas;
  const room = (width - left - valueWidth) / longestBar(input);
  const shares = [
    { name: "observed", share: input.observed[option], fill: theme.ink },
    ...input.predicted.flatMap(({ name, colour, shares: of }) =>
      of ? [{ name, share: of[option], fill: categoryColour(canvas, colour) }] : [],
    ),
  ];
  const rows = shares.map(({ name, share, fill }, index) => {
    const percent = `${(100 * share).toFixed(1)}%`;
    const end = left + Math.max(1, share * room);
    return make(
      "g",
      { transform: translate(0, index * (bar + 4)) },
      make(
        "rect",
        { x: left, y: 1, width: Math.max(1, share * room), height: bar, rx: 1.5, fill },
        make("title", {}, `${name}: ${percent}`),
      ),
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
