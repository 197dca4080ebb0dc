import { valueIn } from '@tributary/kernel';
import { isWithin } from './composition.ts';
import type { Composition } from './composition.ts';
import type { Refusal } from '../effect.ts';

/** Which slices receive the tokens of a reduced slice at a fixed budget. */
export type FixedBudgetRule =
  | { readonly rule: 'proportional' }
  | { readonly rule: 'swap'; readonly into: string }
  | { readonly rule: 'within'; readonly domain: string };

export type Displacement = FixedBudgetRule | { readonly rule: 'added_budget' };

export type DisplacementRefusal =
  | 'displacement_missing'
  | 'displacement_unknown'
  | 'swap_into_itself'
  | 'swap_into_unknown_slice'
  | 'within_not_a_part'
  | 'within_nothing_left'
  | 'nothing_to_refill';

const RULES =
  'proportional (the rest scales up), swap:<slice> (all of it goes to one slice), ' +
  'within:<domain> (all of it goes to the other parts of its domain), added_budget (the rest is unchanged and the budget changes)';

const refuse = (refusal: DisplacementRefusal, text: string): Refusal<DisplacementRefusal> => ({
  refusal,
  text: `${text} Rules: ${RULES}.`,
});

/**
 * Parses a displacement rule of a question about `slice`: `proportional`, `swap:<slice>`, `within:<domain>` or
 * `added_budget`. `slices` are those of the experiment (`slicesOf`). Refuses with a `DisplacementRefusal` whose text lists
 * the rules.
 */
export function parseDisplacement(
  text: string | undefined,
  slice: string,
  slices: readonly string[],
): Displacement | Refusal<DisplacementRefusal> {
  if (text === undefined || text === '') {
    return refuse('displacement_missing', 'An effect is undefined without a displacement rule.');
  }
  if (text === 'proportional' || text === 'added_budget') return { rule: text };
  const [rule, target = ''] = text.split(/:(.*)/s);
  if (rule === 'swap' && target !== '') return parseSwap(target, slice, slices);
  if (rule === 'within' && target !== '') return parseWithin(target, slice, slices);
  return refuse('displacement_unknown', `"${text}" is not a displacement rule.`);
}

function parseSwap(into: string, slice: string, slices: readonly string[]) {
  if (isWithin(into, slice) || isWithin(slice, into)) {
    return refuse('swap_into_itself', `${slice} cannot be swapped into ${into}: one contains the other.`);
  }
  if (!slices.includes(into)) {
    return refuse(
      'swap_into_unknown_slice',
      `The experiment has no slice ${into}; it has ${slices.join(', ')}.`,
    );
  }
  return { rule: 'swap', into } as const;
}

function parseWithin(domain: string, slice: string, slices: readonly string[]) {
  if (slice === domain || !isWithin(slice, domain)) {
    return refuse('within_not_a_part', `${slice} is not a part of ${domain}.`);
  }
  const others = slices.filter(
    (other) => other !== domain && isWithin(other, domain) && !isWithin(other, slice),
  );
  if (others.every((other) => isWithin(slice, other))) {
    return refuse('within_nothing_left', `${domain} has no part other than ${slice}.`);
  }
  return { rule: 'within', domain } as const;
}

/** The text that `parseDisplacement` reads as this rule. */
export function displacementText(displacement: Displacement): string {
  switch (displacement.rule) {
    case 'swap':
      return `swap:${displacement.into}`;
    case 'within':
      return `within:${displacement.domain}`;
    case 'proportional':
    case 'added_budget':
      return displacement.rule;
  }
}

function receives(leaf: string, slice: string, rule: FixedBudgetRule): boolean {
  if (isWithin(leaf, slice)) return false;
  switch (rule.rule) {
    case 'proportional':
      return true;
    case 'swap':
      return isWithin(leaf, rule.into);
    case 'within':
      return isWithin(leaf, rule.domain);
  }
}

/**
 * The mixture in which `slice` keeps the share `kept`. Its parts shrink alike; the receivers grow in proportion to their
 * shares, or alike where they have none. For `proportional` and `kept` 0: x'_j = x_j / (1 - x_i) for j != i. Shares sum to
 * one before and after. Undefined where no slice can receive.
 */
export function displace(
  reference: Composition,
  slice: string,
  rule: FixedBudgetRule,
  kept = 0,
): Composition | undefined {
  const leaves = Object.keys(reference).toSorted();
  const shareIn = (chosen: readonly string[]) =>
    chosen.reduce((sum, leaf) => sum + valueIn(reference, leaf)!, 0);
  const own = leaves.filter((leaf) => isWithin(leaf, slice));
  const receivers = leaves.filter((leaf) => receives(leaf, slice, rule));
  if (receivers.length === 0) return undefined;
  const held = shareIn(own);
  const freed = held - kept;
  const room = shareIn(receivers);
  const share = (leaf: string) => {
    const before = valueIn(reference, leaf)!;
    if (own.includes(leaf)) return held > 0 ? (before * kept) / held : kept / own.length;
    if (!receivers.includes(leaf)) return before;
    return before + freed * (room > 0 ? before / room : 1 / receivers.length);
  };
  return Object.fromEntries(leaves.map((leaf) => [leaf, share(leaf)]));
}

/** Change of every leaf per unit share of `slice`: the Cox direction (Cox 1971) for `proportional`, e_i - e_j for a swap. */
export function direction(
  reference: Composition,
  slice: string,
  rule: FixedBudgetRule,
): Composition | undefined {
  const leaves = Object.keys(reference).filter((leaf) => isWithin(leaf, slice));
  const held = leaves.reduce((sum, leaf) => sum + valueIn(reference, leaf)!, 0);
  const step = 0.5 * (1 - held);
  const more = displace(reference, slice, rule, held + step);
  if (!more || step === 0) return undefined;
  return Object.fromEntries(
    Object.keys(more).map((leaf) => [leaf, (valueIn(more, leaf)! - valueIn(reference, leaf)!) / step]),
  );
}
