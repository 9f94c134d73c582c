// What `canvass report` puts into the page, and how the page reads it. Keys that may be missing from
// an evaluation (docs/metrics.md says which) are optional here; what shows them is then left out.

export interface Interval {
  low: number;
  high: number;
}

type ByMetric<T> = Record<string, T>;

export interface Means {
  items: number;
  metrics: ByMetric<number | null>;
  denominators: ByMetric<number>;
  infinite?: ByMetric<number>;
  intervals?: ByMetric<Interval | null>;
}

export interface PopulationMeans extends Means {
  name: string;
  country?: string;
  attributes?: Record<string, string>;
}

// Version 0.1 wrote no titles.
export interface Baseline extends Means {
  title?: string;
}

export interface Skipped {
  question: string;
  population: string;
  reason: string;
}

export interface EquivalentSize {
  n: number | null;
  below?: number;
  above?: number;
  reason?: string;
  low?: number | null;
  high?: number | null;
}

export interface Difference {
  difference: number;
  low: number | null;
  high: number | null;
}

// Of all options predicted at about the same share; null if there are none.
export interface ShareBin {
  shares: number; // how many
  predicted: number | null; // mean
  observed: number | null; // mean
}

// Of all items whose top option is predicted at about the same share.
export interface MajorityBin {
  items: number;
  confidence: number | null; // mean predicted share of the top option
  accuracy: number | null; // how often that is the majority's answer
}

export interface Calibration {
  ece?: number;
  bins?: MajorityBin[];
  shares?: { error: number; bins: ShareBin[] };
}

// A figure that judges predictions otherwise than by their mean error (docs/judging.md).
export interface Diagnostic {
  id: string;
  title: string;
  format: "number" | "percent" | "points";
  attribute?: string; // whose groups it is about
  value: number | null;
  low: number | null;
  high: number | null;
  count: number;
  unit: string;
  reference?: number | null; // what a perfect prediction would have
  ideal?: number;
  finding?: "below" | "as ideal" | "above" | "unknown";
  says: string;
}

interface ServedGroup {
  name: string;
  items: number;
  js_similarity: number;
}

export interface Parity {
  grouping: string;
  difference: number;
  by_chance: number;
  groups: ServedGroup[]; // from the best
  small_groups: ServedGroup[];
}

export interface ChecklistEntry {
  title: string;
  known: string[]; // sentences
  missing: string; // what the author has to add; may be empty
}

export interface Evaluation extends Means {
  model: string;
  skipped: Skipped[];
  by_topic: Record<string, Means>;
  by_population: Record<string, PopulationMeans>;
  baselines: Record<string, Baseline>;
  ceiling?: Means;
  achieved_share?: ByMetric<number | null>;
  achieved_share_intervals?: ByMetric<Interval | null>;
  equivalent_sample_size?: ByMetric<EquivalentSize>;
  differences?: {
    baselines?: Record<string, ByMetric<Difference | null>>;
    predictions?: Record<string, ByMetric<Difference | null>>;
  };
  method?: string;
  calibration?: Calibration;
  interval_coverage?: { level: number; coverage: number; items: number; mean_width: number };
  diagnostics?: { items_with_sample_size: number; figures: Diagnostic[]; parity: Parity[] };
}

export interface Run {
  name: string;
  file: string;
  evaluation: Evaluation;
}

export interface Metric {
  name: string; // its key
  title: string;
  better: "higher" | "lower";
}

export interface Question {
  id: string;
  text: string;
  topic: string;
  options: { label: string; text: string }[];
}

export interface Population {
  id: string;
  name: string;
  country: string;
  attributes?: Record<string, string>;
}

// What one run predicts for an item; null if it has no prediction.
export type Predicted =
  | [
      shares: number[],
      scores: (number | null)[],
      intervals?: [low: number, high: number][], // as the file of predictions has them
    ]
  | null;

export type Item = [
  question: number,
  population: number,
  respondents: number | null,
  observed: number[],
  predicted: Predicted[], // by run
  intervals?: ([low: number, high: number] | null)[] | null, // of the observed shares, 95%
];

export interface Epoch {
  epoch: number;
  train_loss: number;
  valid_loss?: number;
  valid_js_similarity?: number;
  [key: string]: unknown;
}

export interface Training {
  name: string;
  record: Record<string, unknown>; // run.json
  history: Epoch[];
}

export interface Report {
  title: string;
  canvass: string; // version
  command: string[];
  metrics: Metric[];
  runs: Run[];
  files: { role: string; file: string; sha256: string }[];
  survey?: { name: string; source: string; questions: Question[]; populations: Population[] };
  items?: Item[];
  checklist?: { title: string; entries: ChecklistEntry[] }[];
  trainings: Training[];
}

// What the reader has chosen to see.
export interface Choice {
  metric: Metric;
  run: Run;
}

export const titleOfBaseline = (evaluation: Evaluation, key: string): string =>
  evaluation.baselines[key].title ?? key.replace(/_/g, " ");

const digits = new Intl.NumberFormat("en", { maximumFractionDigits: 0 });

export const written = (value: number | null | undefined): string =>
  value === null || value === undefined ? "–" : value.toFixed(3);

// With non-breaking spaces.
export const writtenInterval = (interval: Interval | null | undefined): string =>
  interval ? `${written(interval.low)}\u00a0to\u00a0${written(interval.high)}` : "";

export const wholeNumber = (value: number): string =>
  value < 10 && !Number.isInteger(value) ? value.toFixed(1) : digits.format(value);

export function better(metric: Metric, a: number, b: number): boolean {
  return metric.better === "higher" ? a > b : a < b;
}

export const directionOf = (metric: Metric): string => `${metric.better} is better`;
