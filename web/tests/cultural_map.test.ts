import assert from "node:assert/strict";
import { test } from "node:test";
import type { CulturalMapInput } from "../charts/cultural_map.ts";
import { placeLabels, type Spot } from "../drawing/point_labels.ts";
import { drawPicture } from "../picture_request.ts";
import { document, textFaults } from "./document.ts";

// Places that are spread without a pattern, the same in every run.
const spread = (index: number, factor: number) => 4 * ((index * factor) % 1) - 2;

// One word, which no line break takes apart, and none a part of another.
const nameOf = (index: number) => `Land${String(index).padStart(3, "0")}`;

function mapOf(count: number, changes: Partial<CulturalMapInput> = {}): CulturalMapInput {
  const populations = Array.from({ length: count }, (_, index) => ({
    population: `p${index}`,
    name: nameOf(index),
    complete: index % 3 > 0,
    self_expression: spread(index, 0.618034),
    secular: spread(index, 0.754878),
  }));
  return {
    name: "the model",
    source: "a survey",
    populations,
    left_out: [],
    model: { self_expression: 0.4, secular: 0.5 },
    model_missing: "",
    steered: [],
    indicators: [{ name: "happiness" }],
    missing: [],
    ...changes,
  };
}

const draw = (map: CulturalMapInput, width = 960): SVGElement =>
  drawPicture({ picture: "cultural-map", map, title: "A title", theme: "light", width }, document);

for (const count of [1, 12, 60, 150]) {
  test(`${count} populations: no text over another or outside, every name is there`, () => {
    const steered = [{ run: "qa", points: mapOf(count).populations }];
    for (const width of [600, 960]) {
      const svg = draw(mapOf(count, { steered }), width);
      assert.deepEqual(textFaults(svg), []);
      const shown = [...svg.querySelectorAll("text")].map((one) => one.textContent).join("\n");
      for (let index = 0; index < count; ++index) assert.ok(shown.includes(nameOf(index)));
    }
  });
}

test("higher is more secular, to the right is more self-expression", () => {
  const [first] = mapOf(1).populations;
  const svg = draw(
    mapOf(0, {
      populations: [
        { ...first, name: "low", self_expression: -1, secular: -1 },
        { ...first, name: "high", self_expression: 1, secular: 1 },
      ],
    }),
  );
  const [low, high] = [...svg.querySelectorAll("circle")].filter((one) =>
    one.querySelector("title"),
  );
  assert.ok(Number(high.getAttribute("cx")) > Number(low.getAttribute("cx")));
  assert.ok(Number(high.getAttribute("cy")) < Number(low.getAttribute("cy")));
});

test("the model is a star of its own, or it is said why there is none", () => {
  const text = (map: CulturalMapInput) => draw(map).textContent ?? "";
  assert.ok(text(mapOf(5)).includes("the model, no population named"));
  const none = text(mapOf(5, { model: null, model_missing: "happiness, trust in people" }));
  assert.ok(none.includes("The model has no point: no answers for happiness, trust in people."));
  assert.ok(!none.includes("the model, no population named"));
});

test("what the map lacks is said below it", () => {
  const text = draw(
    mapOf(5, { left_out: ["Peru", "Chad"], missing: [{ name: "national pride" }] }),
  ).textContent;
  assert.ok(
    text?.includes(
      "Made without national pride: not in the survey, or asked in too few populations.",
    ),
  );
  assert.ok(text?.includes("Left out, as too many questions are missing: Peru, Chad."));
});

test("a label that has no room stays away, the next one still gets its place", () => {
  const spot = (x: number, label: string): Spot => ({
    at: [x, 20],
    radius: 3,
    label,
    size: 12,
    bold: false,
  });
  const inside = { left: 0, right: 120, top: 0, bottom: 40 };
  const placed = placeLabels(
    [spot(60, "a label that is too long for it"), spot(20, "b")],
    [],
    inside,
  );
  assert.equal(placed[0], null);
  assert.ok(placed[1] && placed[1].left > 20);
});
