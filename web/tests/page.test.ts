// The report page in a real browser, opened as a person does: from a file.
import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import type { Page } from "puppeteer-core";
import type { Report } from "../page/report.ts";
import { ReportBrowser, withoutBrowser as skip } from "./report_browser.ts";
import { fullReport, reportOf } from "./sample_report.ts";

describe("the page", { skip }, () => {
  let reports: ReportBrowser;
  let page: Page;
  let faults: string[];
  before(async () => {
    reports = await ReportBrowser.start();
    ({ page, faults } = reports);
  });
  after(() => reports?.close());

  const open = (report: Report): Promise<void> => reports.open(report);

  const texts = (selector: string): Promise<string[]> =>
    page.$$eval(selector, (all) => all.map((one) => one.textContent ?? ""));
  const sections = (): Promise<string[]> =>
    page.$$eval("section", (all) => all.map((one) => one.id));

  test("shows every section of what it has, and none of what it has not", async () => {
    await open(fullReport());
    assert.deepEqual(await sections(), [
      "glance",
      "countries",
      "topics",
      "judging",
      "reliability",
      "learning",
      "items",
      "skipped",
      "checklist",
      "settings",
      "downloads",
    ]);
    const bare = reportOf();
    delete bare.survey;
    delete bare.items;
    await open(bare);
    assert.deepEqual(await sections(), [
      "glance",
      "countries",
      "topics",
      "skipped",
      "settings",
      "downloads",
    ]);
    assert.deepEqual(faults, []);
  });

  test("says what reviewers ask, of the chosen run, beside all runs", async () => {
    await open(fullReport());
    assert.deepEqual(await texts("#judging li"), [
      "flattened: populations are more alike (0.46).",
      "By population: best predicted Japan (0.900), worst Peru (0.850); a difference of 0.050, " +
        "where chance alone makes 0.060. Too few items to rank: Left-handed people.",
    ]);
    assert.deepEqual(await texts("#judging thead th"), [
      "figure",
      "first",
      "second",
      "ideal",
      "of",
    ]);
    const rows = await page.$$eval("#judging tbody tr", (all) =>
      all.map((row) => [...row.children].map((cell) => cell.textContent)),
    );
    assert.deepEqual(rows, [
      ["variance between populations, ratio", "0.46 0.37 to 0.56", "", "1.00", "6 items"],
      ["sex: gaps, predicted per observed", "–", "", "1.00", "0 items"],
      ["shares within the survey's margin", "28.3% 24.7% to 32.3%", "", "94.7%", "12 shares"],
    ]);
  });

  test("says what was done, and what is still to add", async () => {
    await open(fullReport());
    assert.deepEqual(await texts("#checklist li"), [
      "☑ Weighting. Unweighted.",
      "☐ Sample.  To add: how respondents were drawn.",
    ]);
  });

  test("draws a reliability curve of shares and one of majority answers", async () => {
    await open(fullReport());
    const captions = await texts("#reliability figcaption");
    assert.equal(captions.length, 2);
    assert.ok(captions[0].includes("Calibration error: first 0.010."), captions[0]);
    assert.ok(captions[1].includes("Calibration error: first 0.030."), captions[1]);
    assert.equal((await page.$$("#reliability circle")).length, 3);
  });

  test("says figures, intervals and verdicts; text of a survey is text", async () => {
    await open(fullReport());
    const [first, second] = await texts(".card");
    for (const words of ["0.850", "0.820\u00a0to\u00a00.880", "18 respondents", "beats uniform"]) {
      assert.ok(first.includes(words), `${words} in ${first}`);
    }
    assert.ok(second.includes("0.800") && !second.includes("\u00a0to\u00a0"), second);
    assert.equal(await page.title(), "Rain & tea");
    assert.equal((await page.$$("#items b")).length, 0);
    assert.ok((await texts("#items .item"))[0].includes("<b>always</b>"));
  });

  test("filters, sorts and turns pages", async () => {
    await open(fullReport());
    const titles = () => texts("#items .item h3");
    const status = async () => (await texts("#items .status"))[0];
    assert.equal(await status(), "1 to 12 of 60 items");
    assert.equal((await titles())[0], "Does it rain?");
    await page.select("#items label:last-child select", "best");
    assert.equal((await titles())[0], "Do you drink tea number 20?");
    await page.type("#items input", "peru 20?");
    assert.equal(await status(), "1 to 1 of 1 items");
    await page.$eval("#items input", (input) => {
      (input as HTMLInputElement).value = "";
      input.dispatchEvent(new Event("input"));
    });
    await page.select("#items label:nth-child(2) select", "weather");
    assert.deepEqual(await titles(), ["Does it rain?", "Does it rain?", "Does it rain?"]);
    await page.select("#items label:nth-child(2) select", "");
    await page.$$eval("#items .buttons button", (buttons) => buttons[2].click());
    assert.equal(await status(), "13 to 24 of 60 items");
    await page.type("#items input", "coffee");
    assert.equal(await status(), "No items match.");
    assert.deepEqual(faults, []);
  });

  test("another figure and another run are shown everywhere", async () => {
    await open(fullReport());
    await page.select("nav select", "emd");
    assert.ok((await texts("#glance .big"))[0] === "0.100");
    assert.ok((await texts("#countries .lead"))[0].startsWith("Earth mover's distance of first"));
    await page.select("nav label:last-child select", "1");
    assert.ok((await texts("#topics .lead"))[0].startsWith("Earth mover's distance of second"));
    assert.ok((await texts("#items .scores"))[0].startsWith("Earth mover's distance"));
    assert.deepEqual(faults, []);
  });

  test("downloads are made without a network", async () => {
    await open(fullReport());
    const session = await page.createCDPSession();
    await session.send("Browser.setDownloadBehavior", {
      behavior: "allow",
      downloadPath: reports.folder,
      eventsEnabled: true,
    });
    const names = await texts("#downloads button");
    assert.equal(names.length, 6);
    for (const [index, name] of names.entries()) {
      const done = new Promise<void>((resolve) =>
        session.on("Browser.downloadProgress", ({ state }) => state === "completed" && resolve()),
      );
      await page.$$eval("#downloads button", (buttons, at) => buttons[at].click(), index);
      await done;
      assert.ok(existsSync(join(reports.folder, name)), name);
    }
    const report = JSON.parse(readFileSync(join(reports.folder, "report.json"), "utf8"));
    assert.deepEqual(report, JSON.parse(JSON.stringify(fullReport())));
    assert.ok(
      readFileSync(join(reports.folder, "items.csv"), "utf8").startsWith("run,question,population"),
    );
  });

  test("drawings follow the colour scheme without being drawn anew, and paper is light", async () => {
    await open(fullReport());
    const background = () => page.$eval("body", (body) => getComputedStyle(body).backgroundColor);
    await page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: "dark" }]);
    assert.equal(await background(), "rgb(20, 23, 27)");
    await page.emulateMediaType("print");
    assert.equal(await background(), "rgb(255, 255, 255)");
    await page.emulateMediaType("screen");
    await page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: "light" }]);
    assert.equal(await background(), "rgb(255, 255, 255)");
    const closed = () => page.$$eval("details.more:not([open])", (all) => all.length);
    assert.equal(await closed(), 4);
    assert.ok((await page.pdf({ printBackground: true })).length > 10_000);
    assert.equal(await closed(), 4);
  });

  test("questions that gain and lose between two runs are listed", async () => {
    const report = fullReport();
    report.items!.forEach((item, index) => {
      item[4][1] = [
        [0.5, 0.5],
        [index % 7 < 4 ? 0.4 : 0.99, null],
      ];
    });
    await page.setViewport({ width: 390, height: 800 });
    await open(report);
    const text = await page.$eval("#gains", (section) => section.textContent ?? "");
    assert.match(text, /Of 20 questions first predicts \d+ better than second, \d+ worse/);
    assert.equal(await page.$$eval("#gains figure svg", (all) => all.length), 2);
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth);
    assert.ok(overflow <= 390, `${overflow} pixels`);
    await page.setViewport({ width: 1200, height: 800 });
  });

  test("no drawing is wider than a small screen, or scaled down to it", async () => {
    await page.setViewport({ width: 390, height: 800 });
    await open(fullReport());
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth);
    assert.ok(overflow <= 390, `${overflow} pixels`);
    const scales = () =>
      page.$$eval("svg:not(svg svg)", (all) =>
        all.map((svg) => svg.getBoundingClientRect().width / Number(svg.getAttribute("width"))),
      );
    for (const width of [390, 844]) {
      await page.setViewport({ width, height: 800 });
      await page.evaluate(() => new Promise((drawn) => requestAnimationFrame(drawn)));
      const small = (await scales()).filter((scale) => scale < 0.99);
      assert.deepEqual(small, [], `of ${width} pixels`);
    }
    await page.setViewport({ width: 1200, height: 800 });
  });
});
