// One number per population: on a map, or as dots where the populations are not countries.
import type { PictureOptions } from "../drawing/frame.ts";
import { isOfCountries, placesOf } from "../study/places.ts";
import { populationDots } from "./population_dots.ts";
import { valueMap, type ValueMapInput } from "./value_map.ts";

const mostRows = 60;

export const isMap = ({ values }: ValueMapInput): boolean => isOfCountries(placesOf(values));

// Whether a map hides differences: several populations of one country have one color, their mean. With
// more rows than fit on a page, the table below has to do.
export function isCrossed({ values }: ValueMapInput): boolean {
  const { places } = placesOf(values);
  return values.length <= mostRows && places.some(({ members }) => members.length > 1);
}

export function populationValues(
  input: ValueMapInput,
  document: Document,
  options: PictureOptions,
): SVGElement {
  return (isMap(input) ? valueMap : populationDots)(input, document, options);
}
