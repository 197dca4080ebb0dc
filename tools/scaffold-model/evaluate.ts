import { groupBy, smallest } from '@tributary/kernel';
import { SCAFFOLD_LABELS, scaffoldScore } from '../../libs/attributes/domain/src/index.ts';
import type { ScaffoldExample } from './examples.ts';

/** A document with its logits from a model that has not seen its family. */
export type Held = {
  readonly example: ScaffoldExample;
  readonly logits: readonly (readonly number[])[];
};

export type Scored = { readonly example: ScaffoldExample; readonly score: number; readonly weight: number };

const CODE = SCAFFOLD_LABELS.indexOf('code');

/** Scores of documents. Both labels have the same weight, and every package of a label too, whatever its size. */
export function scored(held: readonly Held[], temperature: number): Scored[] {
  const sizes = [...groupBy(held, groupOf).entries()].map(([key, own]) => [key, own.length] as const);
  const sizeOf = new Map(sizes);
  const groups = new Map(
    [...groupBy([...sizeOf.keys()], (key) => key.split(' ')[0]!)].map(([label, own]) => [label, own.length]),
  );
  return held.map((one) => ({
    example: one.example,
    score: scaffoldScore(one.logits, temperature),
    weight: 1 / sizeOf.get(groupOf(one))! / groups.get(String(one.example.label))!,
  }));
}

const groupOf = ({ example }: Held): string => `${example.label} ${example.source}`;

export type AtThreshold = { readonly precision: number; readonly recall: number };

/** Precision and recall of `code` where scores of at least `threshold` are called so. */
export function atThreshold(documents: readonly Scored[], threshold: number): AtThreshold {
  const called = documents.filter(({ score }) => score >= threshold);
  const right = total(called.filter(({ example }) => example.label === CODE));
  const all = total(documents.filter(({ example }) => example.label === CODE));
  return { precision: called.length === 0 ? 1 : right / total(called), recall: right / all };
}

/** Precision where as many documents are called code as reach a recall. */
export function precisionAtRecall(documents: readonly Scored[], recall: number): AtThreshold {
  const scores = documents
    .filter(({ example }) => example.label === CODE)
    .map(({ score }) => score)
    .toSorted((a, b) => b - a);
  for (const score of scores) {
    const found = atThreshold(documents, score);
    if (found.recall >= recall) return found;
  }
  return atThreshold(documents, 0);
}

const total = (documents: readonly Scored[]): number =>
  documents.reduce((sum, { weight }) => sum + weight, 0);

/** The temperature between 0.25 and 8 with the least log loss of held-out documents, by steps of 13 %. */
export function temperatureOf(held: readonly Held[]): number {
  const candidates = Array.from({ length: 29 }, (_, step) => 0.25 * 1.13 ** step);
  const losses = candidates.map((temperature) =>
    scored(held, temperature).reduce((sum, { example, score, weight }) => {
      const right = example.label === CODE ? score : 1 - score;
      return sum - weight * Math.log(Math.max(1e-9, right));
    }, 0),
  );
  return Number(candidates[losses.indexOf(smallest(losses))]!.toFixed(4));
}
