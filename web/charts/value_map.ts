// One number per country: how well a model predicts it, for example.
import { framed, type PictureOptions } from "../drawing/frame.ts";
import { paragraph } from "../drawing/block.ts";
import { scaleLegend, swatchLabel } from "../drawing/legend.ts";
import { boundLabels, stepsOver } from "../drawing/steps.ts";
import { placesOf, type Place, type Resident, type Unplaced } from "../study/places.ts";
import { counted } from "../study/study.ts";
import { drawWorld, listed, type Mark } from "./world_map.ts";

export interface ValueOfResident extends Resident {
  value: number | null; // null where there is none
  items: number; // that the value is a mean over
  interval?: { low: number; high: number } | null;
}

export interface ValueMapInput {
  name: string; // of the figure, with unit and direction
  values: ValueOfResident[];
  source: string;
}

export interface PlaceValue {
  place: Place;
  value: number | null;
  items: number;
}

export interface ValueMapData {
  places: PlaceValue[];
  unplaced: (Unplaced & { value: number | null })[];
}

// Of several populations together: over the items of all of them.
export function meanOfValues(values: ValueOfResident[]): { value: number | null; items: number } {
  const known = values.filter((one) => one.value !== null && one.items > 0);
  const items = known.reduce((sum, one) => sum + one.items, 0);
  const total = known.reduce((sum, one) => sum + (one.value as number) * one.items, 0);
  return { value: items > 0 ? total / items : null, items };
}

export function valueMapData(values: ValueOfResident[]): ValueMapData {
  const { places, unplaced } = placesOf(values);
  return {
    places: places.map((place) => ({
      place,
      ...meanOfValues(place.members.map((member) => values[member])),
    })),
    unplaced: unplaced.map((one) => ({ ...one, value: values[one.member].value })),
  };
}

const written = (value: number | null): string => (value === null ? "no value" : value.toFixed(3));

// The same in words, for those who cannot distinguish the colors.
export function extremesText(data: ValueMapData, count = 5): string {
  const known = data.places
    .filter((one) => one.value !== null)
    .sort((a, b) => (b.value as number) - (a.value as number));
  const named = (some: PlaceValue[]) =>
    some.map((one) => `${one.place.name} ${written(one.value)}`).join(", ");
  if (known.length <= 2 * count) return `From high to low: ${named(known)}.`;
  return `Highest: ${named(known.slice(0, count))}. Lowest: ${named(known.slice(-count).reverse())}.`;
}

export function valueMap(
  input: ValueMapInput,
  document: Document,
  options: PictureOptions,
): SVGElement {
  const data = valueMapData(input.values);
  const caption = options.caption && {
    subtitle: counted(data.places.length, "country", "countries"),
    source: `${input.source}. Outlines: Natural Earth, by de facto control; Equal Earth projection.`,
    ...options.caption,
  };
  return framed(
    document,
    { ...options, caption },
    (canvas) => {
      const { theme } = canvas;
      const known = [...data.places, ...data.unplaced].flatMap((one) => one.value ?? []);
      const steps = stepsOver(known, theme.steps);
      const fillOf = (value: number | null) =>
        value === null ? theme.land : steps.colourOf(value);
      const marks = data.places.map(({ place, value, items }): Mark => ({
        code: place.code,
        fill: fillOf(value),
        label: `${place.name} ${written(value)}`,
        tip: `${place.name}: ${written(value)} (${counted(items, "item")})`,
      }));
      const others = data.unplaced.map((one) => ({
        fill: fillOf(one.value),
        label: `${one.name} ${written(one.value)} (${one.reason})`,
      }));
      const legend = scaleLegend(canvas, input.name, steps.colours, boundLabels(steps.bounds), [
        swatchLabel(canvas, theme.land, "no value"),
      ]);
      const words = paragraph(canvas, extremesText(data), canvas.width, {
        size: 12.5,
        colour: theme.ink,
      });
      return [
        legend,
        ...drawWorld(canvas, marks),
        listed(canvas, "Not shown separately on the map:", others),
        words,
      ];
    },
    input.name,
  );
}
