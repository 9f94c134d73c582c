// Which population was asked which question, in which parts, by how many.
import { groupByParts, partsOfEach, type Study } from "./study.ts";
import { noTopic } from "./topic_tree.ts";

export interface Cell {
  parts: number[]; // rising; empty: not asked
  respondents: number | null; // null where unknown; of several parts the largest
}

export interface TopicColumns {
  topic: string;
  from: number; // columns, `to` excluded
  to: number;
}

export interface CoverageTable {
  questions: number[]; // of each column, index into the study's
  topics: TopicColumns[];
  populations: number[]; // of each row
  cells: Cell[][]; // by row, then column
}

// Questions of one topic side by side, topics in the order in which they first come.
function columnsByTopic(study: Study, asked: number[]): number[] {
  const order = new Map<string, number>();
  for (const question of asked) {
    const topic = study.questions[question].topic;
    if (!order.has(topic)) order.set(topic, order.size);
  }
  const place = (question: number) => order.get(study.questions[question].topic) as number;
  return [...asked].sort((a, b) => place(a) - place(b) || a - b);
}

function topicColumns(study: Study, questions: number[]): TopicColumns[] {
  const topics: TopicColumns[] = [];
  questions.forEach((question, column) => {
    const topic = study.questions[question].topic || noTopic;
    const last = topics[topics.length - 1];
    if (last?.topic === topic) last.to = column + 1;
    else topics.push({ topic, from: column, to: column + 1 });
  });
  return topics;
}

// Rows of populations in the same parts together, so that the design shows as blocks.
function rowsByParts(study: Study): number[] {
  return groupByParts(partsOfEach(study, 1)).flatMap((set) =>
    [...set.members].sort((a, b) =>
      study.populations[a].name.localeCompare(study.populations[b].name, "en"),
    ),
  );
}

export function coverageTable(study: Study): CoverageTable {
  const asked = [...partsOfEach(study, 0).keys()].sort((a, b) => a - b);
  const questions = columnsByTopic(study, asked);
  const populations = rowsByParts(study);
  const column = new Map(questions.map((question, index) => [question, index]));
  const row = new Map(populations.map((population, index) => [population, index]));
  const cells = populations.map(() =>
    questions.map((): Cell => ({ parts: [], respondents: null })),
  );
  study.parts.forEach((part, index) => {
    for (const [question, population, respondents] of part.items) {
      const cell = cells[row.get(population) as number][column.get(question) as number];
      cell.parts.push(index);
      if (respondents !== null) cell.respondents = Math.max(respondents, cell.respondents ?? 0);
    }
  });
  return { questions, topics: topicColumns(study, questions), populations, cells };
}
