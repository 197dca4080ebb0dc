import type { CountRow } from './count-row.ts';

/**
 * Experts chosen for a token, by model: all choices of a domain and layer over its first choices. A fine-tune has the
 * router of its base: a model without first choices takes the number of the one whose name begins its own.
 */
export function chosenExperts(groups: readonly (readonly CountRow[])[]): Map<string, number> {
  const totals = new Map<string, number>();
  for (const rows of groups) {
    const [first] = rows;
    if (first)
      totals.set(
        keyOf(first, first.choice),
        rows.reduce((sum, { count }) => sum + count, 0),
      );
  }
  const found = new Map<string, number>();
  for (const [first] of groups) {
    if (!first) continue;
    const ratio = (totals.get(keyOf(first, 'all')) ?? NaN) / (totals.get(keyOf(first, 'first')) ?? NaN);
    if (Number.isSafeInteger(ratio) && ratio > 0) found.set(first.model, ratio);
  }
  return new Map(
    groups.flatMap(([first]) => {
      const model = first?.model ?? '';
      const base = [...found.keys()].find((known) => model.startsWith(known));
      const chosen = found.get(model) ?? found.get(base ?? '');
      return chosen === undefined ? [] : [[model, chosen] as const];
    }),
  );
}

const keyOf = ({ model, domain, layer }: CountRow, choice: string): string =>
  JSON.stringify([model, domain, layer, choice]);
