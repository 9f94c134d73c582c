import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import surveyNames from "../../data/countries.json";
import { countryAround, countryCode } from "../geography/names.ts";

const source = process.env.CANVASS_SOURCE ?? join(process.cwd(), "..");

const known: [string, string | undefined][] = [
  ["South Korea", "KR"],
  ["S. Korea", "KR"],
  ["Korea, Republic of", "KR"],
  ["North Korea", "KP"],
  ["Czech Rep.", "CZ"],
  ["Palest. ter.", "PS"],
  ["Bosnia Herzegovina", "BA"],
  ["Ivory Coast (Non-national sample)", "CI"],
  ["Côte d'Ivoire", "CI"],
  ["cote d’ivoire", "CI"],
  ["India (Old national sample)", "IN"],
  ["Macau SAR", "MO"],
  ["Hong Kong SAR", "HK"],
  ["Taiwan ROC", "TW"],
  ["Great Britain", "GB"],
  ["The Gambia", "GM"],
  ["Kosovo", "XK"],
  ["Moldova", "MD"],
  ["Syria", "SY"],
  ["Niger", "NE"],
  ["Nigeria", "NG"],
  ["Dominica", "DM"],
  ["Dominican Republic", "DO"],
  ["Guinea-Bissau", "GW"],
  ["JP", "JP"],
  ["JPN", "JP"],
  ["392", "JP"],
  ["jp", undefined],
  ["Congo", undefined], // there are two
  ["DR Congo", "CD"],
  ["Northern Ireland", undefined],
  ["Japan, women", undefined],
  ["Korean", undefined],
  ["Atlantis", undefined],
  ["", undefined],
];

test("countries are known by the names that surveys use, and nothing else is one", () => {
  for (const [name, code] of known) assert.equal(countryCode(name), code, name);
});

test("parts of countries are told from what is no country", () => {
  assert.equal(countryAround("Northern Ireland"), "the United Kingdom");
  assert.equal(countryAround("Atlantis"), undefined);
});

test("every name of data/countries.json is of the country whose code it stands under", () => {
  assert.ok(Object.keys(surveyNames).length >= 40);
  for (const [code, names] of Object.entries(surveyNames)) {
    for (const name of names) assert.equal(countryCode(name), code, name);
  }
});

const realFiles = ["wvs7/train.json", "wvs7/valid.json", "pew/test.json"];

for (const file of realFiles) {
  const path = join(source, "../shared/data", file);
  const skip = existsSync(path) ? false : `real survey data is not at ${path}`;
  test(`every population of ${file} is a country, or known to be a part of one`, { skip }, () => {
    const records = JSON.parse(readFileSync(path, "utf8")) as { instruction: string }[];
    const names = new Set(
      records.map((record) => /from (.*) answer/.exec(record.instruction)?.[1] ?? ""),
    );
    const others = [...names].filter((name) => countryCode(name) === undefined);
    assert.ok(names.size >= 41);
    assert.deepEqual(others, file.startsWith("pew") ? ["Northern Ireland"] : []);
  });
}
