// Studies made up for tests.
import type { Item, Study } from "../study/study.ts";

const topicNames = [
  "social capital, trust, organisational membership",
  "corruption",
  "an uncommonly long topic about attitudes to science, technology and the environment",
  "",
];

// Every question of every population, in one part.
export function studyOf(names: string[], questions: number, parts = ["train"]): Study {
  const items: Item[] = [];
  for (let q = 0; q < questions; ++q) {
    for (let p = 0; p < names.length; ++p) items.push([q, p, null]);
  }
  return {
    populations: names.map((name) => ({ id: name, name, country: name })),
    questions: Array.from({ length: questions }, (_, index) => ({
      id: `Q${index + 1}`,
      text: `Question number ${index + 1}?`,
      topic: topicNames[index % topicNames.length],
    })),
    parts: parts.map((name) => ({ name, items })),
    sources: ["The board of tea, 2024"],
  };
}

// Two parts: the first population's items are held out, and so is the first question.
export function splitStudy(): Study {
  const study = studyOf(["Japan", "Chad", "Peru"], 6);
  const heldOut = ([q, p]: Item) => q === 0 || p === 0;
  const all = study.parts[0].items;
  study.parts = [
    { name: "train", items: all.filter((item) => !heldOut(item)) },
    { name: "held-out", items: all.filter(heldOut) },
  ];
  return study;
}

// Groups of one country; "Georgia" is a state.
export function groupsStudy(): Study {
  const study = studyOf(
    ["Women", "Men", "30-49", "all respondents", "18-29", "100 and over", "Women of Georgia"],
    4,
  );
  const attributes: Record<string, string>[] = [
    { sex: "female" },
    { sex: "male" },
    { age: "30-49" },
    {},
    { age: "18-29" },
    { age: "100 and over" },
    { region: "Georgia", sex: "female" },
  ];
  study.populations.forEach((one, index) => {
    one.attributes = { country: "United States", ...attributes[index] };
    one.country = "United States";
  });
  return study;
}
