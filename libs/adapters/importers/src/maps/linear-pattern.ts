import { RE2JS } from 're2js';

/** A pattern that takes time in proportion to the length of a text, whatever the text is. */
export type LinearPattern = {
  readonly source: string;
  /** Names of its groups, in the order in which they open. */
  readonly groups: readonly string[];
  /** The value of each group at the first match; undefined for a group that took no part, or without a match. */
  readonly match: (text: string) => readonly (string | undefined)[] | undefined;
  /** The values of the groups at every match, from left to right. */
  readonly matchAll: (text: string) => (readonly (string | undefined)[])[];
};

export type PatternRefusal = { readonly refusal: 'pattern_refused'; readonly text: string };

const MAX_LENGTH = 4096;
/** Instructions of the compiled pattern: the time for a character grows with them. */
const MAX_PROGRAM = 5000;

/**
 * Compiles a pattern in the syntax of RE2 (groups as `(?P<name>…)` or `(?<name>…)`). Refuses what no engine can match in
 * linear time, such as backreferences and lookaround, and what is too large.
 */
export function linearPattern(source: string): LinearPattern | PatternRefusal {
  if (source.length > MAX_LENGTH) return refused(source, `it is longer than ${MAX_LENGTH} characters`);
  try {
    const compiled = RE2JS.compile(source);
    if (compiled.programSize() > MAX_PROGRAM) return refused(source, 'its repetitions are too large');
    const named = Object.entries(compiled.namedGroups()).toSorted(([, left], [, right]) => left - right);
    const numbers = named.map(([, number]) => number);
    return {
      source,
      groups: named.map(([name]) => name),
      match: (text) => {
        const matcher = compiled.matcher(text);
        return matcher.find() ? numbers.map((number) => matcher.group(number) ?? undefined) : undefined;
      },
      matchAll: (text) => {
        const matcher = compiled.matcher(text);
        const found: (string | undefined)[][] = [];
        while (matcher.find()) found.push(numbers.map((number) => matcher.group(number) ?? undefined));
        return found;
      },
    };
  } catch (error) {
    return refused(source, reasonOf(source, error));
  }
}

const refused = (source: string, reason: string): PatternRefusal => ({
  refusal: 'pattern_refused',
  text: `the pattern ${source.slice(0, 80)} is refused: ${reason}`,
});

function reasonOf(source: string, error: unknown): string {
  if (/\(\?<?[=!]/.test(source)) return 'lookahead and lookbehind cannot be matched in linear time';
  if (/\\[1-9]|\\k</.test(source)) return 'backreferences cannot be matched in linear time';
  return error instanceof Error ? error.message : 'it is not a pattern';
}
