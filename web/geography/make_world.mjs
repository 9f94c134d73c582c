// The map's outlines: Natural Earth at 1:50 million, thinned to what can be seen on a map as wide as
// a page. Run by build.mjs; the drawing code imports the result as "canvass:world".
import { createRequire } from "node:module";
import { quantize } from "topojson-client";
import { presimplify, simplify } from "topojson-simplify";

const require = createRequire(import.meta.url);

// In square degrees: a point is dropped where the triangle with its neighbours is smaller.
const leastVisibleArea = 0.06;
// Places along each axis that coordinates are rounded to: a tenth of a pixel.
const gridPlaces = 1e4;

export function makeWorld() {
  const world = structuredClone(require("world-atlas/countries-50m.json"));
  delete world.objects.land;
  return quantize(simplify(presimplify(world), leastVisibleArea), gridPlaces);
}
