import assert from "node:assert/strict";
import { test } from "node:test";
import codes from "i18n-iso-countries/codes.json";
import { worldMap } from "../geography/world.ts";

const { shapes, height } = worldMap(1000);
const byCode = new Map(shapes.map((shape) => [shape.code, shape]));

test("every country has one shape", () => {
  assert.equal(byCode.size, shapes.length);
  const missing = codes.map(([code]) => code).filter((code) => !byCode.has(code));
  // Far parts of France, the Netherlands, Norway and others are drawn with these; Antarctica is not.
  const drawnElsewhere = "AQ BQ BV CC CX GF GI GP MQ RE SJ TK TV UM YT";
  assert.deepEqual(missing.sort(), drawnElsewhere.split(" "));
});

test("areas on the map are as on the globe", () => {
  const area = (code: string) => byCode.get(code)!.area;
  // Square kilometres by the UN's Demographic Yearbook: 7,692,024 and 2,780,400.
  assert.ok(Math.abs(area("AU") / area("AR") - 7692 / 2780) < 0.1);
  assert.ok(Math.abs(area("BR") / area("IN") - 8515 / 3287) < 0.2);
  assert.ok(area("SG") < 1 && area("AD") < 1);
});

test("centres lie in the largest piece of a country, inside the map", () => {
  for (const { code, centre } of shapes) {
    assert.ok(centre[0] >= 0 && centre[0] <= 1000 && centre[1] >= 0 && centre[1] <= height, code);
  }
  const [franceX] = byCode.get("FR")!.centre;
  assert.ok(franceX > byCode.get("ES")!.centre[0] && franceX < byCode.get("DE")!.centre[0]);
});
