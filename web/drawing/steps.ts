// A scale of a few even steps at round numbers: on a map, seven steps are told apart, a hundred not.
import * as d3 from "d3";

export interface Steps {
  bounds: number[]; // rising; one more than colours
  colours: string[];
  colourOf(value: number): string;
}

export function stepsOver(values: number[], colours: readonly string[]): Steps {
  const [low = 0, high = 1] = d3.extent(values) as [number | undefined, number | undefined];
  const spread = high > low ? [low, high] : [low - 0.5, high + 0.5];
  for (let wanted = colours.length; wanted >= 1; --wanted) {
    const inner = d3.ticks(spread[0], spread[1], wanted);
    const step = d3.tickStep(spread[0], spread[1], wanted);
    const bounds = withEnds(inner, step, spread as [number, number]);
    if (bounds.length - 1 <= colours.length) return stepsAt(bounds, colours);
  }
  return stepsAt(spread, colours);
}

// Rounded to what the step needs, so that 0.1 + 0.2 is written 0.3.
function withEnds(inner: number[], step: number, [low, high]: [number, number]): number[] {
  const round = (index: number) => Number((index * step).toPrecision(12));
  const first = Math.floor(low / step + 1e-9);
  const last = Math.ceil(high / step - 1e-9);
  if (inner.length === 0 || last <= first) return [low, high];
  return d3.range(first, last + 1).map(round);
}

function stepsAt(bounds: number[], colours: readonly string[]): Steps {
  const count = bounds.length - 1;
  const chosen = d3.range(count).map((index) => {
    const place = count === 1 ? colours.length - 1 : (index * (colours.length - 1)) / (count - 1);
    return colours[Math.round(place)];
  });
  const scale = d3.scaleThreshold<number, string>().domain(bounds.slice(1, -1)).range(chosen);
  return { bounds, colours: chosen, colourOf: (value) => scale(value) };
}

// As many decimals as tell neighbouring bounds apart.
export function boundLabels(bounds: number[]): string[] {
  const step = Math.min(...d3.pairs(bounds, (a, b) => b - a));
  const format = d3.format(`,.${d3.precisionFixed(step)}f`);
  return bounds.map((bound) => format(bound));
}
