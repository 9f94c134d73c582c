import assert from "node:assert/strict";
import { test } from "node:test";
import { partMapData } from "../charts/part_map.ts";
import { extremesText, valueMapData } from "../charts/value_map.ts";
import { coverageTable } from "../study/coverage_table.ts";
import { groupByParts, partNames } from "../study/study.ts";
import { topicTree } from "../study/topic_tree.ts";
import { splitStudy, studyOf } from "./sample_study.ts";

test("what is in the same parts is grouped, in the order of parts", () => {
  const sets = groupByParts(
    new Map([
      [4, new Set([1])],
      [2, new Set([2, 0])],
      [0, new Set([0, 2])],
      [1, new Set([0])],
    ]),
  );
  assert.deepEqual(sets, [
    { parts: [0], members: [1] },
    { parts: [0, 2], members: [0, 2] },
    { parts: [1], members: [4] },
  ]);
});

test("populations of one country are one place, in the parts of all of them", () => {
  const study = studyOf(["India (Old national sample)", "India (Non-national sample)", "Peru"], 1);
  study.parts = [
    {
      name: "a",
      items: [
        [0, 0, null],
        [0, 2, null],
      ],
    },
    { name: "b", items: [[0, 1, null]] },
  ];
  const data = partMapData(study);
  assert.deepEqual(
    data.places.map((place) => place.name),
    ["India", "Peru"],
  );
  assert.deepEqual(data.sets, [
    { parts: [0], members: [1] },
    { parts: [0, 1], members: [0] },
  ]);
});

test("a population that is no country keeps its name, a reason and its parts", () => {
  const data = partMapData(studyOf(["Peru", "Northern Ireland", "Left-wing voters"], 1));
  assert.deepEqual(data.unplaced, [
    { name: "Northern Ireland", member: 1, reason: "part of the United Kingdom" },
    { name: "Left-wing voters", member: 2, reason: "not known as a country" },
  ]);
  assert.deepEqual(data.sets, [{ parts: [0], members: [0, 1, 2] }]);
});

test("a country's value is the mean over the items of its populations", () => {
  const data = valueMapData([
    { name: "India, men", country: "India", value: 0.5, items: 1 },
    { name: "India, women", country: "India", value: 0.9, items: 3 },
    { name: "India, nobody", country: "India", value: null, items: 0 },
    { name: "Peru", country: "Peru", value: null, items: 0 },
    { name: "Mars", country: "Mars", value: 0.25, items: 2 },
  ]);
  assert.equal(data.places[0].items, 4);
  assert.ok(Math.abs(data.places[0].value! - 0.8) < 1e-12);
  assert.equal(data.places[1].value, null);
  assert.equal(data.unplaced[0].value, 0.25);
  assert.equal(extremesText(data), "From high to low: India 0.800.");
});

test("topics are counted by part, in the order of the questions", () => {
  const [train, heldOut] = topicTree(splitStudy());
  assert.equal(train.questions, 5);
  assert.equal(heldOut.questions, 6);
  assert.deepEqual(
    heldOut.topics.map((topic) => topic.questions),
    [[0, 4], [1, 5], [2], [3]],
  );
  assert.deepEqual(heldOut.topics[3].name, "(no topic)");
});

test("the table has every item once, rows by part, columns by topic", () => {
  const study = splitStudy();
  const table = coverageTable(study);
  assert.deepEqual(table.populations, [1, 2, 0]);
  assert.deepEqual(table.questions, [0, 4, 1, 5, 2, 3]);
  assert.deepEqual(
    table.topics.map(({ from, to }) => [from, to]),
    [
      [0, 2],
      [2, 4],
      [4, 5],
      [5, 6],
    ],
  );
  const names = table.cells.map((row) =>
    row.map((cell) => partNames(study, cell.parts)[0]).join(""),
  );
  assert.deepEqual(names, ["httttt", "httttt", "hhhhhh"]);
});

test("a cell of two parts names both, and has the larger number of respondents", () => {
  const study = studyOf(["Peru"], 2);
  study.parts = [
    { name: "a", items: [[0, 0, 100]] },
    {
      name: "b",
      items: [
        [0, 0, 300],
        [1, 0, null],
      ],
    },
  ];
  assert.deepEqual(coverageTable(study).cells[0], [
    { parts: [0, 1], respondents: 300 },
    { parts: [1], respondents: null },
  ]);
});
