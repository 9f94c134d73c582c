// Bundles the drawing code: node build.mjs --out FOLDER
//   pictures.mjs       the program that `canvass picture` runs: JSON on stdin, SVG on stdout
//   report.html        the report page, which `canvass report` puts its data into
//   tests/*.test.mjs   the tests, for node --test
import { build } from "esbuild";
import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { reportPage } from "./page/make_page.mjs";
import { parseArgs } from "node:util";
import { makeWorld } from "./geography/make_world.mjs";

const { values } = parseArgs({ options: { out: { type: "string" } } });
if (!values.out) throw new Error("say where to: node build.mjs --out FOLDER");
const root = import.meta.dirname ?? new URL(".", import.meta.url).pathname;

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

await build({
  ...forNode,
  entryPoints: { pictures: "pictures.ts" },
  outdir: values.out,
  minify: true,
});

const bundled = await build({
  ...shared,
  entryPoints: ["page/page.ts"],
  platform: "browser",
  target: "es2022",
  format: "iife",
  minify: true,
  write: false,
});
const style = readFileSync(`${root}/page/page.css`, "utf8");
writeFileSync(`${values.out}/report.html`, await reportPage(bundled.outputFiles[0].text, style));

const tests = readdirSync(`${root}/tests`).filter((name) => name.endsWith(".test.ts"));
await build({
  ...forNode,
  entryPoints: tests.map((name) => `tests/${name}`),
  outbase: ".",
  outdir: values.out,
  // What puppeteer-core and its WebSocket use where it is there.
  external: [...forNode.external, "bufferutil", "utf-8-validate"],
});
