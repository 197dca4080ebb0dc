import { largest, smallest } from '@tributary/kernel';
import { DOMAINS, softmax } from '../../libs/attributes/domain/src/index.ts';
import { groupOf, type Example } from './examples.ts';

/** Logits of a document's chunks from a model that has not seen its family. */
export type Held = {
  readonly example: Example;
  readonly logits: readonly (readonly number[])[];
};

/** Probabilities of a document: means over its chunks. */
const probabilitiesOf = ({ logits }: Held, temperature: number): number[] => {
  const rows = logits.map((row) => softmax(row.map((logit) => logit / temperature)));
  return DOMAINS.map((_, domain) => mean(rows.map((row) => row[domain]!)));
};

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;
const best = (values: readonly number[]): number => values.indexOf(largest(values));

const isOneThing = ({ example }: Held): boolean => example.target[example.label]! === 1;

type Prediction = {
  readonly example: Example;
  readonly predicted: number;
  readonly confidence: number;
};

/** Documents that are two things at once train the model, and are not evaluated: their label is no fact. */
export const predictionsOf = (held: readonly Held[], temperature: number): Prediction[] =>
  held.filter(isOneThing).map((one) => {
    const probabilities = probabilitiesOf(one, temperature);
    const predicted = best(probabilities);
    return {
      example: one.example,
      predicted,
      confidence: probabilities[predicted]!,
    };
  });

export type Group = {
  readonly domain: number;
  readonly source: string;
  readonly documents: number;
  readonly counts: readonly number[];
};

/** Packages with fewer documents of a domain are counted together: one README says little about a source. */
const FEWEST_DOCUMENTS = 10;

/** Labels given, for each true domain and source. */
export function groupsOf(predictions: readonly Prediction[]): Group[] {
  const groups = new Map<string, { domain: number; source: string; counts: number[] }>();
  const nameOf = naming(predictions.map(({ example }) => example));
  for (const { example, predicted } of predictions) {
    const name = nameOf(example);
    const key = `${example.label} ${name}`;
    const group = groups.get(key) ?? {
      domain: example.label,
      source: name,
      counts: DOMAINS.map(() => 0),
    };
    group.counts[predicted]!++;
    groups.set(key, group);
  }
  return [...groups.values()]
    .map((group) => ({
      ...group,
      documents: group.counts.reduce((sum, count) => sum + count, 0),
    }))
    .toSorted((a, b) => a.domain - b.domain || (a.source < b.source ? -1 : 1));
}

function naming(examples: readonly Example[]): (example: Example) => string {
  const sizes = new Map<string, number>();
  for (const example of examples) sizes.set(groupOf(example), (sizes.get(groupOf(example)) ?? 0) + 1);
  return (example) =>
    sizes.get(groupOf(example))! < FEWEST_DOCUMENTS ? 'small packages together' : example.source;
}

type Score = {
  readonly macroF1: number;
  readonly f1: readonly number[];
  readonly recall: readonly number[];
};

/**
 * F1 by domain and its mean. Every source of a domain has the same weight, and every domain too, so that neither a
 * large source nor a frequent domain decides.
 */
export function score(groups: readonly Group[]): Score {
  const rows = DOMAINS.map((_, domain) => {
    const own = groups.filter((group) => group.domain === domain);
    return DOMAINS.map((__, label) =>
      own.length === 0 ? 0 : mean(own.map(({ counts, documents }) => counts[label]! / documents)),
    );
  });
  const present = DOMAINS.map((_, domain) => groups.some((group) => group.domain === domain));
  const recall = rows.map((row, domain) => row[domain]!);
  const f1 = recall.map((found, domain) => {
    const labelled = rows.reduce((sum, row) => sum + row[domain]!, 0);
    const precision = labelled === 0 ? 0 : found / labelled;
    return found + precision === 0 ? 0 : (2 * found * precision) / (found + precision);
  });
  return {
    macroF1: mean(f1.filter((_, domain) => present[domain])),
    f1,
    recall,
  };
}

/** Weight of a document: its source counts once, whatever its size. */
function weightsOf(predictions: readonly Prediction[]): number[] {
  const nameOf = naming(predictions.map(({ example }) => example));
  const sizes = new Map<string, number>();
  const keys = predictions.map(({ example }) => `${example.label} ${nameOf(example)}`);
  for (const key of keys) sizes.set(key, (sizes.get(key) ?? 0) + 1);
  return keys.map((key) => 1 / sizes.get(key)!);
}

/** Expected calibration error over fifteen bins of equal width, every source with the same weight. */
export function calibrationError(predictions: readonly Prediction[]): number {
  const weights = weightsOf(predictions);
  const bins = Array.from({ length: 15 }, () => ({
    weight: 0,
    right: 0,
    confidence: 0,
  }));
  predictions.forEach(({ example, predicted, confidence }, index) => {
    const bin = bins[Math.min(14, Math.floor(confidence * 15))]!;
    bin.weight += weights[index]!;
    bin.right += predicted === example.label ? weights[index]! : 0;
    bin.confidence += confidence * weights[index]!;
  });
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return bins.reduce((sum, { right, confidence }) => sum + Math.abs(right - confidence) / total, 0);
}

/** The temperature between 0.25 and 8 with the least log loss of held-out documents, by golden steps of 5 %. */
export function temperatureOf(all: readonly Held[]): number {
  const held = all.filter(isOneThing);
  const weights = weightsOf(predictionsOf(held, 1));
  const loss = (temperature: number): number =>
    held.reduce(
      (sum, one, index) =>
        sum -
        weights[index]! * Math.log(Math.max(1e-9, probabilitiesOf(one, temperature)[one.example.label]!)),
      0,
    );
  const candidates = Array.from({ length: 29 }, (_, step) => 0.25 * 1.13 ** step);
  const losses = candidates.map(loss);
  return Number(candidates[losses.indexOf(smallest(losses))]!.toFixed(4));
}

type Abstention = {
  readonly threshold: number;
  readonly answered: number;
  readonly accuracy: number;
};

/** How many are answered at each threshold, and how many of those rightly; sources have equal weights. */
export function abstentionCurve(predictions: readonly Prediction[]): Abstention[] {
  const weights = weightsOf(predictions);
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return Array.from({ length: 10 }, (_, step) => {
    const threshold = step / 10;
    let answered = 0;
    let right = 0;
    predictions.forEach(({ example, predicted, confidence }, index) => {
      if (confidence < threshold) return;
      answered += weights[index]!;
      if (predicted === example.label) right += weights[index]!;
    });
    return {
      threshold,
      answered: answered / total,
      accuracy: answered === 0 ? 1 : right / answered,
    };
  });
}
