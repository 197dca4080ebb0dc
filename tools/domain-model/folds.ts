import { appendAll } from '@tributary/kernel';
import { groupBy } from '../../libs/core/kernel/src/index.ts';
import type { Example } from './examples.ts';

/**
 * Divides families over folds, so that each domain's families are spread evenly. Every family is left out once, with
 * all of its documents, together with about one family of each other domain.
 */
export function foldsOf<One extends Example>(examples: readonly One[], count: number): One[][] {
  const folds = Array.from({ length: count }, (): One[] => []);
  const families = [...groupBy(examples, ({ family }) => family).values()];
  const labelsIn = (group: readonly Example[]): Set<number> => new Set(group.map(({ label }) => label));
  const rarest = families.toSorted((a, b) => labelsIn(b).size - labelsIn(a).size || a.length - b.length);
  for (const family of rarest) {
    const labels = labelsIn(family);
    const crowding = (fold: readonly Example[]): number =>
      [...groupBy(fold, ({ family: one }) => one).values()].filter((other) =>
        [...labelsIn(other)].some((label) => labels.has(label)),
      ).length;
    const sparsest = folds.toSorted((a, b) => crowding(a) - crowding(b) || a.length - b.length)[0]!;
    appendAll(sparsest, family);
  }
  return folds;
}

/** Logits of every document from a model that was trained without its family. */
export function heldOut<One extends Example>(
  examples: readonly One[],
  folds: readonly (readonly One[])[],
  fit: (train: readonly One[]) => (example: One) => number[][],
): { readonly example: One; readonly logits: readonly (readonly number[])[] }[] {
  return folds.flatMap((fold) => {
    const out = new Set(fold);
    const logits = fit(examples.filter((example) => !out.has(example)));
    return fold.map((example) => ({ example, logits: logits(example) }));
  });
}
