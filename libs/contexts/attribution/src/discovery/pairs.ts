import { differsByRule, tolerated } from '../ablation/arm-pair.ts';
import type { Mixture } from '../ablation/arm-pair.ts';
import { domainOf, isWithin, knownSlices, shareOf } from '../composition/composition.ts';
import { displacementText } from '../composition/displacement.ts';
import type { FixedBudgetRule } from '../composition/displacement.ts';

/** A mixture that runs realised: their mean shares and amounts. */
export type FoundMixture = Mixture & {
  readonly arm: string;
  readonly seeds: ReadonlySet<string | number>;
};

/** Two arms that differ by one slice alone, with the question that they answer. */
export type FoundPair = {
  readonly more: string;
  readonly less: string;
  readonly slice: string;
  readonly displacement: string;
  /** Seeds that both arms ran; three or more make blocks. */
  readonly sharedSeeds: number;
};

/** Most mixtures of one group among which pairs are looked for: the search compares each two of them. */
const MOST_MIXTURES = 64;

/**
 * The pairs of mixtures that differ, as realised, by one slice under a displacement rule alone (`differsByRule`), in order
 * of the arms. None where there are more than `MOST_MIXTURES`.
 */
export function pairsAmong(mixtures: readonly FoundMixture[]): FoundPair[] {
  if (mixtures.length > MOST_MIXTURES) return [];
  const slices = namedSlices(mixtures);
  return mixtures.flatMap((more) =>
    mixtures.flatMap((less) => (more === less ? [] : questionsOf(more, less, slices))),
  );
}

/** Leaves, and the parents of several leaves: the parent of one is another name of it. */
function namedSlices(mixtures: readonly FoundMixture[]): string[] {
  const leaves = new Set(mixtures.flatMap(({ shares }) => Object.keys(shares)));
  const within = (slice: string) => [...leaves].filter((leaf) => isWithin(leaf, slice)).length;
  return knownSlices(mixtures.map(({ shares }) => shares)).filter(
    (slice) => leaves.has(slice) || within(slice) > 1,
  );
}

function questionsOf(more: FoundMixture, less: FoundMixture, slices: readonly string[]): FoundPair[] {
  const gains = slices.map(
    (slice) => [slice, shareOf(more.shares, slice) - shareOf(less.shares, slice)] as const,
  );
  return gains.flatMap(([slice, dose]) => {
    const rules = dose > 0 ? rulesFor(slice, dose, gains) : [];
    const fitting = rules.filter((rule) => differsByRule({ more, less, dose }, slice, rule));
    return fitting.map((rule) => ({
      more: more.arm,
      less: less.arm,
      slice,
      displacement: displacementText(rule),
      sharedSeeds: [...more.seeds].filter((seed) => less.seeds.has(seed)).length,
    }));
  });
}

/** The rules that can fit: a swap only into a slice that lost what this one gained. */
function rulesFor(
  slice: string,
  dose: number,
  gains: readonly (readonly [string, number])[],
): FixedBudgetRule[] {
  const domain = domainOf(slice);
  const takers = gains.filter(
    ([into, gain]) =>
      !isWithin(into, slice) && !isWithin(slice, into) && Math.abs(gain + dose) <= 2 * tolerated(dose),
  );
  return [
    { rule: 'proportional' },
    ...(domain === slice ? [] : [{ rule: 'within', domain } as const]),
    ...takers.map(([into]) => ({ rule: 'swap', into }) as const),
  ];
}
