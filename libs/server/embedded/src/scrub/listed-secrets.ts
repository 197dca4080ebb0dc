import type { Span } from './redactor.ts';

/** A secret that was named: `anchor` is a part of it that every writer leaves as it is. */
type ListedSecret = { readonly anchor: string; readonly pattern: RegExp };

/** What stands for a secret that was named. */
const LISTED = 'listed';

/** Finds secrets in a text, whichever of their characters it escapes. The spans are not apart. */
export function listedSpans(secrets: readonly string[]): (text: string) => Span[] {
  const listed = [...new Set(secrets)].map(listedSecret);
  return (text) =>
    listed.flatMap(({ anchor, pattern }) => (text.includes(anchor) ? [...occurrences(text, pattern)] : []));
}

function* occurrences(text: string, pattern: RegExp): Generator<Span> {
  pattern.lastIndex = 0;
  for (let found = pattern.exec(text); found; found = pattern.exec(text)) {
    yield { kind: LISTED, start: found.index, end: found.index + found[0].length };
    pattern.lastIndex = found.index + 1;
  }
}

/** No writer of JSON or of addresses has another form for these. */
const PLAIN = /[A-Za-z0-9_.-]+/g;
/** Backslashes, and what is behind them: together, so that there is one way to divide those of a text. */
const PART = /(?<slashes>\\*)(?:(?<plain>[A-Za-z0-9_.-]+)|(?<sign>[^\\])|$)/gu;

function listedSecret(secret: string): ListedSecret {
  const anchor = (secret.match(PLAIN) ?? []).reduce(
    (longest, run) => (run.length > longest.length ? run : longest),
    '',
  );
  return {
    anchor,
    pattern: new RegExp([...secret.matchAll(PART)].map(({ groups = {} }) => written(groups)).join(''), 'g'),
  };
}

/** As many characters as a unit of a secret may take in a text, at most. */
export const MOST_WRITTEN = 48;

const SHORT: ReadonlyMap<string, string> = new Map([
  ['\b', 'b'],
  ['\t', 't'],
  ['\n', 'n'],
  ['\f', 'f'],
  ['\r', 'r'],
]);

/** The pattern of a part, as it is and as JSON within JSON (to three texts deep) and addresses escape it. */
function written({ slashes = '', plain, sign }: Readonly<Record<string, string | undefined>>): string {
  const times = slashes.length;
  const before =
    times === 0
      ? ''
      : String.raw`(?:\\{${times},${8 * times + 8}}|(?:\\{1,8}u005[cC]|${percent([0x5c])}){${times}}\\{0,8})`;
  if (plain !== undefined) return before + plain.replaceAll(/[.-]/g, String.raw`\$&`);
  return sign === undefined ? before : before + signWritten(sign, times > 0);
}

/** Any number of backslashes is before it where `isBehind`. */
function signWritten(sign: string, isBehind: boolean): string {
  const bytes = [...Buffer.from(sign)];
  const short = SHORT.get(sign);
  const unicode = unitsOf(sign)
    .map((unit) => `u${hex(unit, 4)}`)
    .join(String.raw`\\{1,8}`);
  const forms = [
    /* First, since a percent sign is one as well. */
    percent(bytes),
    `${isBehind ? '' : String.raw`\\{1,8}`}(?:${unicode}${short === undefined ? '' : `|${short}`})`,
    `${!isBehind && /["'/]/.test(sign) ? String.raw`\\{0,7}` : ''}${literal(unitsOf(sign))}`,
  ];
  if (sign === ' ') forms.push(String.raw`\+`);
  /* UTF-8 that is read byte by byte. */
  if (bytes.length > 1) forms.push(literal(bytes));
  return `(?:${forms.join('|')})`;
}

/** As an address has it, or an address in another one. */
const percent = (bytes: readonly number[]): string =>
  bytes.map((byte) => `%(?:25){0,3}${hex(byte, 2)}`).join('');

const unitsOf = (text: string): number[] => [...Array(text.length).keys()].map((at) => text.charCodeAt(at));

const literal = (units: readonly number[]): string =>
  units.map((unit) => `\\u${unit.toString(16).padStart(4, '0')}`).join('');

/** The digits of a number in either case. */
const hex = (value: number, digits: number): string =>
  value
    .toString(16)
    .padStart(digits, '0')
    .replaceAll(/[a-f]/g, (digit) => `[${digit}${digit.toUpperCase()}]`);
