// Rings of arcs around a number, with labels beside them: what the two pictures of topics share.
import * as d3 from "d3";
import { column, flow, paragraph, type Block, type Canvas } from "../drawing/block.ts";
import { calloutColumn, type Callout } from "../drawing/callouts.ts";
import { swatchLabel } from "../drawing/legend.ts";
import { translate } from "../drawing/svg.ts";
import { textWidth } from "../drawing/text.ts";

export interface Arc {
  tip: string;
  fill: string;
  opacity?: number;
}

// An arc with a label and, outside it, one thin arc for each of its leaves.
export interface Wedge extends Arc {
  label: string;
  size: number; // its share of the circle, in any unit
  leaves: Arc[];
}

export interface Sunburst {
  // Each an inner arc along as many wedges as it says, in order; none where there is no inner ring.
  sectors: (Arc & { wedges: number })[];
  wedges: Wedge[];
  centre: { number: string; unit: string };
}

interface Placed {
  wedge: Wedge;
  start: number; // radians from twelve o'clock
  end: number;
}

const narrow = 560; // pixels: labels beside it would have less than a line of words
const labelSize = 12.5;
const radii = { hole: 62, sectors: 92, wedges: 150, leaves: 172, bend: 186 };

function place(wedges: Wedge[]): Placed[] {
  const total = d3.sum(wedges, (wedge) => wedge.size);
  let passed = 0;
  return wedges.map((wedge) => {
    const start = (passed / total) * 2 * Math.PI;
    passed += wedge.size;
    return { wedge, start, end: (passed / total) * 2 * Math.PI };
  });
}

const arcPath = (inner: number, outer: number, start: number, end: number): string =>
  d3.arc().digits(1)({
    innerRadius: inner,
    outerRadius: outer,
    startAngle: start,
    endAngle: end,
  }) ?? "";

function drawArc(canvas: Canvas, path: string, arc: Arc, border = 1.5): SVGElement {
  const { make, theme } = canvas;
  return make(
    "path",
    {
      d: path,
      fill: arc.fill,
      "fill-opacity": arc.opacity,
      stroke: theme.background,
      "stroke-width": border,
    },
    make("title", {}, arc.tip),
  );
}

// Borders between hundreds of leaves must not cover the leaves.
const leafBorder = (angle: number): number => Math.min(1, 0.3 * angle * radii.leaves);

function drawLeaves(canvas: Canvas, { wedge, start, end }: Placed): SVGElement[] {
  const step = (end - start) / wedge.leaves.length;
  return wedge.leaves.map((leaf, index) => {
    const from = start + index * step;
    const path = arcPath(radii.wedges, radii.leaves, from, from + step);
    return drawArc(canvas, path, leaf, leafBorder(step));
  });
}

function drawSectors(canvas: Canvas, sunburst: Sunburst, placed: Placed[]): SVGElement[] {
  let first = 0;
  return sunburst.sectors.map((sector) => {
    const { start } = placed[first];
    first += sector.wedges;
    const path = arcPath(radii.hole, radii.sectors - 2, start, placed[first - 1].end);
    return drawArc(canvas, path, sector);
  });
}

function calloutOf(
  canvas: Canvas,
  { wedge, start, end }: Placed,
  outer: number,
  limit: number,
): Callout & { right: boolean } {
  const angle = (start + end) / 2;
  const at = (radius: number): [number, number] => [
    radius * Math.sin(angle),
    -radius * Math.cos(angle),
  ];
  const right = angle < Math.PI;
  const width = Math.min(limit, textWidth(wedge.label, labelSize) + 1);
  const label = paragraph(canvas, wedge.label, width, {
    size: labelSize,
    colour: canvas.theme.ink,
    align: right ? "start" : "end",
  });
  return { label, from: at(outer), bend: at(radii.bend), right };
}

function centreText(canvas: Canvas, { number, unit }: Sunburst["centre"]): SVGElement[] {
  const { make, theme } = canvas;
  const line = (text: string, size: number, y: number, colour: string) =>
    make("text", { "text-anchor": "middle", "font-size": size, y, fill: colour }, text);
  return [line(number, 30, 4, theme.ink), line(unit, 12.5, 23, theme.muted)];
}

function drawRings(canvas: Canvas, sunburst: Sunburst, placed: Placed[]): SVGElement[] {
  const inner = sunburst.sectors.length > 0 ? radii.sectors : radii.hole;
  return [
    ...drawSectors(canvas, sunburst, placed),
    ...placed.map((one) =>
      drawArc(canvas, arcPath(inner, radii.wedges, one.start, one.end), one.wedge),
    ),
    ...placed.flatMap((one) => drawLeaves(canvas, one)),
    ...centreText(canvas, sunburst.centre),
  ];
}

// Too narrow for labels on both sides: they are below, with their colors.
function drawNarrow(canvas: Canvas, sunburst: Sunburst, placed: Placed[]): Block {
  const { make, width } = canvas;
  const scale = Math.min(1, width / (2 * radii.leaves + 4));
  const size = 2 * radii.leaves * scale;
  const transform = `translate(${width / 2},${size / 2}) scale(${scale})`;
  const rings: Block = {
    node: make("g", { transform }, ...drawRings(canvas, sunburst, placed)),
    width,
    height: size,
  };
  const labels = sunburst.wedges.map(({ fill, label }) =>
    swatchLabel(canvas, fill, label, width - 21),
  );
  return column(canvas, [rings, flow(canvas, labels, width, { x: 18, y: 7 })], 12);
}

export function drawSunburst(canvas: Canvas, sunburst: Sunburst): Block {
  const { make, width } = canvas;
  const placed = place(sunburst.wedges);
  if (width < narrow) return drawNarrow(canvas, sunburst, placed);
  const edge = radii.bend + 22;
  const callouts = placed.map((one) => {
    const outer = one.wedge.leaves.length > 0 ? radii.leaves : radii.wedges;
    return calloutOf(canvas, one, outer, width / 2 - edge - 4);
  });
  const side = (name: "left" | "right") => {
    const mine = callouts.filter((one) => one.right === (name === "right"));
    return calloutColumn(canvas, mine, name === "right" ? edge : -edge, name);
  };
  const [left, right] = [side("left"), side("right")];
  const top = Math.min(-radii.bend, left.top, right.top);
  const bottom = Math.max(radii.bend, left.bottom, right.bottom);
  const node = make(
    "g",
    { transform: translate(width / 2, -top) },
    ...drawRings(canvas, sunburst, placed),
    right.node,
    left.node,
  );
  return { node, width, height: bottom - top };
}
