// The countries of the world as shapes on a flat map.
import * as d3 from "d3";
import { feature, mesh } from "topojson-client";
import world from "canvass:world";
import { codeOfNumber, countryCode } from "./names.ts";

export interface CountryShape {
  code: string; // two letters of ISO 3166-1; the atlas's own name where it has none
  path: string; // for <path d>
  area: number; // on the map, in square pixels
  centre: [number, number]; // of its largest piece, in pixels
}

export interface WorldMap {
  height: number; // for the width asked for
  borders: string; // between countries
  shapes: CountryShape[];
}

const withoutSurveys = new Set(["Antarctica"]);
// Turned so that the map is cut through the Bering Strait, and no country is.
const turned: [number, number] = [-11, 0];

type Shape = GeoJSON.Feature<GeoJSON.Geometry | null, { name: string }>;

function shapesOfWorld(): Shape[] {
  const all = feature(world, world.objects.countries).features as Shape[];
  return all.filter((shape) => !withoutSurveys.has(shape.properties.name));
}

type Polygons = GeoJSON.Position[][][];

const polygonsOf = (geometry: GeoJSON.Geometry | null): Polygons => {
  if (geometry?.type === "MultiPolygon") return geometry.coordinates;
  return geometry?.type === "Polygon" ? [geometry.coordinates] : [];
};

// A territory far from the rest (French Guiana) must not draw the centre into the sea.
function largestPiece(polygons: Polygons): GeoJSON.Polygon {
  const pieces = polygons.map((coordinates): GeoJSON.Polygon => ({ type: "Polygon", coordinates }));
  return pieces[d3.maxIndex(pieces, (piece) => d3.geoArea(piece))];
}

function codeOf(shape: Shape): string {
  const number = shape.id === undefined ? undefined : codeOfNumber(String(shape.id));
  return number ?? countryCode(shape.properties.name) ?? shape.properties.name;
}

// An Equal Earth map (Šavrič, Patterson & Jenny 2018): areas are as on the globe.
export function worldMap(width: number): WorldMap {
  const shapes = shapesOfWorld();
  const projection = d3.geoEqualEarth().rotate(turned).fitWidth?.(width, { type: "Sphere" });
  const path = d3.geoPath(projection).digits(1);
  const all: GeoJSON.FeatureCollection<GeoJSON.Geometry | null> = {
    type: "FeatureCollection",
    features: shapes,
  };
  const [[, top], [, bottom]] = path.bounds(all as GeoJSON.FeatureCollection);
  const margin = 6;
  const [x, y] = projection.translate();
  projection.translate([x, y - top + margin]);
  // The atlas has several shapes for some countries: islands that it names by themselves.
  const countries = d3.rollups(
    shapes.filter((shape) => shape.geometry !== null),
    (of) => of.flatMap((shape) => polygonsOf(shape.geometry)),
    codeOf,
  );
  return {
    height: bottom - top + 2 * margin,
    borders: path(mesh(world, world.objects.countries, (a, b) => a !== b)) ?? "",
    shapes: countries.map(([code, coordinates]) => {
      const whole: GeoJSON.MultiPolygon = { type: "MultiPolygon", coordinates };
      return {
        code,
        path: path(whole) ?? "",
        area: path.area(whole),
        centre: path.centroid(largestPiece(coordinates)),
      };
    }),
  };
}
