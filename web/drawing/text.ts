// How wide text is, without a browser to ask. Widths are those of DejaVu Sans, the widest of the
// usual sans-serif faces: text that fits by them fits in Helvetica, Arial, Segoe UI and Roboto too.

export const fontFamily =
  'system-ui, -apple-system, "Segoe UI", "Helvetica Neue", Arial, "Liberation Sans", "DejaVu Sans", sans-serif';

// Characters by their width in thousandths of the font size.
const narrowToWide: [number, string][] = [
  [280, "ijl'|"],
  [320, " .,/\\;:I!"],
  [370, "f"],
  [395, "()[]-tJ"],
  [415, 'r"`'],
  [525, "sz_*?"],
  [560, "cL"],
  [595, "vxykF"],
  [625, "aeohnuTYPE"],
  [640, "0123456789bdpqgS$"],
  [690, "ABKRVXZC"],
  [760, "DGHNUOQ&"],
  [840, "w+<>=~^#"],
  [870, "M"],
  [990, "mW%@"],
];

const widths = new Map<string, number>();
for (const [width, characters] of narrowToWide) {
  for (const character of characters) widths.set(character, width / 1000);
}

const wideScripts =
  /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\u{1f300}-\u{1faff}]/u;
const combining = /\p{Mark}/u;

function characterWidth(character: string): number {
  const known = widths.get(character);
  if (known !== undefined) return known;
  if (combining.test(character)) return 0;
  if (wideScripts.test(character)) return 1;
  const base = character.normalize("NFD")[0];
  return widths.get(base) ?? 0.77;
}

// The beginning of a text of more UTF-16 units than that, with an ellipsis.
export function beginning(text: string, units: number): string {
  if (text.length <= units) return text;
  const inCharacter = /[\ud800-\udbff]/.test(text[units - 2]);
  return text.slice(0, units - (inCharacter ? 2 : 1)) + "…";
}

// What of a text is drawn, so that a name of megabytes does not make a picture of as many.
export const drawn = (text: string): string => beginning(text, 2000);

// In pixels, for a font size in pixels.
export function textWidth(text: string, size: number, bold = false): number {
  let width = 0;
  for (const character of drawn(text)) width += characterWidth(character);
  return width * size * (bold ? 1.1 : 1);
}

// The text, or as much of it as fits with an ellipsis behind.
export function shorten(text: string, size: number, limit: number, bold = false): string {
  if (textWidth(text, size, bold) <= limit) return drawn(text);
  let room = limit - textWidth("…", size, bold);
  let kept = "";
  for (const character of drawn(text)) {
    room -= textWidth(character, size, bold);
    if (room < 0) return kept === "" ? character : kept.trimEnd() + "…";
    kept += character;
  }
  return kept;
}

// A word that is wider than a line is cut where the line ends; Chinese has no spaces to break at.
function breakWord(word: string, size: number, limit: number, bold: boolean): string[] {
  const pieces: string[] = [];
  let piece = "";
  let width = 0;
  for (const character of word) {
    const more = textWidth(character, size, bold);
    if (piece !== "" && width + more > limit) {
      pieces.push(piece);
      piece = "";
      width = 0;
    }
    piece += character;
    width += more;
  }
  return [...pieces, piece];
}

// Lines no wider than `limit` pixels; never fewer characters than what is drawn of the text.
export function wrapText(text: string, size: number, limit: number, bold = false): string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of drawn(text).split(/\s+/).filter(Boolean)) {
    const longer = line === "" ? word : `${line} ${word}`;
    if (textWidth(longer, size, bold) <= limit) {
      line = longer;
      continue;
    }
    if (line !== "") lines.push(line);
    const pieces = breakWord(word, size, limit, bold);
    lines.push(...pieces.slice(0, -1));
    line = pieces[pieces.length - 1];
  }
  return line === "" ? lines : [...lines, line];
}
