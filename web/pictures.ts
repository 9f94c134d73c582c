// The program that `canvass picture` runs: a request in JSON on standard input, SVG on standard
// output.
import { parseHTML } from "linkedom";
import { readFileSync } from "node:fs";
import { drawPicture, type PictureRequest } from "./picture_request.ts";

const request = JSON.parse(readFileSync(0, "utf8")) as PictureRequest;
const { document } = parseHTML("<!doctype html><html><body></body></html>");
const drawing = drawPicture(request, document as unknown as Document);
process.stdout.write(`<?xml version="1.0" encoding="UTF-8"?>\n${drawing.outerHTML}\n`);
