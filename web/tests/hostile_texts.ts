// Texts that mean something to a browser, a spreadsheet, a terminal or a program; tests of the C++
// code have the same.
import texts from "../../tests/support/hostile_texts.json";

export const hostileTexts: string[] = [...Object.values(texts), 'a<"&é茶|='.repeat(10_000)];
