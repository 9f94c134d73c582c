// A real browser that opens report pages as a person does: from a file.
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import puppeteer, { type Browser, type Page } from "puppeteer-core";
import type { Report } from "../page/report.ts";

const usual = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];
const chromium = [process.env.CANVASS_CHROMIUM ?? "", ...usual].find((path) => existsSync(path));
const template = readFileSync(new URL("../report.html", import.meta.url), "utf8");

// Why tests that need one are skipped, if they are.
export const withoutBrowser = chromium ? false : "there is no Chromium (the package chromium)";

export class ReportBrowser {
  // What the console, errors and requests to a network said since the page was opened. Chromium
  // says on the console what the policy of a page forbids.
  readonly faults: string[] = [];
  readonly folder = mkdtempSync(join(tmpdir(), "canvass-page-"));

  private constructor(
    private readonly browser: Browser,
    readonly page: Page,
  ) {
    page.on("console", (message) => this.faults.push(`console: ${message.text()}`));
    page.on("pageerror", (error) => this.faults.push(`error: ${String(error)}`));
    page.on("request", (request) => {
      if (!/^(file|data|blob):/.test(request.url())) this.faults.push(`network: ${request.url()}`);
    });
  }

  static async start(): Promise<ReportBrowser> {
    const browser = await puppeteer.launch({
      executablePath: chromium,
      args: ["--no-sandbox", "--disable-dev-shm-usage"],
    });
    return new ReportBrowser(browser, await browser.newPage());
  }

  async close(): Promise<void> {
    await this.browser.close();
    rmSync(this.folder, { recursive: true });
  }

  async open(report: Report): Promise<void> {
    const file = join(this.folder, "report.html");
    const data = JSON.stringify(report).replaceAll("<", "\\u003c");
    writeFileSync(
      file,
      template.replace('id="report">{}<', () => `id="report">${data}<`),
    );
    this.faults.length = 0;
    await this.page.goto(`file://${file}`);
    await this.page.waitForSelector("#downloads");
  }
}
