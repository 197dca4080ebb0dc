import { invalidFilter } from './filter-tokens.ts';

/** Says whether a text matches a pattern of LIKE. */
export type LikePattern = (text: string) => boolean;

export type Comparison = {
  /** The form of a character that is compared. */
  readonly fold: (character: string) => string;
  readonly isSame: (left: string | undefined, right: string | undefined) => boolean;
};

const isSame: Comparison['isSame'] = (left, right) => left === right;

export const EXACT: Comparison = { fold: (character) => character, isSame };

/** Both mappings of case, so that two characters that share either of them are equal. */
export const IGNORING_CASE: Comparison = {
  fold: (character) => character.toLowerCase().toUpperCase().toLowerCase(),
  isSame,
};

/** What stands between two `%`. */
type Segment = {
  readonly characters: readonly string[];
  /** The parts between its `_`. */
  readonly literals: readonly Literal[];
};

type Literal = {
  readonly characters: readonly string[];
  /** For each prefix, the length of its longest proper prefix that is also its suffix. */
  readonly borders: Int32Array;
  /** Where the literal ends in its segment. */
  readonly end: number;
};

/** Every literal is searched for at each character, so their number bounds the cost. */
const MOST_LITERALS = 16;

/**
 * Compiles a pattern in which `%` stands for any text and `_` for one character. A match takes time linear in the text:
 * the segments between the `%` are searched for one after the other by Knuth, Morris and Pratt's algorithm ("Fast
 * pattern matching in strings", 1977). Throws Fault `filter_invalid` where a segment has too many literals.
 */
export function likePattern(pattern: string, comparison: Comparison): LikePattern {
  const characters = Array.from(pattern, comparison.fold);
  const segments = splitAt(characters, '%').map(({ part }) => segmentOf(part, comparison));
  const [first = segmentOf([], comparison), ...others] = segments;
  const last = others.pop();
  const middle = others.filter((segment) => segment.characters.length > 0);
  if (middle.some(({ literals }) => literals.length > MOST_LITERALS))
    throw invalidFilter(`a pattern has at most ${MOST_LITERALS} texts between _ from one % to the next`);
  const shortest = segments.reduce((sum, segment) => sum + segment.characters.length, 0);
  return (text) => {
    const given = Array.from(text, comparison.fold);
    if (given.length < shortest || !isAt(first, given, 0, comparison)) return false;
    if (!last) return given.length === shortest;
    let from = first.characters.length;
    for (const segment of middle) {
      const start = find(segment, given, from, comparison);
      if (start === undefined) return false;
      from = start + segment.characters.length;
    }
    const end = given.length - last.characters.length;
    return end >= from && isAt(last, given, end, comparison);
  };
}

/** The parts between separators, with the index at which each ends. */
function splitAt(characters: readonly string[], separator: string): { part: string[]; end: number }[] {
  const parts: { part: string[]; end: number }[] = [];
  let part: string[] = [];
  for (const [index, character] of characters.entries())
    if (character === separator) {
      parts.push({ part, end: index });
      part = [];
    } else part.push(character);
  parts.push({ part, end: characters.length });
  return parts;
}

const segmentOf = (characters: readonly string[], { isSame: same }: Comparison): Segment => ({
  characters,
  literals: splitAt(characters, '_').flatMap(({ part, end }) =>
    part.length === 0 ? [] : [{ characters: part, borders: bordersOf(part, same), end }],
  ),
});

function bordersOf(characters: readonly string[], same: Comparison['isSame']): Int32Array {
  const borders = new Int32Array(characters.length);
  let border = 0;
  for (let at = 1; at < characters.length; at += 1) {
    while (border > 0 && !same(characters[border], characters[at])) border = borders[border - 1] ?? 0;
    if (same(characters[border], characters[at])) border += 1;
    borders[at] = border;
  }
  return borders;
}

const isAt = (
  { characters }: Segment,
  given: readonly string[],
  start: number,
  { isSame: same }: Comparison,
) => characters.every((character, index) => character === '_' || same(character, given[start + index]));

/** The first start of a segment at or after an index. Counts for each start how many literals are in their places. */
function find(
  { characters: { length }, literals }: Segment,
  given: readonly string[],
  from: number,
  { isSame: same }: Comparison,
): number | undefined {
  const states = new Int32Array(literals.length);
  /* Only the last `length` starts are open, so the counts of older ones are overwritten. */
  const found = new Uint8Array(length);
  for (let at = from; at < given.length; at += 1) {
    found[at % length] = 0;
    for (const [index, literal] of literals.entries()) {
      const state = advance(literal, states[index] ?? 0, given[at], same);
      states[index] = state;
      const start = at + 1 - literal.end;
      if (state === literal.characters.length && start >= from)
        found[start % length] = (found[start % length] ?? 0) + 1;
    }
    const start = at + 1 - length;
    if (start >= from && found[start % length] === literals.length) return start;
  }
  return undefined;
}

/** How many characters of a literal end at this character of the text. */
function advance(
  { characters, borders }: Literal,
  before: number,
  character: string | undefined,
  same: Comparison['isSame'],
): number {
  let state = before === characters.length ? (borders[before - 1] ?? 0) : before;
  while (state > 0 && !same(characters[state], character)) state = borders[state - 1] ?? 0;
  return same(characters[state], character) ? state + 1 : 0;
}
