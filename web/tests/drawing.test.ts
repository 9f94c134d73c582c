import assert from "node:assert/strict";
import { test } from "node:test";
import { arrange } from "../drawing/callouts.ts";
import { boundLabels, stepsOver } from "../drawing/steps.ts";
import { shorten, textWidth, wrapText } from "../drawing/text.ts";
import { darkTheme, lightTheme } from "../drawing/theme.ts";

test("wrapped lines fit, and lose no character but white space", () => {
  const texts = [
    "How happy are you, all in all?",
    "Donaudampfschifffahrtsgesellschaft",
    "你好世界".repeat(20),
  ];
  for (const text of texts) {
    for (const limit of [30, 80, 200]) {
      const lines = wrapText(text, 12, limit);
      for (const line of lines) assert.ok(textWidth(line, 12) <= limit, `${line} in ${limit}`);
      assert.equal(lines.join("").replace(/\s/g, ""), text.replace(/\s/g, ""));
    }
  }
  assert.deepEqual(wrapText("", 12, 100), []);
});

test("text is shortened only where it does not fit, with an ellipsis", () => {
  assert.equal(shorten("Peru", 10, 100), "Peru");
  const short = shorten("Plurinational State of Bolivia", 10, 80);
  assert.match(short, /^Plurin.*…$/);
  assert.ok(textWidth(short, 10) <= 80);
});

// DejaVu Sans at 1000 units, from its advance widths in fontTools.
test("widths are those of the widest usual face", () => {
  const widths: [string, number][] = [
    ["Hamburgefonstiv", 8.9],
    ["0123456789", 6.36],
    ["iiiii", 1.39],
  ];
  for (const [text, width] of widths) {
    assert.ok(textWidth(text, 1) >= width * 0.98, `${text}: ${textWidth(text, 1)}`);
    assert.ok(textWidth(text, 1) <= width * 1.12, `${text}: ${textWidth(text, 1)}`);
  }
});

test("labels keep their order and never overlap, however crowded", () => {
  const wishes = [0, 1, 2, 3, 50, 51, 200];
  const heights = [16, 32, 16, 16, 16, 16, 16];
  const tops = arrange(wishes, heights, 5);
  tops.slice(1).forEach((top, index) => {
    assert.ok(top - (tops[index] + heights[index]) >= 5 - 1e-9, `label ${index + 1}`);
  });
  assert.equal(tops[6], 200);
  assert.deepEqual(arrange([3, 40], [16, 16], 5), [3, 40]);
});

test("steps are at round numbers and hold every value", () => {
  const cases = [
    [0.771, 0.962],
    [0.5, 0.5],
    [3, 1200],
    [-2, 2],
    [0.1, 0.30000000000000004],
    [0, 1e-6],
  ];
  for (const values of cases) {
    const { bounds, colours } = stepsOver(values, lightTheme.steps);
    assert.ok(colours.length <= lightTheme.steps.length && colours.length === bounds.length - 1);
    assert.ok(
      bounds[0] <= values[0] && bounds[bounds.length - 1] >= values[1] - 1e-9,
      `${values}: ${bounds}`,
    );
    assert.equal(new Set(boundLabels(bounds)).size, bounds.length, `${boundLabels(bounds)}`);
  }
  const steps = stepsOver([0.771, 0.962], lightTheme.steps);
  assert.equal(steps.colourOf(0.771), steps.colours[0]);
  assert.equal(steps.colourOf(0.962), steps.colours[steps.colours.length - 1]);
  assert.deepEqual(stepsOver([], lightTheme.steps).bounds.length > 1, true);
});

// WCAG 2.2, "relative luminance" and "contrast ratio".
function luminance(colour: string): number {
  const [r, g, b] = [1, 3, 5].map((start) => {
    const value = parseInt(colour.slice(start, start + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(a: string, b: string): number {
  const [dark, light] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (light + 0.05) / (dark + 0.05);
}

for (const [name, theme] of Object.entries({ light: lightTheme, dark: darkTheme })) {
  test(`text can be read on the ${name} background, and steps of a scale are in order`, () => {
    assert.ok(contrast(theme.ink, theme.background) >= 7);
    assert.ok(contrast(theme.muted, theme.background) >= 4.5);
    const lightness = theme.steps.map(luminance);
    const rising = [...lightness].sort((a, b) => a - b);
    assert.deepEqual(lightness, name === "dark" ? rising : rising.reverse());
  });
}
