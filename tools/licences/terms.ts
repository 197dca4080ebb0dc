/** What a licence asks of whoever passes the software on, the mildest first. */
const TERMS = ['notice', 'changes', 'unknown'] as const;
/** `notice`: keep its text; `changes`: also publish changes of its files or let its user replace it (MPL, LGPL). */
export type Terms = (typeof TERMS)[number];

/** Licences that ask for their text alone, by their SPDX names and by those that the query engine gives them. */
const NOTICE = new Set(
  `0BSD|Apache|Apache-2.0|BlueOak-1.0.0|Boost|BSD|BSD 2-clause|BSD 3-clause|BSD-2-Clause|BSD-3-Clause|BSL-1.0|bzip2|
CC0-1.0|CDLA-Permissive-2.0|ISC|MIT|MIT-0|NCSA|OpenLDAP Version 2.8|OpenSSL|PostgreSQL|Public Domain|Python-2.0|
Unicode-3.0|Unlicense|Zlib|zLib`
    .split('|')
    .map((name) => name.trim()),
);
const CHANGES = /^(MPL|LGPL)\b/;
/** An exception only ever takes something off what a licence asks. */
const EXCEPTION = / WITH [\w.-]+/g;

/**
 * What an SPDX expression asks: the most of what is joined by AND, the least of what is joined by OR or a slash.
 * A name that is on no list is `unknown`, which a test refuses: somebody has to read it.
 */
export function termsOf(expression: string): Terms {
  const words = expression.replaceAll(EXCEPTION, '').split(/\s*([()/]|\bAND\b|\bOR\b)\s*/);
  const left = words.map((word) => (word === '/' ? 'OR' : word)).filter((word) => word !== '');
  const [terms, rest] = alternatives(left);
  return rest.length === 0 ? terms : 'unknown';
}

type Read = readonly [Terms, readonly string[]];

function alternatives(words: readonly string[]): Read {
  const [first, rest] = conjunction(words);
  if (rest[0] !== 'OR') return [first, rest];
  const [second, end] = alternatives(rest.slice(1));
  return [TERMS[Math.min(TERMS.indexOf(first), TERMS.indexOf(second))] ?? 'unknown', end];
}

function conjunction(words: readonly string[]): Read {
  const [first, rest] = single(words);
  if (rest[0] !== 'AND') return [first, rest];
  const [second, end] = conjunction(rest.slice(1));
  return [TERMS[Math.max(TERMS.indexOf(first), TERMS.indexOf(second))] ?? 'unknown', end];
}

/** What is left over, and is not at an end, makes the whole expression `unknown`. */
const BROKEN: Read = ['unknown', ['?']];

function single([word, ...rest]: readonly string[]): Read {
  if (word === undefined) return BROKEN;
  if (word !== '(') return [termsOfName(word), rest];
  const [terms, end] = alternatives(rest);
  return end[0] === ')' ? [terms, end.slice(1)] : BROKEN;
}

function termsOfName(name: string): Terms {
  if (NOTICE.has(name)) return 'notice';
  return CHANGES.test(name) ? 'changes' : 'unknown';
}
