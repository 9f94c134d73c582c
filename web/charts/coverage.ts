// Populations by questions: which items there are, by part or by how many answered.
import { flow, type Block, type Canvas } from "../drawing/block.ts";
import { categoryColour } from "../drawing/categories.ts";
import { framed, type PictureOptions } from "../drawing/frame.ts";
import { scaleLegend, swatchLabel } from "../drawing/legend.ts";
import { boundLabels, stepsOver } from "../drawing/steps.ts";
import { shorten, textWidth } from "../drawing/text.ts";
import { coverageTable, type Cell, type CoverageTable } from "../study/coverage_table.ts";
import { counted, groupByParts, partNames, sourceOf, type Study } from "../study/study.ts";

export interface CoverageOptions extends PictureOptions {
  show: "parts" | "respondents";
}

// The left and right edge of columns, `to` excluded, in pixels.
type Extent = (from: number, to: number) => [number, number];

// Of the populations' names, and the room beside them.
function widthOfNames(study: Study, table: CoverageTable): number {
  const names = table.populations.map((population) => study.populations[population].name);
  const longest = Math.max(...names.map((name) => textWidth(name, nameSize)));
  return Math.min(Math.max(longest + 10, leastNameWidth), mostNameWidth);
}

// How cells are distinguished: equal words, equal fill.
interface Key {
  legend: Block[];
  fillOf(cell: Cell): string;
  wordsOf(cell: Cell): string;
}

const rowHeight = 13;
const headingRow = 18;
const nameSize = 10.5;
const topicSize = 12;
const topicRow = 17;
const countWidth = 66;
const leastNameWidth = 190; // the first topic is written above it
const mostNameWidth = 280;

function partsKey(canvas: Canvas, study: Study, table: CoverageTable): Key {
  const cells = table.cells.flat();
  const asked = cells.flatMap((cell, index) => (cell.parts.length > 0 ? [index] : []));
  const sets = groupByParts(new Map(asked.map((index) => [index, new Set(cells[index].parts)])));
  const colours = new Map(
    sets.map((set, index) => [set.parts.join(), categoryColour(canvas, index)]),
  );
  const fillOf = (cell: Cell) => colours.get(cell.parts.join()) as string;
  const wordsOf = (cell: Cell) => partNames(study, cell.parts);
  const legend = sets.map((set) => {
    const label = `${partNames(study, set.parts)}: ${counted(set.members.length, "item")}`;
    return swatchLabel(canvas, fillOf(cells[set.members[0]]), label);
  });
  return { legend: [flow(canvas, legend, canvas.width, { x: 22, y: 8 })], fillOf, wordsOf };
}

function respondentsKey(canvas: Canvas, table: CoverageTable): Key {
  const asked = table.cells.flat().filter((cell) => cell.parts.length > 0);
  const known = asked.flatMap((cell) => cell.respondents ?? []);
  const steps = stepsOver(known, canvas.theme.steps);
  const unknown = swatchLabel(canvas, canvas.theme.muted, "asked, number not known");
  const others = known.length < asked.length ? [unknown] : [];
  const legend =
    known.length > 0
      ? scaleLegend(canvas, "Respondents", steps.colours, boundLabels(steps.bounds), others)
      : unknown;
  return {
    legend: [legend],
    fillOf: ({ respondents }) =>
      respondents === null ? canvas.theme.muted : steps.colourOf(respondents),
    wordsOf: ({ respondents }) =>
      respondents === null ? "asked" : counted(Math.round(respondents), "respondent"),
  };
}

interface Run {
  from: number;
  to: number; // excluded
  fill: string;
  words: string;
}

// Neighbouring cells of one fill, within a topic, are one rectangle.
function runsOf(cells: Cell[], key: Key, table: CoverageTable): Run[] {
  const starts = new Set(table.topics.map((topic) => topic.from));
  const runs: Run[] = [];
  cells.forEach((cell, column) => {
    if (cell.parts.length === 0) return;
    const last = runs[runs.length - 1];
    const fill = key.fillOf(cell);
    if (last?.to === column && last.fill === fill && !starts.has(column)) last.to = column + 1;
    else runs.push({ from: column, to: column + 1, fill, words: key.wordsOf(cell) });
  });
  return runs;
}

// Topics above their columns, each on a line of its own, the last one uppermost: so no name crosses
// another's line.
function topicLabels(canvas: Canvas, table: CoverageTable, extent: Extent): Block {
  const { make, theme, width } = canvas;
  const height = table.topics.length * topicRow + 8;
  const nodes = table.topics.flatMap(({ topic, from, to }, index) => {
    const [left, right] = extent(from, to);
    const middle = (left + right) / 2;
    const baseline = (table.topics.length - index) * topicRow - 5;
    const count = ` (${to - from})`;
    const room = middle - 6 - textWidth(count, topicSize);
    const label = shorten(topic, topicSize, room) + count;
    return [
      make("path", {
        d: `M${middle.toFixed(1)},${baseline - 7}V${height - 4}M${(left + 0.5).toFixed(1)},${height - 3}H${(right - 0.5).toFixed(1)}`,
        stroke: theme.muted,
        "stroke-width": 1,
        fill: "none",
      }),
      make(
        "text",
        {
          x: middle - 5,
          y: baseline,
          "text-anchor": "end",
          "font-size": topicSize,
          fill: theme.ink,
        },
        label,
      ),
    ];
  });
  return { node: make("g", {}, ...nodes), width, height };
}

function rowOf(
  canvas: Canvas,
  study: Study,
  table: CoverageTable,
  key: Key,
  { row, top }: { row: number; top: number },
  extent: Extent,
): SVGElement[] {
  const { make, theme, width } = canvas;
  const nameEnd = extent(0, 1)[0] - 8;
  const { name } = study.populations[table.populations[row]];
  const cells = table.cells[row];
  const asked = cells.filter((cell) => cell.parts.length > 0).length;
  const baseline = top + rowHeight - 3.2;
  const text = (x: number, anchor: string, colour: string, words: string) =>
    make("text", { x, y: baseline, "text-anchor": anchor, fill: colour }, words);
  const rects = runsOf(cells, key, table).map((run) => {
    const [x, right] = extent(run.from, run.to);
    return make(
      "rect",
      { x, y: top, width: right - x, height: rowHeight - 1, fill: run.fill },
      make("title", {}, `${name}, ${questionRange(study, table, run)}: ${run.words}`),
    );
  });
  return [
    text(nameEnd, "end", theme.ink, shorten(name, nameSize, nameEnd)),
    ...rects,
    text(width, "end", theme.muted, `${asked} of ${cells.length}`),
  ];
}

function questionRange(study: Study, table: CoverageTable, run: Run): string {
  const id = (column: number) => study.questions[table.questions[column]].id;
  return run.to - run.from === 1 ? id(run.from) : `${id(run.from)} to ${id(run.to - 1)}`;
}

// How far down each row and each group's heading is.
function rowsDown(table: CoverageTable): {
  tops: number[];
  headings: { text: string; baseline: number }[];
  height: number;
} {
  const tops: number[] = [];
  const headings: { text: string; baseline: number }[] = [];
  let y = 0;
  for (const { heading, rows } of table.groups) {
    if (heading !== "") {
      y += headingRow;
      headings.push({ text: heading, baseline: y - 4 });
    }
    for (const _ of rows) {
      tops.push(y);
      y += rowHeight;
    }
  }
  return { tops, headings, height: y };
}

function heatMap(canvas: Canvas, study: Study, table: CoverageTable, key: Key): Block[] {
  const { make, theme, width } = canvas;
  const nameWidth = widthOfNames(study, table);
  const room = width - nameWidth - countWidth;
  const gap = Math.min(3, (room * 0.1) / table.topics.length);
  const each = (room - gap * (table.topics.length - 1)) / table.questions.length;
  const before = table.questions.map(
    (_, column) => table.topics.filter((topic) => topic.from <= column).length - 1,
  );
  const left = (column: number) => nameWidth + column * each + before[column] * gap;
  const extent: Extent = (from, to) => [left(from), left(to - 1) + each];
  const { tops, headings, height } = rowsDown(table);
  const stripes = table.topics.map(({ from, to }) => {
    const [x, right] = extent(from, to);
    return make("rect", { x, width: right - x, height, fill: theme.faint, "fill-opacity": 0.35 });
  });
  const rows = tops.flatMap((top, row) => rowOf(canvas, study, table, key, { row, top }, extent));
  const titles = headings.map(({ text, baseline }) =>
    make(
      "text",
      {
        x: nameWidth - 8,
        y: baseline,
        "text-anchor": "end",
        "font-weight": 600,
        fill: theme.muted,
      },
      shorten(text, nameSize, nameWidth - 8, true),
    ),
  );
  const node = make("g", { "font-size": nameSize }, ...stripes, ...titles, ...rows);
  return [topicLabels(canvas, table, extent), { node, width, height }];
}

// Columns narrower than two pixels would hide a single item.
const leastColumn = 2;

export function coverage(study: Study, document: Document, options: CoverageOptions): SVGElement {
  const table = coverageTable(study);
  const wanted =
    widthOfNames(study, table) + countWidth + 60 + table.questions.length * leastColumn;
  const items = table.cells.flat().filter((cell) => cell.parts.length > 0).length;
  const all = table.questions.length * table.populations.length;
  const caption = options.caption && {
    subtitle:
      `${counted(table.populations.length, "population")} × ` +
      `${counted(table.questions.length, "question")}: ${counted(items, "item")}, ` +
      `${((100 * items) / all).toFixed(1)}% of all possible items`,
    source: sourceOf(study),
    ...options.caption,
  };
  return framed(
    document,
    { ...options, caption, width: Math.max(options.width, wanted) },
    (canvas) => {
      const key =
        options.show === "parts" ? partsKey(canvas, study, table) : respondentsKey(canvas, table);
      const [labels, cells] = heatMap(canvas, study, table, key);
      return [...key.legend, stacked(canvas, labels, cells)];
    },
    "Items by population and question",
  );
}

// The labels stand on the table, without a gap.
function stacked(canvas: Canvas, upper: Block, lower: Block): Block {
  const { make } = canvas;
  const moved = make("g", { transform: `translate(0,${upper.height})` }, lower.node);
  return {
    node: make("g", {}, upper.node, moved),
    width: canvas.width,
    height: upper.height + lower.height,
  };
}
