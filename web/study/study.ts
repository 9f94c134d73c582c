// A study design as the command line hands it over: who was asked what, and in which part.

import type { Resident } from "./places.ts";

export interface Population extends Resident {
  id: string;
  country: string; // the country they live in, or the population's name
}

export interface Question {
  id: string;
  text: string;
  topic: string; // empty where unknown
}

// Indices of question and population, and the number of respondents where known.
export type Item = [question: number, population: number, respondents: number | null];

export interface Part {
  name: string;
  items: Item[];
}

export interface Study {
  populations: Population[];
  questions: Question[];
  parts: Part[];
  sources: string[]; // citations
}

// A set of parts that some things (countries, questions, items) have in common.
export interface PartSet {
  parts: number[]; // indices, rising
  members: number[]; // indices of those things, rising
}

// Those that are in the same parts, together; sets in the order of their parts.
export function groupByParts(partsOf: Map<number, Set<number>>): PartSet[] {
  const sets = new Map<string, PartSet>();
  for (const [member, parts] of [...partsOf].sort((a, b) => a[0] - b[0])) {
    const sorted = [...parts].sort((a, b) => a - b);
    const key = sorted.join();
    const set = sets.get(key) ?? { parts: sorted, members: [] };
    set.members.push(member);
    sets.set(key, set);
  }
  return [...sets.values()].sort((a, b) => compareLists(a.parts, b.parts));
}

function compareLists(a: number[], b: number[]): number {
  const different = a.findIndex((value, index) => value !== b[index]);
  return different < 0 ? a.length - b.length : a[different] - (b[different] ?? -1);
}

// The parts that each population (or question) has an item in.
export function partsOfEach(study: Study, place: 0 | 1): Map<number, Set<number>> {
  const parts = new Map<number, Set<number>>();
  study.parts.forEach((part, index) => {
    for (const item of part.items) {
      const set = parts.get(item[place]) ?? new Set<number>();
      parts.set(item[place], set.add(index));
    }
  });
  return parts;
}

// "train + valid".
export const partNames = (study: Study, parts: number[]): string =>
  parts.map((part) => study.parts[part].name).join(" + ");

const numbers = new Intl.NumberFormat("en");

// "1 country", "1,200 countries".
export const counted = (count: number, one: string, many = `${one}s`): string =>
  `${numbers.format(count)} ${count === 1 ? one : many}`;

export const sourceOf = (study: Study): string =>
  study.sources.length > 0 ? study.sources.join(" — ") : "not named in the survey files";
