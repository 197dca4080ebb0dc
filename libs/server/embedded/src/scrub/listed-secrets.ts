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
  const [first = {}, ...others] = [...secret.matchAll(PART)].map(({ groups = {} }) => groups);
  return {
    anchor,
    pattern: new RegExp([leading(first), ...others.map((part) => written(part))].join(''), 'g'),
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

type Part = Readonly<Record<string, string | undefined>>;

/** The pattern of a part, as it is and as JSON within JSON (to three texts deep) and addresses escape it. */
function written({ slashes = '', plain, sign }: Part): string {
  const times = slashes.length;
  if (plain === undefined && sign === undefined) return trailing(times);
  const before =
    times === 0
      ? ''
      : String.raw`(?:\\{${times},${8 * times + 8}}|(?:\\{1,8}u005[cC]|${percent([0x5c])}){${times}}\\{0,8})`;
  if (plain !== undefined) return before + escapedDots(plain);
  return sign === undefined ? before : before + signWritten(sign, times > 0);
}

/** Any number of backslashes is before it where `isBehind`. */
function signWritten(sign: string, isBehind: boolean): string {
  const { shared, escape, literals } = formsOf(sign);
  const forms = [
    /* First, since a percent sign is one as well. */
    ...shared,
    `${isBehind ? '' : String.raw`\\{1,8}`}${escape}`,
    ...literals.map((form) => (!isBehind && mayBeEscaped(sign) ? String.raw`\\{0,7}` : '') + form),
  ];
  return `(?:${forms.join('|')})`;
}

const mayBeEscaped = (sign: string): boolean => /["'/]/.test(sign);

/** How a sign is written in addresses, behind backslashes, and as it is. */
function formsOf(sign: string): { shared: string[]; escape: string; literals: string[] } {
  const bytes = [...Buffer.from(sign)];
  const short = SHORT.get(sign);
  const unicode = unitsOf(sign)
    .map((unit) => `u${hex(unit, 4)}`)
    .join(String.raw`\\{1,8}`);
  return {
    shared: [percent(bytes), ...(sign === ' ' ? [String.raw`\+`] : [])],
    escape: `(?:${unicode}${short === undefined ? '' : `|${short}`})`,
    /* UTF-8 that is read byte by byte, too. */
    literals: [literal(unitsOf(sign)), ...(bytes.length > 1 ? [literal(bytes)] : [])],
  };
}

/** Texts within texts: in each one more, a backslash is two. */
const DEPTHS = [3, 2, 1, 0] as const;
/** Of what no text has without a backslash. */
const ESCAPED = [4, 3, 2, 1] as const;

/** The backslashes at the end, and none of what is behind the secret: that has fewer than one more depth would. */
const trailing = (times: number): string =>
  times === 0
    ? ''
    : `(?:${[...DEPTHS.map((depth) => run(times * 2 ** depth)), `(?:${run(1)}{1,8}u005[cC]|${percent([0x5c])}){${times}}`].join('|')})`;

const run = (length: number): string => String.raw`\\` + (length === 1 ? '' : `{${length}}`);

/**
 * The part at the beginning, whose backslashes are not apart from those before the secret: it has as many as a depth makes
 * of it, and what is left before it is whole backslashes of that depth.
 */
function leading(part: Part): string {
  const { slashes = '', plain, sign } = part;
  const times = slashes.length;
  const own = (depth: number): number => times * 2 ** depth;
  const encoded = `(?:${ends((depth) => 2 ** (depth - 1), ESCAPED)}u005[cC]|${percent([0x5c])})(?:${run(1)}{1,8}u005[cC]|${percent([0x5c])}){${times - 1}}`;
  if (plain !== undefined)
    return times === 0 ? escapedDots(plain) : `(?:${ends(own, DEPTHS)}|${encoded})${escapedDots(plain)}`;
  if (sign === undefined) return trailing(times);
  const { shared, escape, literals } = formsOf(sign);
  const quoted = (depth: number): number => own(depth) + 2 ** depth - 1;
  const asIs = [
    ...(times > 0 ? [ends(own, DEPTHS)] : []),
    ...(mayBeEscaped(sign) ? [ends(quoted, DEPTHS)] : []),
    /* Writers may leave these as they are in one text and not in another. */
    ...(/['/]/.test(sign) ? [String.raw`(?<!\\)\\{${times + 1},${8 * times + 7}}`] : []),
  ];
  const forms = [
    ...(times === 0 ? shared : []),
    `${ends((depth) => own(depth) + 2 ** (depth - 1), ESCAPED)}${escape}`,
    ...literals.map((form) => (asIs.length > 0 ? `(?:${asIs.join('|')})` : '') + form),
    ...(times > 0 ? [`${encoded}${String.raw`\\{0,8}`}${signWritten(sign, true)}`] : []),
  ];
  return `(?:${forms.join('|')})`;
}

/** So many backslashes at the end of a run of them, behind whole ones of the same depth. */
const ends = (own: (depth: number) => number, depths: readonly number[]): string =>
  `(?:${depths
    .map((depth) => {
      const length = own(depth);
      const some = length === 0 ? '' : run(length);
      const whole = depth === 0 ? '' : String.raw`(?<=(?<!\\)(?:\\{${2 ** depth}})*${some})`;
      return String.raw`${some}(?!\\)${whole}`;
    })
    .join('|')})`;

const escapedDots = (plain: string): string => plain.replaceAll(/[.-]/g, String.raw`\$&`);

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
