// Populations of one country, or of none: by the attributes that they have.

export interface Described {
  name: string;
  attributes?: Record<string, string>; // {"sex": "female"}
}

export interface AttributeGroup {
  heading: string; // "sex", "region × sex"; empty where no population has an attribute
  members: number[]; // indices of the populations
}

const everyone = "everyone";
const by = " × ";

// What all populations have in common (one country) distinguishes none of them.
function distinguishing(populations: Described[]): Set<string> {
  const values = new Map<string, Set<string>>();
  for (const { attributes = {} } of populations) {
    for (const [name, value] of Object.entries(attributes)) {
      values.set(name, (values.get(name) ?? new Set()).add(value));
    }
  }
  const common = (name: string, found: Set<string>) =>
    found.size === 1 && populations.every(({ attributes = {} }) => name in attributes);
  return new Set([...values].filter(([name, found]) => !common(name, found)).map(([name]) => name));
}

// Ages in their order, however parts of a study come, and crossed groups with those of one name next
// to each other; other groups as they come.
function inOrder(populations: Described[], heading: string, members: number[]): number[] {
  const name = (member: number) => populations[member].name;
  const areAges = members.every((member) => /^\d/.test(name(member)));
  if (!areAges && !heading.includes(by)) return members;
  return [...members].sort((a, b) => name(a).localeCompare(name(b), "en", { numeric: true }));
}

// Those without an attribute, "everyone", come first, then groups in the order in which they come.
export function groupByAttributes(populations: Described[]): AttributeGroup[] {
  const names = distinguishing(populations);
  const groups = new Map<string, number[]>();
  populations.forEach(({ attributes = {} }, index) => {
    const heading = Object.keys(attributes).filter((name) => names.has(name));
    const key = heading.length > 0 ? heading.join(by) : names.size > 0 ? everyone : "";
    groups.set(key, [...(groups.get(key) ?? []), index]);
  });
  return [...groups]
    .map(([heading, members]) => ({ heading, members: inOrder(populations, heading, members) }))
    .sort((a, b) => Number(b.heading === everyone) - Number(a.heading === everyone));
}
