// Which items the explorer shows, and in which order.
import { better, type Item, type Metric, type Report } from "./report.ts";

export interface Filter {
  words: string; // in the question, the population or the topic; all of them
  question: string; // id, or empty for all
  population: string;
  topic: string;
  order: "worst" | "best" | "survey";
}

export const everything: Filter = {
  words: "",
  question: "",
  population: "",
  topic: "",
  order: "worst",
};

export function scoreOf(item: Item, run: number, metric: number): number | null {
  return item[4][run]?.[1][metric] ?? null;
}

type Survey = NonNullable<Report["survey"]>;

function matches(item: Item, survey: Survey, filter: Filter, words: string[]): boolean {
  const question = survey.questions[item[0]];
  const population = survey.populations[item[1]];
  if (filter.question !== "" && question.id !== filter.question) return false;
  if (filter.population !== "" && population.id !== filter.population) return false;
  if (filter.topic !== "" && question.topic !== filter.topic) return false;
  if (words.length === 0) return true;
  const text = `${question.id} ${question.text} ${question.topic} ${population.name}`.toLowerCase();
  return words.every((word) => text.includes(word));
}

// Indices of items. Items without a score in the run come last, whatever the order.
export function listItems(report: Report, filter: Filter, run: number, metric: Metric): number[] {
  const { survey, items = [] } = report;
  if (!survey) return [];
  const words = filter.words.toLowerCase().split(/\s+/).filter(Boolean);
  const found = items.flatMap((item, index) =>
    matches(item, survey, filter, words) ? [index] : [],
  );
  if (filter.order === "survey") return found;
  const position = report.metrics.findIndex((one) => one.name === metric.name);
  const scores = new Map(found.map((index) => [index, scoreOf(items[index], run, position)]));
  const sign = filter.order === "best" ? 1 : -1;
  return found.sort((a, b) => {
    const [left, right] = [scores.get(a) ?? null, scores.get(b) ?? null];
    if (left === null || right === null)
      return Number(left === null) - Number(right === null) || a - b;
    if (left === right) return a - b;
    return better(metric, left, right) ? -sign : sign;
  });
}
