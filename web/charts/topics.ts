// Questions by topic, and by part where there are several: a sunburst whose outermost ring has one
// arc a question.
import type { Canvas } from "../drawing/block.ts";
import { categoryColour, categoryDefinitions, categoryFill } from "../drawing/categories.ts";
import { framed, type PictureOptions } from "../drawing/frame.ts";
import { categoryLegend } from "../drawing/legend.ts";
import { counted, sourceOf, type Study } from "../study/study.ts";
import { topicTree, type PartTopics, type Topic } from "../study/topic_tree.ts";
import { drawSunburst, type Arc, type Sunburst, type Wedge } from "./sunburst.ts";

function leafOf(canvas: Canvas, study: Study, question: number, category: number): Arc {
  const { id, text } = study.questions[question];
  return { tip: `${id}: ${text}`, fill: categoryColour(canvas, category), opacity: 0.5 };
}

function wedgeOf(
  canvas: Canvas,
  study: Study,
  topic: Topic,
  look: Omit<Arc, "tip">,
  category: number,
): Wedge {
  const { name, questions } = topic;
  return {
    ...look,
    tip: `${name}: ${counted(questions.length, "question")}`,
    label: `${name} (${questions.length})`,
    size: questions.length,
    leaves: questions.map((question) => leafOf(canvas, study, question, category)),
  };
}

const centreOf = (tree: PartTopics[]): Sunburst["centre"] => {
  const asked = new Set(tree.flatMap((part) => part.topics.flatMap((topic) => topic.questions)));
  return {
    number: asked.size.toLocaleString("en"),
    unit: asked.size === 1 ? "question" : "questions",
  };
};

// One part: a colour and a pattern a topic.
function ofOnePart(canvas: Canvas, study: Study, tree: PartTopics[]): Sunburst {
  const wedges = tree[0].topics.map((topic, index) =>
    wedgeOf(canvas, study, topic, { fill: categoryFill(canvas, index) }, index),
  );
  return { sectors: [], wedges, centre: centreOf(tree) };
}

// Several: a colour and a pattern a part, and its topics take turns in strength.
function ofParts(canvas: Canvas, study: Study, tree: PartTopics[]): Sunburst {
  const sectors = tree.map((part) => ({
    tip: `${study.parts[part.part].name}: ${counted(part.questions, "question")}`,
    fill: categoryFill(canvas, part.part),
    wedges: part.topics.length,
  }));
  const wedges = tree.flatMap((part) =>
    part.topics.map((topic, index) => {
      const fill = categoryColour(canvas, part.part);
      const opacity = index % 2 === 0 ? 0.95 : 0.75;
      return wedgeOf(canvas, study, topic, { fill, opacity }, part.part);
    }),
  );
  return { sectors, wedges, centre: centreOf(tree) };
}

export function topics(study: Study, document: Document, options: PictureOptions): SVGElement {
  const tree = topicTree(study);
  const several = tree.length > 1;
  const caption = options.caption && {
    subtitle: "Outermost ring: one arc per question. In parentheses: questions of the topic.",
    source: sourceOf(study),
    ...options.caption,
  };
  return framed(
    document,
    { ...options, caption },
    (canvas) => {
      const categories = several ? tree.length : tree[0].topics.length;
      const chart = drawSunburst(canvas, (several ? ofParts : ofOnePart)(canvas, study, tree));
      chart.node.insertBefore(categoryDefinitions(canvas, categories), chart.node.firstChild);
      if (!several) return [chart];
      const labels = tree.map(
        (part) => `${study.parts[part.part].name}: ${counted(part.questions, "question")}`,
      );
      return [categoryLegend(canvas, labels), chart];
    },
    "Questions by topic",
  );
}
