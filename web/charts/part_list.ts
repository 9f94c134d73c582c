// Which populations are in which parts of a study design, by attribute: where there is no map to draw.
import { column, flow, paragraph, type Block, type Canvas } from "../drawing/block.ts";
import { categoryDefinitions, categoryFill } from "../drawing/categories.ts";
import { framed, type PictureOptions } from "../drawing/frame.ts";
import { categoryLegend, swatchLabel } from "../drawing/legend.ts";
import { groupByAttributes, type AttributeGroup } from "../study/attributes.ts";
import {
  counted,
  groupByParts,
  partNames,
  partsOfEach,
  sourceOf,
  type Study,
} from "../study/study.ts";

function groupBlock(
  canvas: Canvas,
  study: Study,
  { heading, members }: AttributeGroup,
  fillOf: (population: number) => string,
): Block {
  const style = { size: 13, colour: canvas.theme.muted, bold: true };
  const labels = members.map((member) =>
    swatchLabel(canvas, fillOf(member), study.populations[member].name, canvas.width - 21),
  );
  return column(
    canvas,
    [
      paragraph(canvas, heading, canvas.width, style),
      flow(canvas, labels, canvas.width, { x: 18, y: 7 }),
    ],
    7,
  );
}

export function partList(study: Study, document: Document, options: PictureOptions): SVGElement {
  const parts = partsOfEach(study, 1);
  const sets = groupByParts(parts);
  const setOf = new Map(sets.flatMap((set, index) => set.members.map((one) => [one, index])));
  const notAsked = study.populations.length - parts.size;
  const caption = options.caption && {
    subtitle: `${counted(study.populations.length, "population")} in ${counted(study.parts.length, "part")}`,
    source: sourceOf(study),
    ...options.caption,
  };
  return framed(
    document,
    { ...options, caption },
    (canvas) => {
      const fillOf = (population: number) => {
        const set = setOf.get(population);
        return set === undefined ? canvas.theme.land : categoryFill(canvas, set);
      };
      const labels = sets.map(
        (set) => `${partNames(study, set.parts)}: ${counted(set.members.length, "population")}`,
      );
      const others = notAsked > 0 ? [swatchLabel(canvas, canvas.theme.land, "not asked")] : [];
      const legend = categoryLegend(canvas, labels, others);
      legend.node.insertBefore(categoryDefinitions(canvas, sets.length), legend.node.firstChild);
      const groups = groupByAttributes(study.populations);
      return [legend, ...groups.map((group) => groupBlock(canvas, study, group, fillOf))];
    },
    "Populations by part of the study",
  );
}
