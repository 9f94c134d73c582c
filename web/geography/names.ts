// Which country a population is, by any name that survey programmes give it.
import codes from "i18n-iso-countries/codes.json";
import english from "i18n-iso-countries/langs/en.json";
// By two letters, the names that survey programmes use. The C++ code has the same file compiled in.
import surveyNames from "../../data/countries.json";

// Of characters. What is longer is no country; the expressions below would take their time over it.
const longestName = 200;

// "India (Old national sample)" is a population of India.
export const withoutSampleNote = (name: string): string =>
  name.length > longestName ? name : name.replace(/\s*\([^()]*sample\)\s*$/i, "");

// Letters and digits in lower case, without accents, articles and notes on the sample.
function normal(name: string): string {
  if (name.length > longestName) return "";
  return withoutSampleNote(name)
    .normalize("NFKD")
    .replace(/\p{Mark}/gu, "")
    .toLowerCase()
    .replace(/&/g, " and ")
    .replace(/[^\p{Letter}\p{Number}]+/gu, " ")
    .replace(/\b(the|of)\b/g, " ")
    .replace(/\s+/g, " ")
    .trim();
}

// Parts of countries that survey programmes ask by themselves. The map draws no shape for them.
const partsOfCountries = new Map(
  Object.entries({
    "Northern Ireland": "the United Kingdom",
    England: "the United Kingdom",
    Scotland: "the United Kingdom",
    Wales: "the United Kingdom",
    "East Germany": "Germany",
    "West Germany": "Germany",
    Flanders: "Belgium",
    Wallonia: "Belgium",
    Quebec: "Canada",
    Catalonia: "Spain",
    "Basque Country": "Spain",
  }).map(([name, whole]) => [normal(name), whole]),
);

const asList = (names: string | string[]): string[] => (Array.isArray(names) ? names : [names]);

// A name that two countries go by ("Congo") is none of either.
function countriesByName(): Map<string, string> {
  const found = new Map<string, string>();
  const ambiguous = new Set<string>();
  const add = (name: string, code: string) => {
    const key = normal(name);
    if ((found.get(key) ?? code) !== code) ambiguous.add(key);
    found.set(key, code);
  };
  for (const [code, names] of Object.entries(english.countries)) {
    for (const name of asList(names)) add(name, code);
  }
  for (const [code, names] of Object.entries(surveyNames)) {
    for (const name of names) add(name, code);
  }
  for (const name of ambiguous) found.delete(name);
  return found;
}

const byName = countriesByName();
// Two letters, three letters and the number, as ISO 3166-1 has them.
const byCode = new Map(codes.flatMap((names) => names.map((name) => [name, names[0]] as const)));

// The two letters of ISO 3166-1 (XK for Kosovo); undefined where the name is no country.
export function countryCode(name: string): string | undefined {
  return byName.get(normal(name)) ?? byCode.get(name.trim());
}

// The two letters for a number of ISO 3166-1, which is what the world atlas goes by.
export const codeOfNumber = (number: string): string | undefined => byCode.get(number);

// "the United Kingdom" for "Northern Ireland"; undefined for what is no such part.
export const countryAround = (name: string): string | undefined =>
  partsOfCountries.get(normal(name));
