// Populations put on the map: one place per country, and those that are none.
import type { Described } from "./attributes.ts";
import { countryAround, countryCode, withoutSampleNote } from "../geography/names.ts";

// Anything that lives somewhere.
export interface Resident extends Described {
  country: string;
}

export interface Place {
  code: string; // two letters of ISO 3166-1
  name: string; // as the survey calls it
  members: number[]; // indices of the residents, rising
}

export interface Unplaced {
  name: string;
  member: number;
  reason: string; // "part of the United Kingdom", "not known as a country"
}

export interface Places {
  places: Place[];
  unplaced: Unplaced[];
}

// Whether a map shows anything: several countries, and not just by a chance of names. Of the states
// of the USA, Georgia is called as a country is.
export function isOfCountries({ places, unplaced }: Places): boolean {
  const placed = places.reduce((sum, place) => sum + place.members.length, 0);
  return places.length > 1 && placed >= unplaced.length;
}

export function placesOf(residents: Resident[]): Places {
  const places = new Map<string, Place>();
  const unplaced: Unplaced[] = [];
  residents.forEach(({ name, country }, member) => {
    const code = countryCode(country);
    if (code === undefined) {
      const whole = countryAround(country);
      const reason = whole ? `part of ${whole}` : "not known as a country";
      unplaced.push({ name, member, reason });
      return;
    }
    const place = places.get(code) ?? { code, name: withoutSampleNote(country), members: [] };
    place.members.push(member);
    places.set(code, place);
  });
  return { places: [...places.values()], unplaced };
}
