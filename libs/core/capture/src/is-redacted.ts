/** What a scrub puts in the place of a secret: in a text, instead of a number, and before what keeps names apart. */
const PLACEHOLDER = /\[redacted:[a-z\d_]+\]/g;
const REPLACED = /(?<placeholder>"?\[redacted:[a-z\d_]+\](?:-\d+(?="))?"?)|(?<=[:,[])(?<zero>0)(?=[,}\]])/g;

/** The number of a secret, for which 0 may stand. */
const SECRET_NUMBER = /^(?:0|-?\d[\d.eE+-]{5,})$/;

/**
 * Whether a stored event is one that is sent, with placeholders instead of secrets. Anybody may write a placeholder, so what
 * is sent must have fewer, and everything else as it is stored. Both are UTF-8, in the form in which events are stored.
 */
export function isRedacted(stored: Uint8Array, sent: Uint8Array): boolean {
  const redacted = textOf(stored);
  if (!redacted.includes('[redacted:')) return false;
  const text = textOf(sent);
  return placeholders(text) < placeholders(redacted) && isSameApart(redacted, text);
}

const textOf = (bytes: Uint8Array): string =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8');

const placeholders = (text: string): number => text.match(PLACEHOLDER)?.length ?? 0;

/** Whether the texts between what was replaced are in a text, in order, from its beginning to its end. */
function isSameApart(redacted: string, text: string): boolean {
  let [from, at, isNumber] = [0, 0, false];
  for (const { 0: replaced, index, groups } of redacted.matchAll(REPLACED)) {
    const kept = redacted.slice(from, index);
    const found = linearIndexOf(text, kept, at);
    if (found < 0 || (from === 0 && found > 0) || (isNumber && !SECRET_NUMBER.test(text.slice(at, found))))
      return false;
    [from, at, isNumber] = [index + replaced.length, found + kept.length, groups?.['zero'] !== undefined];
  }
  const left = redacted.slice(from);
  const end = text.length - left.length;
  return end >= at && text.endsWith(left) && (!isNumber || SECRET_NUMBER.test(text.slice(at, end)));
}

/**
 * As `indexOf`, in work that is linear in both texts (Knuth, Morris and Pratt, 1977): that of the engine multiplies their
 * lengths where a long text hardly differs from many places of another.
 */
function linearIndexOf(text: string, part: string, from: number): number {
  if (part.length < SHORT) return text.indexOf(part, from);
  const borders = bordersOf(part);
  let matched = 0;
  for (let at = from; at < text.length; at += 1) {
    matched = extended(part, borders, matched, text.charCodeAt(at));
    if (matched === part.length) return at - matched + 1;
  }
  return -1;
}

/** A shorter part costs little at each place. */
const SHORT = 256;

/** For each prefix, the length of its longest proper prefix that is also its suffix. */
function bordersOf(part: string): Int32Array {
  const borders = new Int32Array(part.length);
  for (let at = 1; at < part.length; at += 1)
    borders[at] = extended(part, borders, borders[at - 1] ?? 0, part.charCodeAt(at));
  return borders;
}

/** The length of the longest prefix that ends with a character, if `matched` is that before it. */
function extended(part: string, borders: Int32Array, matched: number, character: number): number {
  let length = matched;
  while (length > 0 && part.charCodeAt(length) !== character) length = borders[length - 1] ?? 0;
  return part.charCodeAt(length) === character ? length + 1 : length;
}
