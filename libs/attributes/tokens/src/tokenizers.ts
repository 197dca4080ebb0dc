import { mergeCount } from './merge-count.ts';
import type { Ranks } from './merge-count.ts';
import { PATTERNS } from './patterns.ts';

export type TokenizerName = keyof typeof PATTERNS;

/** A token as text, or as bytes where these are no text. */
type Token = string | readonly number[];

/** The tables of merges in the installed package, loaded when they are asked for. */
const TABLES: Readonly<Record<TokenizerName, () => Promise<{ readonly default: readonly Token[] }>>> = {
  r50k_base: () => import('gpt-tokenizer/bpeRanks/r50k_base'),
  p50k_base: () => import('gpt-tokenizer/bpeRanks/p50k_base'),
  cl100k_base: () => import('gpt-tokenizer/bpeRanks/cl100k_base'),
  o200k_base: () => import('gpt-tokenizer/bpeRanks/o200k_base'),
};

/** The package that has the tables, pinned to this version, and the version of how they are used here. */
export const TABLES_FROM = 'gpt-tokenizer 4.0.0, rules 1.0';

/** Names that tokenizers can be asked for by; models have named some of them otherwise. */
const NAMES: ReadonlyMap<string, TokenizerName> = new Map([
  ['cl100k_base', 'cl100k_base'],
  ['o200k_base', 'o200k_base'],
  ['p50k_base', 'p50k_base'],
  ['r50k_base', 'r50k_base'],
  ['gpt2', 'r50k_base'],
]);

export const tokenizerNames: readonly string[] = [...NAMES.keys()];
export const tokenizerNamed = (name: string): TokenizerName | undefined => NAMES.get(name);

/** Counts the tokens of a text. What looks like a special token is text. */
export type TokenCounter = (text: string) => number;

/** Parts whose counts are remembered, and the longest of them in UTF-16. */
const REMEMBERED = 50_000;
const REMEMBERED_LENGTH = 64;

export async function openTokenCounter(name: TokenizerName): Promise<TokenCounter> {
  const { ranks, longest } = ranksOf((await TABLES[name]()).default);
  const known = new Map<string, number>();
  const countOf = (part: string): number => {
    const bytes = Buffer.from(part).toString('latin1');
    return ranks.has(bytes) ? 1 : mergeCount(bytes, ranks, longest);
  };
  const remembered = (part: string): number => {
    const before = known.get(part);
    if (before !== undefined) return before;
    const count = countOf(part);
    if (known.size >= REMEMBERED) known.clear();
    known.set(part, count);
    return count;
  };
  return (text) => {
    let count = 0;
    for (const [part] of text.matchAll(PATTERNS[name]))
      count += part.length <= REMEMBERED_LENGTH ? remembered(part) : countOf(part);
    return count;
  };
}

/** Ranks by bytes: that of a token is its index in the table. */
function ranksOf(tokens: readonly Token[]): { readonly ranks: Ranks; readonly longest: number } {
  const ranks = new Map<string, number>();
  let longest = 0;
  tokens.forEach((token, rank) => {
    const bytes = (typeof token === 'string' ? Buffer.from(token) : Buffer.from([...token])).toString(
      'latin1',
    );
    ranks.set(bytes, rank);
    longest = Math.max(longest, bytes.length);
  });
  return { ranks, longest };
}
