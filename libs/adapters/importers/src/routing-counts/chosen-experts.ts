import type { CountRow } from './count-row.ts';

/**
 * The number of experts for each token, by model: the counts of all choices in a domain and layer divided by those of
 * the first choices. A fine-tuned model has the router of its base model, so a model without first choices takes the
 * number of the model whose name is a prefix of its own.
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
  const known = new Map<string, number>();
  for (const [first] of groups) {
    if (!first) continue;
    const ratio = (totals.get(keyOf(first, 'all')) ?? NaN) / (totals.get(keyOf(first, 'first')) ?? NaN);
    if (Number.isSafeInteger(ratio) && ratio > 0) known.set(first.model, ratio);
  }
  return new Map(
    groups.flatMap(([first]) => {
      const model = first?.model ?? '';
      const base = [...known.keys()].find((name) => model.startsWith(name));
      const chosen = known.get(model) ?? known.get(base ?? '');
      return chosen === undefined ? [] : [[model, chosen] as const];
    }),
  );
}

const keyOf = ({ model, domain, layer }: CountRow, choice: string): string =>
  JSON.stringify([model, domain, layer, choice]);
