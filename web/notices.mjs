// The licenses of the packages that a bundle has code or data of: they ask to be passed on with it.
import { readFileSync, readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL(".", import.meta.url));

const packageOf = (path) => /^.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path)?.[0];

function licenceOf(folder) {
  const { name, version, license } = JSON.parse(
    readFileSync(`${root}${folder}/package.json`, "utf8"),
  );
  const file = readdirSync(root + folder).find((one) => /^licen[cs]e/i.test(one));
  const text = file
    ? readFileSync(`${root}${folder}/${file}`, "utf8").trim()
    : `License: ${license}`;
  return { package: `${name} ${version}`, text };
}

// `metafile`: what esbuild says of the bundle; `more`: packages that came in by another way.
export function noticesOf(metafile, more = []) {
  const used = Object.values(metafile.outputs).flatMap((output) =>
    Object.entries(output.inputs).flatMap(([path, { bytesInOutput }]) =>
      bytesInOutput > 0 ? [path] : [],
    ),
  );
  const folders = new Set([...used.map(packageOf), ...more.map((name) => `node_modules/${name}`)]);
  const byText = new Map();
  for (const folder of [...folders].filter(Boolean).sort()) {
    const { package: name, text } = licenceOf(folder);
    byText.set(text, [...(byText.get(text) ?? []), name]);
  }
  const notices = [...byText].map(([text, names]) => `${names.join(", ")}\n\n${text}`);
  return `This file has code or data of these packages in it.\n\n${notices.join("\n\n----\n\n")}\n`;
}
