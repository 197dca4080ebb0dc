import { isWithin } from './composition.ts';
import type { Composition } from './composition.ts';
import type { Refusal } from '../refusal.ts';

/** Where a slice's tokens go at a fixed budget. */
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
  'within:<domain> (it goes to the other parts of its domain), added_budget (the rest is untouched and the budget changes)';

const refuse = (refusal: DisplacementRefusal, text: string): Refusal<DisplacementRefusal> => ({
  refusal,
  text: `${text} Rules: ${RULES}.`,
});

/** Reads a rule for a question about `slice`, given every slice the experiment knows. */
export function parseDisplacement(
  text: string | undefined,
  slice: string,
  slices: readonly string[],
): Displacement | Refusal<DisplacementRefusal> {
  if (text === undefined || text === '') {
    return refuse('displacement_missing', 'An effect has no meaning until it says where the tokens go.');
  }
  if (text === 'proportional' || text === 'added_budget') return { rule: text };
  const [rule, target = ''] = text.split(/:(.*)/s);
  if (rule === 'swap' && target !== '') return parseSwap(target, slice, slices);
  if (rule === 'within' && target !== '') return parseWithin(target, slice, slices);
  return refuse('displacement_unknown', `"${text}" is not a displacement rule.`);
}

function parseSwap(into: string, slice: string, slices: readonly string[]) {
  if (isWithin(into, slice) || isWithin(slice, into)) {
    return refuse('swap_into_itself', `${slice} cannot be swapped into ${into}: one holds the other.`);
  }
  if (!slices.includes(into)) {
    return refuse('swap_into_unknown_slice', `No slice ${into} here; there are ${slices.join(', ')}.`);
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
    return refuse('within_nothing_left', `${domain} has no other part than ${slice}.`);
  }
  return { rule: 'within', domain } as const;
}

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
 * The mixture in which `slice` keeps only the share `kept`; its parts shrink alike and the receivers grow in
 * proportion to what they hold, or alike where they hold nothing. Undefined where nobody can receive.
 */
export function displace(
  reference: Composition,
  slice: string,
  rule: FixedBudgetRule,
  kept = 0,
): Composition | undefined {
  const leaves = Object.keys(reference).toSorted();
  const shareIn = (chosen: readonly string[]) => chosen.reduce((sum, leaf) => sum + reference[leaf]!, 0);
  const own = leaves.filter((leaf) => isWithin(leaf, slice));
  const receivers = leaves.filter((leaf) => receives(leaf, slice, rule));
  if (receivers.length === 0) return undefined;
  const held = shareIn(own);
  const freed = held - kept;
  const room = shareIn(receivers);
  const share = (leaf: string) => {
    const before = reference[leaf]!;
    if (own.includes(leaf)) return held > 0 ? (before * kept) / held : kept / own.length;
    if (!receivers.includes(leaf)) return before;
    return before + freed * (room > 0 ? before / room : 1 / receivers.length);
  };
  return Object.fromEntries(leaves.map((leaf) => [leaf, share(leaf)]));
}

/** Share added to every leaf per unit share of `slice`: the Cox direction for `proportional`, e_i - e_j for a swap. */
export function direction(
  reference: Composition,
  slice: string,
  rule: FixedBudgetRule,
): Composition | undefined {
  const leaves = Object.keys(reference).filter((leaf) => isWithin(leaf, slice));
  const held = leaves.reduce((sum, leaf) => sum + reference[leaf]!, 0);
  const step = 0.5 * (1 - held);
  const more = displace(reference, slice, rule, held + step);
  if (!more || step === 0) return undefined;
  return Object.fromEntries(Object.keys(more).map((leaf) => [leaf, (more[leaf]! - reference[leaf]!) / step]));
}
