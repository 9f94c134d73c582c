// Bundles the drawing code: node build.mjs --out FOLDER
//   pictures.mjs       the program that `canvass picture` runs: JSON on stdin, SVG on stdout
//   report.html        the report page, which `canvass report` puts its data into
//   tests/*.test.mjs   the tests, for node --test
import { build } from "esbuild";
import { appendFileSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { makeWorld } from "./geography/make_world.mjs";
import { noticesOf } from "./notices.mjs";
import { reportPage } from "./page/make_page.mjs";

const { values } = parseArgs({ options: { out: { type: "string" } } });
if (!values.out) throw new Error("say where to: node build.mjs --out FOLDER");
const out = resolve(values.out);
const root = fileURLToPath(new URL(".", import.meta.url));

const world = {
  name: "world",
  setup(bundler) {
    bundler.onResolve({ filter: /^canvass:world$/ }, () => ({
      path: "world",
      namespace: "canvass",
    }));
    bundler.onLoad({ filter: /^world$/, namespace: "canvass" }, () => ({
      contents: JSON.stringify(makeWorld()),
      loader: "json",
    }));
  },
};

const shared = {
  absWorkingDir: root,
  bundle: true,
  plugins: [world],
  legalComments: "none",
  logLevel: "warning",
};

// linkedom is CommonJS: its calls of require() need one in a module.
const requireBanner =
  'import { createRequire as canvassRequire } from "node:module"; const require = canvassRequire(import.meta.url);';
const forNode = {
  ...shared,
  platform: "node",
  target: "node18",
  format: "esm",
  outExtension: { ".js": ".mjs" },
  banner: { js: requireBanner },
  // linkedom draws on a canvas where this package is there; pictures need none.
  external: ["canvas"],
};

const asComment = (text) => `/*\n${text.replaceAll("*/", "* /")}*/`;
const { metafile } = await build({
  ...forNode,
  entryPoints: { pictures: "pictures.ts" },
  outdir: out,
  minify: true,
  metafile: true,
});
appendFileSync(`${out}/pictures.mjs`, asComment(noticesOf(metafile, ["world-atlas"])));

const bundled = await build({
  ...shared,
  entryPoints: ["page/page.ts"],
  platform: "browser",
  target: "es2022",
  format: "iife",
  minify: true,
  write: false,
  metafile: true,
});
const style = readFileSync(`${root}/page/page.css`, "utf8");
const script =
  bundled.outputFiles[0].text + asComment(noticesOf(bundled.metafile, ["world-atlas"]));
writeFileSync(`${out}/report.html`, await reportPage(script, style));

const tests = readdirSync(`${root}/tests`).filter((name) => name.endsWith(".test.ts"));
await build({
  ...forNode,
  entryPoints: tests.map((name) => `tests/${name}`),
  outbase: ".",
  outdir: out,
  // What puppeteer-core and its WebSocket use where it is there.
  external: [...forNode.external, "bufferutil", "utf-8-validate"],
});
