import type { Work } from './find-secrets.ts';
import type { NameSecrecy } from './secret-name.ts';

/** Where a name of a secret stands. */
export type NameSpan = { readonly start: number; readonly end: number; readonly secrecy: NameSecrecy };

export type ValueSpan = {
  readonly start: number;
  readonly end: number;
  readonly isQuoted: boolean;
  /** Whether a scheme of HTTP stands before it. */
  readonly isCredential?: boolean;
};

/** All are bounded and read from one place on. */
const SEPARATOR = /\\{0,7}["'`]?[ \t]{0,32}(?:=>|:=|=(?!=)|:(?![:/]))[ \t]{0,32}/y;
/** A quoted value may stand on the next line. */
const QUOTED_BELOW = /\\{0,7}["'`]?\s{0,32}[:=]\s{0,64}(?=["'])/y;
/** `{"value": …}`, and the same in YAML, as W&B writes a configuration. */
const NESTED =
  /(?:\{\s{0,64}|\r?\n[ \t]{1,64}(?:desc:[^\n]{0,64}\n[ \t]{1,64})?)\\{0,7}["']?value\\{0,7}["']?[ \t]{0,32}[:=][ \t]{0,32}/y;
const LIST = /\[\s{0,64}(?=\\{0,7}["'])/y;
const NEXT_ITEM = /\\{0,7}["']\s{0,64},\s{0,64}(?=\\{0,7}["'])/y;
/** An argument, or an element of a list of arguments. */
const AFTER_FLAG = /(?:[ \t]{1,32}(?!-)|\\{0,7}["'][ \t\n]{0,32},[ \t\n]{0,32}(?=\\{0,7}["']))/y;
/** `{"name": "API_KEY", "value": …}`, and the same in YAML. */
const PAIR = /\\{0,7}["']?,?\s{0,64}\\{0,7}["']?value\\{0,7}["']?[ \t]{0,32}[:=][ \t]{0,32}/y;
const ELEMENT = />/y;
const NETRC = /[ \t\n]{1,8}/y;
const SCHEME = /(?:bearer|basic|token|digest|apikey)[ \t]{1,8}/iy;
const DEFAULT = /[ \t]{0,8}=(?!=)[ \t]{0,8}/y;
const BLOCK = /[|>][+-]?[ \t]{0,8}\r?\n/y;

const LOGIN = /(?:^|\s)login\s{1,8}\S{1,128}\s{1,8}$/;
/** What stands before a name that begins a line of a configuration. */
const LINE_START = /(?:^|\n)(?:[+-]?[ \t]{0,64}|[ \t]{0,64}- |[ \t]{0,64}(?:export|set|ENV) )["']?$/;
/** A further assignment on a line. */
const ASSIGNMENT = /[\s&;,][\w.-]{1,64}\s{0,4}[:=]/;

const MOST_VALUE = 8_192;

/** The values that are assigned to a name: usually one, none where it is only mentioned. */
export function assignedValues(text: string, name: NameSpan, work: Work): ValueSpan[] {
  const assigned = valueStart(text, name);
  if (assigned === undefined) return [];
  const from = after(NESTED, text, assigned) ?? assigned;
  const list = after(LIST, text, from);
  if (list !== undefined) return itemsAt(text, list, { name, work });
  const block = after(BLOCK, text, from);
  if (block !== undefined) return blockLines(text, block, { indent: indentOf(text, name.start), work });
  const credential = after(SCHEME, text, from);
  const value = {
    ...valueAt(text, credential ?? from, { name, work }),
    isCredential: credential !== undefined,
  };
  if (value.isQuoted || value.end === value.start) return [value];
  /* `password: str = "x"` */
  const given = after(DEFAULT, text, value.end);
  return given === undefined || text[from - 1] === '='
    ? [value]
    : [value, valueAt(text, given, { name, work })];
}

/** Where the value begins; undefined where nothing is assigned. */
function valueStart(text: string, { start, end }: NameSpan): number | undefined {
  const isFlag = text[start] === '-';
  return (
    after(QUOTED_BELOW, text, end) ??
    after(SEPARATOR, text, end) ??
    (isFlag ? after(AFTER_FLAG, text, end) : undefined) ??
    after(PAIR, text, end) ??
    (text[start - 1] === '<' ? after(ELEMENT, text, end) : undefined) ??
    (LOGIN.test(text.slice(Math.max(0, start - 160), start)) ? after(NETRC, text, end) : undefined)
  );
}

/** Where a pattern that begins at a place ends; undefined where it does not match there. */
function after(pattern: RegExp, text: string, from: number): number | undefined {
  pattern.lastIndex = from;
  return pattern.test(text) ? pattern.lastIndex : undefined;
}

const MOST_ITEMS = 256;

/** The quoted items of a list. */
function itemsAt(text: string, from: number, reading: Reading): ValueSpan[] {
  const items: ValueSpan[] = [];
  for (let at: number | undefined = from; at !== undefined && items.length < MOST_ITEMS;) {
    const item = valueAt(text, at, reading);
    if (item.isQuoted) items.push(item);
    at = item.isQuoted ? after(NEXT_ITEM, text, item.end) : undefined;
  }
  return items;
}

type Reading = { readonly name: NameSpan; readonly work: Work };

function valueAt(text: string, from: number, { name, work }: Reading): ValueSpan {
  let quote = from;
  while (text[quote] === '\\' && quote - from < 8) quote += 1;
  const mark = text[quote] ?? '';
  if (mark !== '' && `"'\``.includes(mark)) {
    const quoted = quotedEnd(text, quote, { escapes: quote - from, work });
    if (quoted !== undefined) return { start: quote + 1, end: quoted, isQuoted: true };
    /* A text that was cut off. */
    return { start: quote + 1, end: wordEnd(text, quote + 1, work), isQuoted: true };
  }
  const end = wordEnd(text, from, work);
  return { start: from, end: lineEnd(text, { from, end, name }) ?? end, isQuoted: false };
}

/** Where a quoted text ends: at the same mark behind as many backslashes, as in JSON within JSON. */
function quotedEnd(
  text: string,
  quote: number,
  { escapes, work }: { escapes: number; work: Work },
): number | undefined {
  const most = Math.min(text.length, quote + MOST_VALUE);
  let backslashes = 0;
  for (let at = quote + 1; at < most; at += 1) {
    work.steps += 1;
    const sent = text[at];
    if (sent === text[quote] && backslashes % (2 * escapes + 2) === escapes) return at - escapes;
    if (sent === '\n') return undefined;
    backslashes = sent === '\\' ? backslashes + 1 : 0;
  }
  return undefined;
}

const WORD_END = /[\s,;&<>"'`)\]}|]/;

function wordEnd(text: string, from: number, work: Work): number {
  /* Words in a word end where it ends. */
  const { start: last = 0, end: known = 0 } = work.word ?? {};
  if (from >= last && from < known) return known;
  const end = wordEndFrom(text, from, work);
  work.word = { start: from, end };
  return end;
}

function wordEndFrom(text: string, from: number, work: Work): number {
  let end = from;
  for (const most = Math.min(text.length, from + MOST_VALUE); end < most; end += 1) {
    work.steps += 1;
    const sent = text[end] ?? '';
    if (WORD_END.test(sent)) break;
    /* An escaped line feed ends a line of a text in JSON. */
    if (sent === '\\' && /[nrt"']/.test(text[end + 1] ?? '')) break;
  }
  return end;
}

const MOST_LINE = 512;

/** A password of several words, or with marks in it, is a line of a configuration to its end, less a comment. */
function lineEnd(
  text: string,
  { from, end, name }: { from: number; end: number; name: NameSpan },
): number | undefined {
  if (name.secrecy !== 'password') return undefined;
  if (!LINE_START.test(text.slice(Math.max(0, name.start - 80), name.start))) return undefined;
  const line = text.slice(from, from + MOST_LINE).split('\n', 1)[0] ?? '';
  const isSpaced = /[ \t]/.test(text[from - 1] ?? '');
  const value = isSpaced ? line.replace(/(?:^|\s)#.*$/, '').trimEnd() : (/^\S*/.exec(line)?.[0] ?? '');
  return value.length > end - from && !ASSIGNMENT.test(value) && !/["']/.test(value)
    ? from + value.length
    : undefined;
}

const indentOf = (text: string, at: number): number => {
  const line =
    text
      .slice(Math.max(0, at - 256), at)
      .split('\n')
      .at(-1) ?? '';
  return line.length - line.trimStart().length;
};

/** The lines of a block scalar of YAML: those that are indented further than its name. */
function blockLines(
  text: string,
  from: number,
  { indent, work }: { indent: number; work: Work },
): ValueSpan[] {
  const lines: ValueSpan[] = [];
  const most = Math.min(text.length, from + MOST_VALUE);
  for (let start = from; start < most;) {
    const feed = text.indexOf('\n', start);
    const end = Math.min(feed < 0 ? text.length : feed, most);
    work.steps += end - start;
    const line = text.slice(start, end);
    const content = line.trim();
    const inner = line.length - line.trimStart().length;
    if (content !== '' && inner <= indent) break;
    if (content !== '')
      lines.push({ start: start + inner, end: start + inner + content.length, isQuoted: true });
    start = end + 1;
  }
  return lines;
}
