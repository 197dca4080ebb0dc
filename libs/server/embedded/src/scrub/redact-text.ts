import { appendAll } from '@tributary/kernel';
import { textOf } from './json-tokens.ts';
import { apart } from './redactor.ts';
import type { Redactor, Span } from './redactor.ts';

/** A text without its secrets, and their kinds. */
type RedactedText = { readonly text: string; readonly kinds: readonly string[] };

type Finder = Pick<Redactor, 'secretsOf' | 'forms'>;

/** What is left over may have a form again where it stands beside what is cut out. */
const ROUNDS = 8;

export const placeholder = (kind: string): string => `[redacted:${kind}]`;

/** A text without its secrets; undefined where it has none. */
export const redactText = (text: string, redactor: Finder): RedactedText | undefined =>
  inRounds(text, (left, isFirst) => {
    const spans = isFirst ? redactor.secretsOf('', left) : redactor.forms(left);
    return apart([...spans, ...redactor.forms(left)]);
  });

/** The token of a text of JSON, or of a key, without its secrets; undefined where it has none. Other characters stay as written. */
export const redactToken = (token: string, name: string, redactor: Finder): RedactedText | undefined =>
  inRounds(token, (left, isFirst) => {
    const text = textOf(left);
    const spans = isFirst ? redactor.secretsOf(name, text) : redactor.forms(text);
    return spansInToken(left, text, { spans, redactor });
  });

function inRounds(
  given: string,
  spansIn: (left: string, isFirst: boolean) => readonly Span[],
): RedactedText | undefined {
  const kinds: string[] = [];
  let text = given;
  for (let round = 0; round < ROUNDS; round += 1) {
    const spans = spansIn(text, round === 0);
    if (spans.length === 0) break;
    appendAll(
      kinds,
      spans.map(({ kind }) => kind),
    );
    text = without(text, spans);
  }
  return kinds.length > 0 ? { text, kinds } : undefined;
}

function without(text: string, spans: readonly Span[]): string {
  const parts: string[] = [];
  let from = 0;
  for (const { kind, start, end } of spans) {
    parts.push(text.slice(from, start), placeholder(kind));
    from = end;
  }
  return parts.join('') + text.slice(from);
}

type Found = { readonly spans: readonly Span[]; readonly redactor: Finder };

/** Where the token has the secrets of its text, and forms that its escapes make. No escape and no character is cut in two. */
function spansInToken(token: string, text: string, { spans, redactor }: Found): readonly Span[] {
  const inner = token.slice(1, -1);
  const isPlain = inner === text;
  const written = isPlain ? [] : redactor.forms(inner);
  if (spans.length === 0 && written.length === 0) return [];
  const starts = isPlain ? undefined : startsOf(inner, text.length);
  const inText = written.map(({ kind, start, end }) => ({
    kind,
    start: unitAt(starts, start),
    end: unitAt(starts, end - 1) + 1,
  }));
  const whole = apart([...spans, ...inText].map((span) => wholeCharacters(text, span)));
  return whole.map(({ kind, start, end }) => ({
    kind,
    start: 1 + (starts?.[start] ?? start),
    end: 1 + (starts?.[end] ?? end),
  }));
}

/** Where each unit of a text begins within its token; an escape stands for one unit. */
function startsOf(inner: string, units: number): Uint32Array {
  const starts = new Uint32Array(units + 1);
  let at = 0;
  for (let unit = 0; unit <= units; unit += 1) {
    starts[unit] = at;
    if (inner[at] !== '\\') at += 1;
    else at += inner[at + 1] === 'u' ? 6 : 2;
  }
  return starts;
}

/** The unit that an offset in a token is within. */
function unitAt(starts: Uint32Array | undefined, offset: number): number {
  if (!starts) return offset;
  let [low, high] = [0, starts.length - 1];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((starts[middle] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
}

function wholeCharacters(text: string, { kind, start, end }: Span): Span {
  const cutsAt = (at: number): boolean =>
    /^[\uDC00-\uDFFF]/.test(text.slice(at, at + 1)) && /[\uD800-\uDBFF]$/.test(text.slice(at - 1, at));
  return { kind, start: start > 0 && cutsAt(start) ? start - 1 : start, end: cutsAt(end) ? end + 1 : end };
}
