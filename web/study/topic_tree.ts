// The questions of each part by topic.
import type { Study } from "./study.ts";

export const noTopic = "(no topic)";

export interface Topic {
  name: string;
  questions: number[]; // indices into the study's, rising
}

export interface PartTopics {
  part: number;
  questions: number;
  topics: Topic[]; // in the order of the study's questions
}

function topicsOf(study: Study, questions: number[]): Topic[] {
  const topics = new Map<string, Topic>();
  for (const question of questions) {
    const name = study.questions[question].topic || noTopic;
    const topic = topics.get(name) ?? { name, questions: [] };
    topic.questions.push(question);
    topics.set(name, topic);
  }
  return [...topics.values()];
}

export function topicTree(study: Study): PartTopics[] {
  return study.parts.map((part, index) => {
    const asked = [...new Set(part.items.map((item) => item[0]))].sort((a, b) => a - b);
    return { part: index, questions: asked.length, topics: topicsOf(study, asked) };
  });
}
