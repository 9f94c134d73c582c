declare module "canvass:world" {
  import type { GeometryCollection, Topology } from "topojson-specification";
  // "countries": each with its ISO 3166-1 numeric code as `id` (none for the few without one).
  const world: Topology<{ countries: GeometryCollection<{ name: string }> }>;
  export default world;
}
