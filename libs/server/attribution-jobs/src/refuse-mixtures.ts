export type MixtureInput = {
  readonly key: string;
  readonly shares: readonly { readonly slice: string; readonly share: number }[];
};

/** Refuses mixtures with unknown slices, with shares that are negative or not finite, or without any share. */
export function refuseMixtures(mixtures: readonly MixtureInput[], known: readonly string[]) {
  for (const { key, shares } of mixtures) {
    const unknown = shares.find(({ slice }) => !known.includes(slice));
    if (unknown)
      return {
        refusal: 'unknown_slice',
        text: `Mixture ${key}: no slice ${unknown.slice}; there are ${known.join(', ')}.`,
      };
    const wrong = shares.find(({ share }) => !(share >= 0 && share < Infinity));
    if (wrong)
      return {
        refusal: 'negative_share',
        text: `Mixture ${key}: the share of ${wrong.slice} is ${wrong.share}.`,
      };
    if (!shares.some(({ share }) => share > 0))
      return { refusal: 'empty_mixture', text: `Mixture ${key} has no share above zero.` };
  }
  return undefined;
}
