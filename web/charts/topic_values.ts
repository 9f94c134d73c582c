// One figure a topic, and a question where known: a sunburst in the colours of a scale.
import { framed, type PictureOptions } from "../drawing/frame.ts";
import { scaleLegend } from "../drawing/legend.ts";
import { boundLabels, stepsOver } from "../drawing/steps.ts";
import { counted } from "../study/study.ts";
import { drawSunburst, type Wedge } from "./sunburst.ts";

export interface QuestionValue {
  id: string;
  text: string;
  value: number | null;
}

export interface TopicValue {
  name: string;
  value: number | null;
  items: number;
  questions: QuestionValue[]; // empty where they are not known
}

export interface TopicValuesInput {
  name: string; // of the figure, with its direction
  value: number | null; // over all items
  topics: TopicValue[];
}

const written = (value: number | null): string => (value === null ? "none" : value.toFixed(3));

export function topicValues(
  input: TopicValuesInput,
  document: Document,
  options: PictureOptions,
): SVGElement {
  return framed(
    document,
    options,
    (canvas) => {
      const { theme } = canvas;
      const values = input.topics.flatMap((topic) => [
        topic.value,
        ...topic.questions.map((question) => question.value),
      ]);
      const steps = stepsOver(
        values.filter((value) => value !== null),
        theme.steps,
      );
      const fillOf = (value: number | null) =>
        value === null ? theme.land : steps.colourOf(value);
      const wedges = input.topics.map((topic): Wedge => ({
        label: `${topic.name} ${written(topic.value)}`,
        tip: `${topic.name}: ${written(topic.value)} (${counted(topic.items, "item")})`,
        fill: fillOf(topic.value),
        size: topic.items,
        leaves: topic.questions.map((question) => ({
          tip: `${question.id}: ${question.text} ${written(question.value)}`,
          fill: fillOf(question.value),
        })),
      }));
      const centre = { number: written(input.value), unit: "all items" };
      return [
        scaleLegend(canvas, input.name, steps.colours, boundLabels(steps.bounds)),
        drawSunburst(canvas, { sectors: [], wedges, centre }),
      ];
    },
    input.name,
  );
}
