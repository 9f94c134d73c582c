// SVG elements made by a given document, be it the browser's or the small one of the command line.

import { drawn } from "./text.ts";

export type Attributes = Record<string, string | number | undefined>;
export type Child = Element | string | undefined;
export type Make = (name: string, attributes?: Attributes, ...children: Child[]) => SVGElement;

const namespace = "http://www.w3.org/2000/svg";

// XML has no place for these, not even escaped; a file with one in it cannot be read.
const forbidden =
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;
const inXml = (text: string): string => drawn(text).replace(forbidden, "\ufffd");

// Coordinates to a tenth of a pixel: nobody sees more, and files stay small.
const written = (value: string | number): string =>
  typeof value === "number" ? String(Math.round(value * 100) / 100) : value;

// The function that makes elements in `document`. Attributes and children that are undefined are
// left out.
export function maker(document: Document): Make {
  return (name, attributes = {}, ...children) => {
    const element = document.createElementNS(namespace, name) as SVGElement;
    for (const [key, value] of Object.entries(attributes)) {
      if (value !== undefined) element.setAttribute(key, written(value));
    }
    for (const child of children) {
      if (child === undefined) continue;
      element.appendChild(
        typeof child === "string" ? document.createTextNode(inXml(child)) : child,
      );
    }
    return element;
  };
}

export const translate = (x: number, y: number): string => `translate(${written(x)},${written(y)})`;
