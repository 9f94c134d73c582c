// Labels beside a drawing, each with a line to the place that it names.
import type { Block, Canvas } from "./block.ts";
import { translate } from "./svg.ts";

export interface Callout {
  label: Block;
  from: [number, number]; // the place
  bend: [number, number]; // just outside the drawing, in the direction of the label
}

// The upper edges of labels in one column, as near to where they want to be as they can without
// overlapping: pool those that would overlap, each pool around the mean of its wishes.
export function arrange(wishes: number[], heights: number[], gap: number): number[] {
  interface Pool {
    start: number;
    height: number;
    count: number;
    first: number;
  }
  const pools: Pool[] = [];
  wishes.forEach((wish, index) => {
    let pool: Pool = { start: wish, height: heights[index] + gap, count: 1, first: index };
    while (pools.length > 0 && last(pools).start + last(pools).height > pool.start) {
      const before = pools.pop() as Pool;
      const count = before.count + pool.count;
      const start =
        (before.start * before.count + (pool.start - before.height) * pool.count) / count;
      pool = { start, height: before.height + pool.height, count, first: before.first };
    }
    pools.push(pool);
  });
  return pools.flatMap((pool) => {
    let y = pool.start;
    return Array.from({ length: pool.count }, (_, offset) => {
      const top = y;
      y += heights[pool.first + offset] + gap;
      return top;
    });
  });
}

const last = <T>(list: T[]): T => list[list.length - 1];

// One column of labels. `edge`: the x where labels begin (right side) or end (left side).
export function calloutColumn(
  canvas: Canvas,
  callouts: Callout[],
  edge: number,
  side: "left" | "right",
): { node: SVGElement; top: number; bottom: number } {
  const { make, theme } = canvas;
  const sorted = [...callouts].sort((a, b) => a.bend[1] - b.bend[1]);
  const tops = arrange(
    sorted.map((one) => one.bend[1] - one.label.height / 2),
    sorted.map((one) => one.label.height),
    5,
  );
  const nodes = sorted.flatMap(({ label, from, bend }, index) => {
    const middle = tops[index] + label.height / 2;
    const x = side === "right" ? edge : edge - label.width;
    const end = side === "right" ? edge - 6 : edge + 6;
    return [
      make("polyline", {
        points: [from, bend, [end, middle]]
          .map((point) => point.map((v) => v.toFixed(1)).join())
          .join(" "),
        fill: "none",
        stroke: theme.muted,
        "stroke-width": 0.8,
      }),
      make("g", { transform: translate(x, tops[index]) }, label.node),
    ];
  });
  const bottoms = tops.map((top, index) => top + sorted[index].label.height);
  return {
    node: make("g", {}, ...nodes),
    top: Math.min(...tops, Infinity),
    bottom: Math.max(...bottoms, -Infinity),
  };
}
