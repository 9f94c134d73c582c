// Which population was asked which question, in which parts, by how many.
import { groupByAttributes } from "./attributes.ts";
import { isOfCountries, placesOf } from "./places.ts";
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

export interface RowGroup {
  heading: string; // attributes; empty where they do not matter
  rows: number[]; // populations
}

export interface CoverageTable {
  questions: number[]; // of each column, index into the study's
  topics: TopicColumns[];
  groups: RowGroup[];
  populations: number[]; // of each row, group by group
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

// Rows of one attribute together, in the survey's order: ages are not to be sorted by name. Of
// countries, and of populations that have no attributes, there is one group without a heading.
function rowGroups(study: Study): RowGroup[] {
  const asked = partsOfEach(study, 1);
  const groups = groupByAttributes(study.populations)
    .map(({ heading, members }) => ({ heading, rows: members.filter((one) => asked.has(one)) }))
    .filter(({ rows }) => rows.length > 0);
  const ofCountries = isOfCountries(placesOf(study.populations));
  if (ofCountries || groups.every(({ heading }) => heading === ""))
    return [{ heading: "", rows: rowsByParts(study) }];
  return groups;
}

export function coverageTable(study: Study): CoverageTable {
  const asked = [...partsOfEach(study, 0).keys()].sort((a, b) => a - b);
  const questions = columnsByTopic(study, asked);
  const groups = rowGroups(study);
  const populations = groups.flatMap((group) => group.rows);
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
  return { questions, topics: topicColumns(study, questions), groups, populations, cells };
}
