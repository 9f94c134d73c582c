// The report page without its data: one file, with script and style inside it.
import { transform } from "esbuild";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";

// The colours, which the drawing code has in TypeScript.
async function themes() {
  const source = readFileSync(new URL("../drawing/theme.ts", import.meta.url), "utf8");
  const { code } = await transform(source, { loader: "ts", format: "esm" });
  return import(`data:text/javascript,${encodeURIComponent(code)}`);
}

// A script ends at "</script", even inside a string.
const inScript = (text) => text.replace(/<\/(script)/gi, "<\\/$1").replace(/<!--/g, "<\\!--");

const hashOf = (text) => `'sha256-${createHash("sha256").update(text).digest("base64")}'`;

// Whatever the data says, nothing runs and nothing is fetched but what is written here: scripts and
// styles are allowed by their content. The data itself is no script to a browser.
const policyOf = (script, style) =>
  [
    "default-src 'none'",
    `script-src ${hashOf(script)}`,
    `style-src ${hashOf(style)}`,
    "img-src data:",
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");

// `canvass report` replaces {} of the element with the id "report".
export async function reportPage(script, style) {
  const { lightTheme, darkTheme, themeProperties } = await themes();
  const light = themeProperties(lightTheme);
  const dark = themeProperties(darkTheme);
  const { code: css } = await transform(style, { loader: "css", minify: true });
  const styles = `:root{color-scheme:light;${light}}
@media screen and (prefers-color-scheme:dark){:root{color-scheme:dark;${dark}}}
${css}`;
  const program = inScript(script);
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policyOf(program, styles)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>canvass report</title>
<style>${styles}</style>
</head>
<body>
<noscript>This page draws its figures with JavaScript, which is turned off.</noscript>
<script type="application/json" id="report">{}</script>
<script>${program}</script>
</body>
</html>
`;
}
