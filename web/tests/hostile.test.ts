// Whatever a survey says is text: in the page, in pictures, in downloads.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { csvParseRows } from "d3";
import { csvOf } from "../page/downloads.ts";
import { shown } from "../page/html.ts";
import { drawPicture, type PictureRequest } from "../picture_request.ts";
import { document as canvasDocument } from "./document.ts";
import { hostileTexts } from "./hostile_texts.ts";
import { ReportBrowser, withoutBrowser as skip } from "./report_browser.ts";
import { fullReport, reportSaying } from "./sample_report.ts";
import { studyOf } from "./sample_study.ts";

const attempts = hostileTexts.filter((text) => text.length < 1000);
const named = (text: string): string => JSON.stringify(text.slice(0, 40));

describe("the page", { skip }, () => {
  let reports: ReportBrowser;
  before(async () => {
    reports = await ReportBrowser.start();
  });
  after(() => reports?.close());
  const owned = () => reports.page.evaluate("globalThis.owned");
  const textOf = (selector: string) =>
    reports.page.$eval(selector, (element) => element.textContent ?? "");

  for (const text of hostileTexts) {
    test(`shows ${named(text)} as a text`, async () => {
      await reports.open(reportSaying(text));
      assert.deepEqual(reports.faults, []);
      assert.equal(await owned(), undefined);
      assert.equal(await textOf("h1"), shown(text));
      assert.ok((await textOf("#items .item h3")).includes(shown(text)));
      const foreign = await reports.page.$$eval(
        "script, style, img, iframe, object, embed",
        (all) => all.map((one) => one.outerHTML.slice(0, 60)),
      );
      assert.equal(foreign.length, 3, foreign.join("\n")); // a style, the data, the program
      const handlers = await reports.page.$$eval("*", (all) =>
        all.flatMap((one) => one.getAttributeNames().filter((name) => name.startsWith("on"))),
      );
      assert.deepEqual(handlers, []);
    });
  }

  test("shows the beginning of texts of megabytes", async () => {
    for (const letter of ["a", "\u0301", "a "]) {
      const sizes: number[] = [];
      for (const letters of [1e4, 3e5]) {
        await reports.open(reportSaying(letter.repeat(letters)));
        assert.equal((await textOf("h1")).length, 5000);
        sizes.push((await textOf("main")).length);
      }
      assert.equal(sizes[0], sizes[1]);
    }
  });

  test("nothing runs or is fetched but what it is made of, even if markup got into it", async () => {
    await reports.open(fullReport());
    assert.deepEqual(reports.faults, []);
    await reports.page.evaluate(() => {
      const box = document.createElement("div");
      box.innerHTML =
        '<img src="x" onerror="owned = 1"><img src="https://example.org/x.png">' +
        '<a id="link" href="javascript:owned = 1">x</a><p style="color: red">x</p>' +
        '<iframe src="https://example.org"></iframe><form action="https://example.org"></form>';
      const script = document.createElement("script");
      script.textContent = "owned = 1";
      document.body.append(box, script);
      document.getElementById("link")!.click();
      document.querySelector("form")!.submit();
      fetch("https://example.org/").catch(() => undefined);
    });
    await new Promise((resolve) => setTimeout(resolve, 200));
    assert.equal(await owned(), undefined);
    const said = reports.faults.join("\n");
    for (const directive of ["script-src", "style-src", "img-src", "form-action", "default-src"]) {
      assert.ok(said.includes(directive), `${directive} in ${said}`);
    }
  });

  test("pictures are XML of nothing but drawings, whatever a survey says", async () => {
    await reports.open(fullReport());
    for (const text of hostileTexts) {
      for (const picture of picturesOf(text)) {
        const faults = await reports.page.evaluate((svg) => {
          const xml = new DOMParser().parseFromString(svg, "image/svg+xml");
          const error = xml.querySelector("parsererror");
          if (error) return [error.textContent ?? ""];
          return [...xml.querySelectorAll("*")].flatMap((one) =>
            /^(svg|g|defs|title|text|tspan|path|rect|line|polyline|circle|pattern|polygon|clipPath|linearGradient|stop)$/.test(
              one.tagName,
            )
              ? one.getAttributeNames().filter((name) => /^on|href/.test(name))
              : [one.tagName],
          );
        }, picture);
        assert.deepEqual(faults, [], named(text));
      }
    }
  });
});

function picturesOf(text: string): string[] {
  const study = studyOf([text, "Peru"], 6, [text, "other"]);
  study.sources = [text];
  study.populations[1].attributes = { [text]: text };
  for (const question of study.questions) {
    question.id += text;
    question.text = text;
  }
  study.questions[0].topic = text;
  const value = { name: text, country: text, value: 0.5, items: 1 };
  const requests: Partial<PictureRequest>[] = [
    ...(["part-map", "topics", "coverage", "respondents"] as const).map((picture) => ({
      picture,
      study,
    })),
    { picture: "value-map", map: { name: text, source: text, values: [value] } },
  ];
  return requests.map(
    (request) =>
      drawPicture(
        { title: text, theme: "light", width: 960, ...request } as PictureRequest,
        canvasDocument,
      ).outerHTML,
  );
}

test("pictures do not grow with names that nobody could read", () => {
  for (const name of ["a", "a b ", "茶", "a\u0301", " ", "(", "\u{1f375}"]) {
    const usual = picturesOf(name.repeat(3000 / name.length)).join("").length;
    const huge = picturesOf(name.repeat(2e6 / name.length)).join("").length;
    assert.ok(huge <= 1.05 * usual, `${named(name)}: ${huge} and ${usual} letters`);
  }
});

test("what a spreadsheet gets is what the survey says", () => {
  const table = attempts.map((text) => [text, 1, null, text]);
  // d3 reads a lone return as the end of a line too, unless it is quoted.
  assert.deepEqual(
    csvParseRows(csvOf(table)),
    table.map((row) => row.map((cell) => String(cell ?? ""))),
  );
});
