// Names beside points, so that none lies over another, over a point or outside.
import { textWidth } from "./text.ts";

export interface Spot {
  at: [number, number];
  radius: number; // of its mark
  label: string;
  size: number; // of the text, pixels
  bold: boolean;
}

export interface Box {
  left: number;
  right: number;
  top: number;
  bottom: number;
}

const overlap = (a: Box, b: Box): boolean =>
  a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;

const around = ([x, y]: [number, number], radius: number): Box => ({
  left: x - radius,
  right: x + radius,
  top: y - radius,
  bottom: y + radius,
});

// Where a label may stand, the best first: right, left, above, below, then the corners.
function candidates({ at: [x, y], radius, label, size, bold }: Spot): Box[] {
  const width = textWidth(label, size, bold);
  const gap = radius + 3;
  const near = radius * 0.7 + 1;
  const lefts = { right: x + gap, middle: x - width / 2, left: x - gap - width };
  const tops = { above: y - near - size, middle: y - size / 2, below: y + near };
  const places: [number, number][] = [
    [lefts.right, tops.middle],
    [lefts.left, tops.middle],
    [lefts.middle, tops.above - 2],
    [lefts.middle, tops.below + 2],
    [x + near, tops.above],
    [x + near, tops.below],
    [x - near - width, tops.above],
    [x - near - width, tops.below],
  ];
  return places.map(([left, top]) => ({ left, right: left + width, top, bottom: top + size }));
}

// A box for each label, the first spots choosing first; null for one that has no place inside.
export function placeLabels(
  spots: Spot[],
  obstacles: { at: [number, number]; radius: number }[],
  inside: Box,
): (Box | null)[] {
  const marks = [...spots, ...obstacles].map((mark) => around(mark.at, mark.radius));
  const placed: Box[] = [];
  return spots.map((spot) => {
    const free = candidates(spot).find(
      (box) =>
        box.left >= inside.left &&
        box.right <= inside.right &&
        box.top >= inside.top &&
        box.bottom <= inside.bottom &&
        !placed.some((other) => overlap(box, other)) &&
        !marks.some((mark) => overlap(box, mark)),
    );
    if (free) placed.push(free);
    return free ?? null;
  });
}
