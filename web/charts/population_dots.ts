// One number per population where there is no map to draw: rows by attribute, on one axis.
import { column, paragraph, type Block, type Canvas } from "../drawing/block.ts";
import { categoryColour } from "../drawing/categories.ts";
import { framed, type PictureOptions } from "../drawing/frame.ts";
import { groupByAttributes } from "../study/attributes.ts";
import { counted } from "../study/study.ts";
import { drawAxis, drawRow, guided, rowGap, rowScale, type Row } from "./figure_row.ts";
import { meanOfValues, type ValueMapInput, type ValueOfResident } from "./value_map.ts";

const rowOf = ({ name, value, interval }: ValueOfResident): Row => ({
  label: name,
  value,
  interval,
});

function heading(canvas: Canvas, text: string): Block {
  return paragraph(canvas, text, canvas.width, {
    size: 13,
    colour: canvas.theme.muted,
    bold: true,
  });
}

export function populationDots(
  input: ValueMapInput,
  document: Document,
  options: PictureOptions,
): SVGElement {
  const { values } = input;
  const mean = meanOfValues(values).value;
  const caption = options.caption && {
    subtitle:
      `${input.name}: ${counted(values.length, "population")}` +
      (mean === null ? "" : `; dotted: their mean over items, ${mean.toFixed(3)}`),
    source: input.source,
    ...options.caption,
  };
  return framed(
    document,
    { ...options, caption },
    (canvas) => {
      const room = rowScale(canvas, values.map(rowOf));
      const colour = categoryColour(canvas, 0);
      const drawn = (member: number) =>
        drawRow(
          canvas,
          rowOf(values[member]),
          { colour, mark: canvas.make("circle", { r: 5.5, fill: colour }), strong: false },
          room,
        );
      const groups = groupByAttributes(values).map((group) =>
        column(canvas, [heading(canvas, group.heading), ...group.members.map(drawn)], rowGap / 2),
      );
      const chart = guided(canvas, column(canvas, groups, 2 * rowGap), room.scale, mean);
      return [column(canvas, [chart, drawAxis(canvas, room.scale)], rowGap)];
    },
    input.name,
  );
}
