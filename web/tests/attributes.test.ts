// Surveys within a country: which populations stand together, and what is drawn instead of a map.
import assert from "node:assert/strict";
import { test } from "node:test";
import { isCrossed, isMap } from "../charts/population_values.ts";
import { drawPicture, type PictureRequest } from "../picture_request.ts";
import { groupByAttributes } from "../study/attributes.ts";
import { coverageTable } from "../study/coverage_table.ts";
import { document, textFaults } from "./document.ts";
import { groupsStudy } from "./sample_study.ts";

const draw = (request: Partial<PictureRequest>): Element =>
  drawPicture(
    { title: "A title", theme: "light", width: 960, ...request } as PictureRequest,
    document,
  );

test("populations stand with those of the same attributes, ages in order, everyone first", () => {
  const { populations } = groupsStudy();
  const named = groupByAttributes(populations).map(({ heading, members }) => [
    heading,
    members.map((member) => populations[member].name).join(),
  ]);
  assert.deepEqual(named, [
    ["everyone", "all respondents"],
    ["sex", "Women,Men"],
    ["age", "18-29,30-49,100 and over"],
    ["region × sex", "Women of Georgia"],
  ]);
});

test("crossed groups of one country are neighbors", () => {
  const populations = ["Peru, women", "Chad, women", "Peru, men", "Chad, men"].map((name) => ({
    name,
    attributes: { country: name.slice(0, 4), sex: name.slice(6) },
  }));
  const [{ heading, members }] = groupByAttributes(populations);
  assert.equal(heading, "country × sex");
  assert.deepEqual(members, [3, 1, 2, 0]);
});

test("without attributes there is one group, without a heading", () => {
  const populations = [{ name: "Peru" }, { name: "Chad", attributes: { country: "Chad" } }];
  assert.equal(groupByAttributes([{ name: "Peru" }])[0].heading, "");
  const alike = { attributes: { country: "Peru" } };
  const groups = groupByAttributes([
    { name: "Peru", ...alike },
    { name: "Women", attributes: { country: "Peru", sex: "female" } },
  ]);
  assert.deepEqual(
    groups.map(({ heading }) => heading),
    ["everyone", "sex"],
  );
  assert.equal(groupByAttributes(populations).length, 2);
});

const place = (name: string, country = name) => ({ name, country, value: 0.5, items: 1 });

for (const [what, values, expected] of [
  ["several countries", [place("Peru"), place("Chad")], true],
  ["several countries and a few others", [place("Peru"), place("Chad"), place("Women")], true],
  ["one country", [place("Peru"), place("Women", "Peru")], false],
  ["no country", [place("Women"), place("Men")], false],
  [
    "states, two of which are called as countries are",
    ["Georgia", "Jersey", "Ohio", "Texas", "Utah"].map((name) => place(name)),
    false,
  ],
] as const) {
  test(`a map is drawn of countries only: ${what}`, () => {
    assert.equal(isMap({ name: "", source: "", values: [...values] }), expected);
  });
}

test("groups of several countries are dots too: a map shows their mean", () => {
  const groups = ["Peru", "Chad"].flatMap((country) =>
    ["women", "men"].map((name) => place(`${country}, ${name}`, country)),
  );
  assert.ok(isMap({ name: "", source: "", values: groups }));
  assert.ok(isCrossed({ name: "", source: "", values: groups }));
  assert.ok(!isCrossed({ name: "", source: "", values: [place("Peru"), place("Chad")] }));
});

test("groups are drawn as dots with their intervals", () => {
  const values = groupsStudy().populations.map((one, index) => ({
    ...one,
    value: index === 1 ? null : 0.7 + index / 50,
    items: index === 1 ? 0 : 10,
    interval: index % 2 === 0 ? { low: 0.6, high: 0.9 } : null,
  }));
  const map = { name: "JS similarity", source: "x", values };
  for (const width of [960, 600, 330]) {
    const drawing = draw({ picture: "value-map", map, width });
    assert.deepEqual(textFaults(drawing), []);
    const text = drawing.textContent ?? "";
    for (const words of ["18-29", "none", "region × sex", "7 populations"]) {
      assert.ok(text.includes(words), words);
    }
    assert.ok(!text.includes("countr"), text);
    assert.equal(drawing.querySelectorAll("circle").length, 6);
    assert.equal(drawing.querySelectorAll("line[stroke-width='3']").length, 4);
  }
});

test("no picture of groups speaks of countries", () => {
  const study = groupsStudy();
  for (const picture of ["part-map", "coverage", "respondents", "topics"] as const) {
    const drawing = draw({ picture, study });
    assert.deepEqual(textFaults(drawing), [], picture);
    assert.ok(!/countr|Natural Earth/.test(drawing.textContent ?? ""), picture);
  }
  const list = draw({ picture: "part-map", study }).textContent ?? "";
  for (const words of ["7 populations in 1 part", "train: 7 populations", "age", "Men"]) {
    assert.ok(list.includes(words), words);
  }
});

test("coverage has rows by attribute, of countries by part", () => {
  const table = coverageTable(groupsStudy());
  assert.deepEqual(
    table.groups.map(({ heading }) => heading),
    ["everyone", "sex", "age", "region × sex"],
  );
  assert.deepEqual(table.populations, [3, 0, 1, 4, 2, 5, 6]);
});
