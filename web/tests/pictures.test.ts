import assert from "node:assert/strict";
import { test } from "node:test";
import { drawPicture, type PictureRequest } from "../picture_request.ts";
import type { SpecificationCurveInput } from "../charts/specification_curve.ts";
import type { Study } from "../study/study.ts";
import { document, textFaults } from "./document.ts";
import { splitStudy, studyOf } from "./sample_study.ts";

const countries =
  "Andorra,Hong Kong SAR,Macao SAR,Singapore,Maldives,Japan,Northern Ireland,Mars".split(",");

const studies: Record<string, Study> = {
  "one part": studyOf(countries, 9),
  "two parts": splitStudy(),
  "many parts": studyOf(
    countries,
    40,
    "abcdefghij".split("").map((name) => `part ${name}`),
  ),
  "many questions": studyOf(["Peru", "A population whose name is as long as a sentence is"], 900),
  "one item": studyOf(["Peru"], 1),
};

const draw = (request: Partial<PictureRequest>): Element =>
  drawPicture(
    { title: "A title", theme: "light", width: 960, ...request } as PictureRequest,
    document,
  );

for (const [name, study] of Object.entries(studies)) {
  for (const picture of ["part-map", "topics", "coverage", "respondents"] as const) {
    test(`${picture} of ${name}: no text over another or outside`, () => {
      assert.deepEqual(textFaults(draw({ picture, study })), []);
      assert.deepEqual(textFaults(draw({ picture, study, width: 600 })), []);
    });
  }
}

const point = (value: number | null, rank: number | null) => ({
  ...{ value, rank },
  ...{ low: value === null ? null : value - 0.05, high: value === null ? null : value + 0.05 },
});
const curve = (runs: number): SpecificationCurveInput => {
  const all = Array.from({ length: runs }, (_, run) => run);
  const titles = ["JS similarity", "Pairs called different, reversed", "Variance, ratio"];
  return {
    items: 1234,
    runs: all.map((run) => ({
      name: `a run with a name of some length ${run}`,
      baseline: run > 2,
    })),
    criteria: ["higher", "lower", "1"].map((ideal, c) => ({
      ...{ id: `c${c}`, title: titles[c], ideal },
      runs: all.map((run) => (run === 1 && c > 0 ? point(null, null) : point(run / 10, run + 1))),
    })),
    settings: [{ key: "template", value: "paper", runs: ["a run with a name of some length 0"] }],
  };
};

for (const runs of [1, 5, 24]) {
  test(`specification curve of ${runs}: no text over another or outside`, () => {
    const request = { picture: "specification-curve", curve: curve(runs) } as const;
    const drawing = draw(request);
    assert.deepEqual(textFaults(drawing), []);
    assert.deepEqual(textFaults(draw({ ...request, width: 600 })), []);
    const text = drawing.textContent ?? "";
    assert.ok(text.includes("template: paper") && text.includes("lower is better"), text);
  });
}

test("topics on a phone: labels stand below the rings", () => {
  const drawing = draw({ picture: "topics", study: studies["one part"], width: 340 });
  assert.deepEqual(textFaults(drawing), []);
  assert.ok((drawing.textContent ?? "").includes("corruption (2)"));
});

const values = countries.map((name, index) => ({
  name,
  country: name,
  value: index === 3 ? null : 0.7 + index / 50,
  items: index === 3 ? 0 : 10,
}));
const valueMap = {
  picture: "value-map",
  map: { name: "JS similarity", source: "x", values },
} as const;

test("value-map: no text over another or outside", () => {
  assert.deepEqual(textFaults(draw(valueMap)), []);
});

test("nothing is dropped: every population is on the map or named beside it", () => {
  const text = draw({ picture: "part-map", study: studies["one part"] }).textContent ?? "";
  for (const name of countries) assert.ok(text.includes(name), name);
  assert.ok(text.includes("Mars (not known as a country)"));
  assert.ok(text.includes("Northern Ireland (part of the United Kingdom)"));
  assert.ok(text.includes("6 countries, 2 other populations"));
});

test("a title, a legend and a source are on every picture", () => {
  for (const picture of ["part-map", "topics", "coverage"] as const) {
    const text = draw({ picture, study: splitStudy() }).textContent ?? "";
    for (const words of ["A title", "train", "held-out: ", "Source: The board of tea, 2024"]) {
      assert.ok(text.includes(words), `${picture}: ${words}`);
    }
  }
});

test("a number that is not known is in the legend only where there is one", () => {
  const study = studyOf(["Peru"], 3);
  const words = () => draw({ picture: "respondents", study }).textContent ?? "";
  assert.ok(words().includes("number not known") && !words().includes("Respondents"));
  study.parts[0].items = study.parts[0].items.map(([q, p]) => [q, p, 100 + q]);
  assert.ok(!words().includes("number not known") && words().includes("Respondents"));
  study.parts[0].items[0] = [0, 0, null];
  assert.ok(words().includes("number not known") && words().includes("Respondents"));
});

test("the map's fills are the parts': none is left without a country", () => {
  const svg = draw({ picture: "part-map", study: splitStudy() });
  const filled = [...svg.querySelectorAll("path")].filter((path) =>
    path.getAttribute("fill")?.startsWith("url("),
  );
  assert.deepEqual(filled.map((path) => path.querySelector("title")?.textContent).sort(), [
    "Chad: train + held-out",
    "Japan: held-out",
    "Peru: train + held-out",
  ]);
  assert.notEqual(filled[0].getAttribute("fill"), filled[1].getAttribute("fill"));
  const defined = [...svg.querySelectorAll("pattern")].map(
    (one) => `url(#${one.getAttribute("id")})`,
  );
  for (const path of filled) assert.ok(defined.includes(path.getAttribute("fill") ?? ""));
});

test("text from a survey is text, not markup", () => {
  const study = studyOf(["<script>alert(1)</script> & co"], 1);
  const svg = draw({ picture: "part-map", study }).outerHTML;
  assert.ok(!svg.includes("<script"));
  assert.ok(svg.includes("&lt;script"));
});

test("whatever a survey says, the picture is XML: known entities, no control characters", () => {
  const study = studyOf(
    ["tab\tname\u0001", "A\u00a0B & \"c\" 'd' ]]>", "\u{1f1ef}\u{1f1f5} 日本"],
    1,
  );
  for (const picture of ["part-map", "topics", "coverage"] as const) {
    const svg = draw({ picture, study, title: "T\u00a0&\u000b" }).outerHTML;
    const entities = new Set(svg.match(/&[^;]*;/g));
    assert.deepEqual(
      [...entities].filter((one) => !/^&(amp|lt|gt|quot|#\d+);$/.test(one)),
      [],
    );
    assert.ok(!/[\u0000-\u0008\u000b\u000c\u000e-\u001f]/.test(svg));
  }
});

test("the coverage table has one rectangle for each run of items", () => {
  const svg = draw({ picture: "coverage", study: splitStudy() });
  const tips = [...svg.querySelectorAll("rect > title")].map((title) => title.textContent);
  assert.ok(tips.includes("Chad, Q1: held-out"));
  assert.ok(tips.includes("Chad, Q5: train"));
  assert.ok(tips.includes("Japan, Q1 to Q5: held-out"));
  assert.equal(tips.length, 2 * 5 + 4);
});
