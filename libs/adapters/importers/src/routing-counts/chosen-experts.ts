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
  const models = groups.map(([first]) => first?.model ?? '');
  const bases = basesOf(models, [...known.keys()]);
  return new Map(
    models.flatMap((model) => {
      const chosen = known.get(model) ?? known.get(bases.get(model) ?? '');
      return chosen === undefined ? [] : [[model, chosen] as const];
    }),
  );
}

/** The first of some names that each model begins with. Sorted texts lie behind those that they begin with. */
function basesOf(models: readonly string[], names: readonly string[]): Map<string, string | undefined> {
  const order = new Map(names.map((name, at) => [name, at]));
  const bases = new Map<string, string | undefined>();
  const begun: { readonly name: string; readonly first: number }[] = [];
  for (const model of [...new Set([...models, ...names])].toSorted(byText)) {
    while (!model.startsWith(begun.at(-1)?.name ?? '')) begun.pop();
    const [own, outer] = [order.get(model) ?? Infinity, begun.at(-1)?.first ?? Infinity];
    const first = Math.min(own, outer);
    if (own < Infinity) begun.push({ name: model, first });
    bases.set(model, names[first]);
  }
  return bases;
}

const byText = (left: string, right: string): number => (left < right ? -1 : 1);

const keyOf = ({ model, domain, layer }: CountRow, choice: string): string =>
  JSON.stringify([model, domain, layer, choice]);
