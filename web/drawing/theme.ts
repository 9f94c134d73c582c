// Colours by what they are for. Charts know no colour but these, so that one drawing serves paper, a
// bright and a dark screen.

export interface Theme {
  background: string;
  ink: string; // titles, values
  muted: string; // secondary text, axes
  faint: string; // grid lines, borders between areas
  land: string; // an area without data
  categories: readonly string[]; // distinguishable with every kind of color vision
  onCategory: string; // marks of a pattern on them
  steps: readonly string[]; // from low to high, in even steps of lightness
}

// Okabe & Ito 2008, "Color universal design", in an order in which neighbours differ in lightness;
// without their yellow, which is lost on white, and with a grey for the last.
export const lightTheme: Theme = {
  background: "#ffffff",
  ink: "#1b1f24",
  muted: "#5b636d",
  faint: "#dfe2e6",
  land: "#e9e8e4",
  categories: ["#0072b2", "#e69f00", "#009e73", "#cc79a7", "#56b4e9", "#d55e00", "#7a7f87"],
  onCategory: "#ffffff",
  steps: ["#d6ebbd", "#b3ddbb", "#8fcfc0", "#5bb2c0", "#3790b8", "#256aa5", "#183f80"],
};

export const darkTheme: Theme = {
  background: "#14171b",
  ink: "#eceff3",
  muted: "#a3acb8",
  faint: "#343a43",
  land: "#2a2f37",
  categories: ["#4ba3e3", "#e9a820", "#1db58c", "#d58fb8", "#8fd0f5", "#e57a33", "#9aa1ab"],
  onCategory: "#14171b",
  steps: ["#1f3a5f", "#23557f", "#2b729b", "#418fad", "#68adb6", "#9bcabf", "#d9ecd2"],
};

export const themes = { light: lightTheme, dark: darkTheme };
export type ThemeName = keyof typeof themes;

// The same colours as custom properties of a page's style sheet: a page that turns dark, or is
// printed, then needs no new drawing.
export const pageTheme: Theme = {
  background: "var(--background)",
  ink: "var(--ink)",
  muted: "var(--muted)",
  faint: "var(--faint)",
  land: "var(--land)",
  categories: lightTheme.categories.map((_, index) => `var(--category-${index})`),
  onCategory: "var(--on-category)",
  steps: lightTheme.steps.map((_, index) => `var(--step-${index})`),
};

// The declarations that pageTheme refers to.
export function themeProperties(theme: Theme): string {
  const lists = [
    ...theme.categories.map((colour, index) => `--category-${index}:${colour}`),
    ...theme.steps.map((colour, index) => `--step-${index}:${colour}`),
  ];
  const single = (["background", "ink", "muted", "faint", "land"] as const).map(
    (name) => `--${name}:${theme[name]}`,
  );
  return [...single, `--on-category:${theme.onCategory}`, ...lists].join(";");
}
