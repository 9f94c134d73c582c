// What `canvass picture` and other verbs ask for, and which chart draws it.
import { partMap } from "./charts/part_map.ts";
import { topics } from "./charts/topics.ts";
import { culturalMap, type CulturalMapInput } from "./charts/cultural_map.ts";
import { coverage } from "./charts/coverage.ts";
import { specificationCurve, type SpecificationCurveInput } from "./charts/specification_curve.ts";
import { populationValues } from "./charts/population_values.ts";
import type { ValueMapInput } from "./charts/value_map.ts";
import { themes, type ThemeName } from "./drawing/theme.ts";
import type { PictureOptions } from "./drawing/frame.ts";
import type { Study } from "./study/study.ts";

interface Common {
  title: string;
  theme: ThemeName;
  width: number; // pixels
}

export type PictureRequest = Common &
  (
    | { picture: "part-map" | "topics" | "coverage" | "respondents"; study: Study }
    | { picture: "value-map"; map: ValueMapInput }
    | { picture: "cultural-map"; map: CulturalMapInput }
    | { picture: "specification-curve"; curve: SpecificationCurveInput }
  );

export function drawPicture(request: PictureRequest, document: Document): SVGElement {
  const options: PictureOptions = {
    theme: themes[request.theme],
    width: request.width,
    caption: { title: request.title },
  };
  switch (request.picture) {
    case "part-map":
      return partMap(request.study, document, options);
    case "topics":
      return topics(request.study, document, options);
    case "coverage":
      return coverage(request.study, document, { ...options, show: "parts" });
    case "respondents":
      return coverage(request.study, document, { ...options, show: "respondents" });
    case "value-map":
      return populationValues(request.map, document, options);
    case "cultural-map":
      return culturalMap(request.map, document, options);
    case "specification-curve":
      return specificationCurve(request.curve, document, options);
  }
}
