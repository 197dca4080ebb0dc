import type { AliasRule } from './alias-rule.ts';

/**
 * What addresses have that rules may map: how they begin and end in code points, and folders between slashes. Looked up by
 * `sizes`, since comparing each address with each rule takes too long for the shards of a plan.
 */
export type RuleParts = {
  readonly prefixes: string[];
  readonly prefix_sizes: number[];
  readonly suffixes: string[];
  readonly suffix_sizes: number[];
  readonly segments: string[];
  readonly segment_sizes: number[];
};

/** Sizes that each address is looked up by. */
const MAX_SIZES = 32;

/**
 * The parts of rules. Where they have more than 32 different sizes, longer ones are cut to the next smaller of 32: then more
 * addresses have a part than rules map, and never fewer.
 */
export function partsOfRules(rules: readonly AliasRule[]): RuleParts {
  const of = (kind: AliasRule['kind']): string[] =>
    rules.filter((rule) => rule.kind === kind).flatMap(({ address, other }) => [address, other]);
  const prefixes = cut(of('prefix').map((part) => Array.from(part)));
  const suffixes = cut(of('suffix').map((part) => Array.from(part).toReversed()));
  const segments = cut(of('segment').map((part) => part.split('/')));
  return {
    prefixes: prefixes.parts.map((part) => part.join('')),
    prefix_sizes: prefixes.sizes,
    suffixes: suffixes.parts.map((part) => part.toReversed().join('')),
    suffix_sizes: suffixes.sizes,
    segments: segments.parts.map((part) => part.join('/')),
    segment_sizes: segments.sizes,
  };
}

function cut(parts: readonly string[][]): { readonly parts: string[][]; readonly sizes: number[] } {
  const all = [...new Set(parts.map(({ length }) => length))].toSorted((left, right) => left - right);
  const every = Math.ceil(all.length / MAX_SIZES);
  const sizes = all.filter((_, at) => at % every === 0);
  return {
    parts: parts.map((part) =>
      part.slice(
        0,
        sizes.findLast((size) => size <= part.length),
      ),
    ),
    sizes,
  };
}
