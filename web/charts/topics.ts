// Questions by topic, and by part where there are several: a sunburst whose outermost ring has one
// arc a question.
import * as d3 from "d3";
import { paragraph, type Block, type Canvas } from "../drawing/block.ts";
import { calloutColumn, type Callout } from "../drawing/callouts.ts";
import { categoryColour, categoryDefinitions, categoryFill } from "../drawing/categories.ts";
import { framed, type PictureOptions } from "../drawing/frame.ts";
import { categoryLegend } from "../drawing/legend.ts";
import { translate } from "../drawing/svg.ts";
import { textWidth } from "../drawing/text.ts";
import { counted, sourceOf, type Study } from "../study/study.ts";
import { topicTree, type PartTopics, type Topic } from "../study/topic_tree.ts";

// A topic of a part, with its angles in radians from twelve o'clock.
interface Wedge {
  part: PartTopics;
  topic: Topic;
  colour: number; // index of its category
  start: number;
  end: number;
}

const labelSize = 12.5;
const radii = { hole: 62, parts: 92, topics: 150, questions: 172, bend: 186 };

function wedgesOf(tree: PartTopics[]): Wedge[] {
  const total = d3.sum(tree, (part) => part.questions);
  let asked = 0;
  const colourByPart = tree.length > 1;
  return tree.flatMap((part, partIndex) =>
    part.topics.map((topic, topicIndex) => {
      const start = (asked / total) * 2 * Math.PI;
      asked += topic.questions.length;
      const end = (asked / total) * 2 * Math.PI;
      return { part, topic, colour: colourByPart ? partIndex : topicIndex, start, end };
    }),
  );
}

const arcPath = (inner: number, outer: number, start: number, end: number): string =>
  d3.arc().digits(1)({
    innerRadius: inner,
    outerRadius: outer,
    startAngle: start,
    endAngle: end,
  }) ?? "";

interface Look {
  fill: string;
  opacity?: number;
  border?: number; // pixels
}

function arc(canvas: Canvas, path: string, tip: string, look: Look): SVGElement {
  const { make, theme } = canvas;
  return make(
    "path",
    {
      d: path,
      fill: look.fill,
      "fill-opacity": look.opacity,
      stroke: theme.background,
      "stroke-width": look.border ?? 1.5,
    },
    make("title", {}, tip),
  );
}

// Borders between hundreds of questions must not cover the questions.
const questionBorder = (angle: number): number => Math.min(1, 0.3 * angle * radii.questions);

function questionArcs(canvas: Canvas, study: Study, wedge: Wedge): SVGElement[] {
  const { topic, start, end } = wedge;
  const step = (end - start) / topic.questions.length;
  const fill = categoryColour(canvas, wedge.colour);
  return topic.questions.map((question, index) => {
    const { id, text } = study.questions[question];
    const from = start + index * step;
    const path = arcPath(radii.topics, radii.questions, from, from + step);
    const look = { fill, opacity: 0.5, border: questionBorder(step) };
    return arc(canvas, path, `${id}: ${text}`, look);
  });
}

// Where a part has a ring of its own, the pattern is there, and its topics take turns in strength.
function topicArc(canvas: Canvas, wedge: Wedge, inner: number, several: boolean): SVGElement {
  const { topic, start, end } = wedge;
  const tip = `${topic.name}: ${counted(topic.questions.length, "question")}`;
  const look = several
    ? {
        fill: categoryColour(canvas, wedge.colour),
        opacity: wedge.part.topics.indexOf(topic) % 2 === 0 ? 0.95 : 0.75,
      }
    : { fill: categoryFill(canvas, wedge.colour) };
  return arc(canvas, arcPath(inner, radii.topics, start, end), tip, look);
}

function partArcs(canvas: Canvas, study: Study, wedges: Wedge[]): SVGElement[] {
  return d3
    .groups(wedges, (wedge) => wedge.part)
    .map(([part, of]) => {
      const path = arcPath(radii.hole, radii.parts - 2, of[0].start, of[of.length - 1].end);
      const tip = `${study.parts[part.part].name}: ${counted(part.questions, "question")}`;
      return arc(canvas, path, tip, { fill: categoryFill(canvas, of[0].colour) });
    });
}

function centreText(canvas: Canvas, count: number): SVGElement[] {
  const { make, theme } = canvas;
  const line = (text: string, size: number, y: number, colour: string) =>
    make("text", { "text-anchor": "middle", "font-size": size, y, fill: colour }, text);
  return [
    line(count.toLocaleString("en"), 30, 4, theme.ink),
    line(count === 1 ? "question" : "questions", 12.5, 23, theme.muted),
  ];
}

function calloutOf(canvas: Canvas, wedge: Wedge, limit: number): Callout & { right: boolean } {
  const angle = (wedge.start + wedge.end) / 2;
  const at = (radius: number): [number, number] => [
    radius * Math.sin(angle),
    -radius * Math.cos(angle),
  ];
  const text = `${wedge.topic.name} (${wedge.topic.questions.length})`;
  const width = Math.min(limit, textWidth(text, labelSize) + 1);
  const right = angle < Math.PI;
  const label = paragraph(canvas, text, width, {
    size: labelSize,
    colour: canvas.theme.ink,
    align: right ? "start" : "end",
  });
  return { label, from: at(radii.questions), bend: at(radii.bend), right };
}

function sunburst(canvas: Canvas, study: Study, tree: PartTopics[]): Block {
  const { make, width } = canvas;
  const wedges = wedgesOf(tree);
  const several = tree.length > 1;
  const edge = radii.bend + 22;
  const callouts = wedges.map((wedge) => calloutOf(canvas, wedge, width / 2 - edge - 4));
  const right = calloutColumn(
    canvas,
    callouts.filter((one) => one.right),
    edge,
    "right",
  );
  const left = calloutColumn(
    canvas,
    callouts.filter((one) => !one.right),
    -edge,
    "left",
  );
  const top = Math.min(-radii.bend, left.top, right.top);
  const bottom = Math.max(radii.bend, left.bottom, right.bottom);
  const asked = new Set(tree.flatMap((part) => part.topics.flatMap((topic) => topic.questions)));
  const node = make(
    "g",
    { transform: translate(width / 2, -top) },
    ...(several ? partArcs(canvas, study, wedges) : []),
    ...wedges.flatMap((wedge) => [
      topicArc(canvas, wedge, several ? radii.parts : radii.hole, several),
      ...questionArcs(canvas, study, wedge),
    ]),
    ...centreText(canvas, asked.size),
    right.node,
    left.node,
  );
  return { node, width, height: bottom - top };
}

export function topics(study: Study, document: Document, options: PictureOptions): SVGElement {
  const tree = topicTree(study);
  const caption = options.caption && {
    subtitle: "Outermost ring: one arc a question. In brackets: questions of the topic.",
    source: sourceOf(study),
    ...options.caption,
  };
  return framed(
    document,
    { ...options, caption },
    (canvas) => {
      const categories = tree.length > 1 ? tree.length : tree[0].topics.length;
      const chart = sunburst(canvas, study, tree);
      chart.node.insertBefore(categoryDefinitions(canvas, categories), chart.node.firstChild);
      if (tree.length === 1) return [chart];
      const labels = tree.map(
        (part) => `${study.parts[part.part].name}: ${counted(part.questions, "question")}`,
      );
      return [categoryLegend(canvas, labels), chart];
    },
    "Questions by topic",
  );
}
