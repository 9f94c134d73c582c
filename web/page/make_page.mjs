// The report page without its data: one file, with script and style inside it.
import { transform } from "esbuild";
import { readFileSync } from "node:fs";

// The colours, which the drawing code has in TypeScript.
async function themes() {
  const source = readFileSync(new URL("../drawing/theme.ts", import.meta.url), "utf8");
  const { code } = await transform(source, { loader: "ts", format: "esm" });
  return import(`data:text/javascript,${encodeURIComponent(code)}`);
}

// A script ends at "</script", even inside a string.
const inScript = (text) => text.replace(/<\/(script)/gi, "<\\/$1").replace(/<!--/g, "<\\!--");

// `canvass report` replaces {} of the element with the id "report".
export async function reportPage(script, style) {
  const { lightTheme, darkTheme, themeProperties } = await themes();
  const light = themeProperties(lightTheme);
  const dark = themeProperties(darkTheme);
  const { code: css } = await transform(style, { loader: "css", minify: true });
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>canvass report</title>
<style>:root{color-scheme:light;${light}}
@media screen and (prefers-color-scheme:dark){:root{color-scheme:dark;${dark}}}
${css}</style>
</head>
<body>
<noscript>This page draws its figures with JavaScript, which is turned off.</noscript>
<script type="application/json" id="report">{}</script>
<script>${inScript(script)}</script>
</body>
</html>
`;
}
