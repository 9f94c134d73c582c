// Which countries are in which parts of a study design; other populations are a list.
import { categoryDefinitions, categoryFill } from "../drawing/categories.ts";
import { swatchLabel, categoryLegend } from "../drawing/legend.ts";
import { framed, type PictureOptions } from "../drawing/frame.ts";
import { isOfCountries, placesOf, type Place, type Unplaced } from "../study/places.ts";
import {
  counted,
  groupByParts,
  partNames,
  partsOfEach,
  sourceOf,
  type PartSet,
  type Study,
} from "../study/study.ts";
import { partList } from "./part_list.ts";
import { drawWorld, listed, type Mark } from "./world_map.ts";

export interface PartMapData {
  sets: PartSet[]; // members: indices of `places`, then of `unplaced` behind them
  places: Place[];
  unplaced: Unplaced[];
}

// Populations of one country are one place, in the parts of all of them.
export function partMapData(study: Study): PartMapData {
  const { places, unplaced } = placesOf(study.populations);
  const partsOfPopulation = partsOfEach(study, 1);
  const partsOfPlace = new Map<number, Set<number>>();
  const memberLists = [
    ...places.map((place) => place.members),
    ...unplaced.map((one) => [one.member]),
  ];
  memberLists.forEach((members, index) => {
    const parts = members.flatMap((member) => [...(partsOfPopulation.get(member) ?? [])]);
    partsOfPlace.set(index, new Set(parts));
  });
  return { sets: groupByParts(partsOfPlace), places, unplaced };
}

function legendLabel(study: Study, data: PartMapData, set: PartSet): string {
  const countries = set.members.filter((member) => member < data.places.length).length;
  const others = set.members.length - countries;
  const counts = [
    countries > 0 || others === 0 ? counted(countries, "country", "countries") : "",
    others > 0 ? counted(others, "other population") : "",
  ];
  return `${partNames(study, set.parts)}: ${counts.filter(Boolean).join(", ")}`;
}

export function partMap(study: Study, document: Document, options: PictureOptions): SVGElement {
  const data = partMapData(study);
  if (!isOfCountries(data)) return partList(study, document, options);
  const setOf = new Map(data.sets.flatMap((set, index) => set.members.map((one) => [one, index])));
  const fallbackTitle = "Populations by part of the study";
  const caption = options.caption && {
    subtitle: `${counted(data.places.length, "country", "countries")} in ${counted(study.parts.length, "part")}`,
    source: `${sourceOf(study)}. Outlines: Natural Earth, by de facto control; Equal Earth projection.`,
    ...options.caption,
  };
  return framed(
    document,
    { ...options, caption },
    (canvas) => {
      const fillOf = (index: number) => categoryFill(canvas, setOf.get(index) as number);
      const tipOf = (name: string, index: number) =>
        `${name}: ${partNames(study, data.sets[setOf.get(index) as number].parts)}`;
      const marks = data.places.map((place, index): Mark => ({
        code: place.code,
        fill: fillOf(index),
        label: place.name,
        tip: tipOf(place.name, index),
      }));
      const others = data.unplaced.map((one, index) => ({
        fill: fillOf(data.places.length + index),
        label: `${one.name} (${one.reason})`,
      }));
      const definitions = categoryDefinitions(canvas, data.sets.length);
      const labels = data.sets.map((set) => legendLabel(study, data, set));
      const legend = categoryLegend(canvas, labels, [
        swatchLabel(canvas, canvas.theme.land, "not asked"),
      ]);
      const [map, small] = drawWorld(canvas, marks);
      map.node.insertBefore(definitions, map.node.firstChild);
      return [legend, map, small, listed(canvas, "Not shown separately on the map:", others)];
    },
    fallbackTitle,
  );
}
