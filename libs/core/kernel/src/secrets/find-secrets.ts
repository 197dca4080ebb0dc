import { assignedSecrets } from './assigned-secrets.ts';
import { SHAPES } from './token-shapes.ts';
import type { SecretKind } from './token-shapes.ts';

/** A secret in a text, from `start` to `end` without. */
export type SecretSpan = { readonly kind: SecretKind; readonly start: number; readonly end: number };

/** Counts the characters that were looked at one by one, for tests, and keeps the word that was read last. */
export type Work = { steps: number; word?: { readonly start: number; readonly end: number } };

/**
 * The secrets in a text, in order and apart from each other: keys of known forms, passwords in addresses, credentials of
 * HTTP, private keys, and what is assigned to a name such as `api_key`, quoted or not, in JSON, YAML, TOML, ini, shell,
 * arguments and XML. Reads each character a bounded number of times.
 */
export function findSecrets(text: string, work: Work = { steps: 0 }): SecretSpan[] {
  const found = [
    ...privateKeys(text),
    ...secretForms(text),
    ...urlPasswords(text, work),
    ...bearerTokens(text),
    ...wandbKeys(text),
    ...assignedSecrets(text, work),
  ];
  const apart: SecretSpan[] = [];
  /* Of those that begin alike, the one whose form is known comes first. */
  for (const span of found.toSorted((left, right) => left.start - right.start)) {
    const last = apart.at(-1);
    if (!last || span.start >= last.end) apart.push(span);
    else if (span.end > last.end) apart[apart.length - 1] = { ...last, end: span.end };
  }
  return apart;
}

const BEGIN = '-----BEGIN ';
const LABEL = /^-----BEGIN (?:[A-Z0-9]{1,20} ){0,4}PRIVATE KEY(?: BLOCK)?-----/;

/** From the first line to the last one, or to the end of the text. */
function* privateKeys(text: string): Generator<SecretSpan> {
  for (let start = text.indexOf(BEGIN); start >= 0;) {
    const [label] = LABEL.exec(text.slice(start, start + 128)) ?? [];
    if (label === undefined) {
      start = text.indexOf(BEGIN, start + BEGIN.length);
      continue;
    }
    const last = label.replace('BEGIN', 'END');
    const at = text.indexOf(last, start);
    const end = at < 0 ? text.length : at + last.length;
    yield { kind: 'private_key', start, end };
    start = text.indexOf(BEGIN, end);
  }
}

/** The credentials in a text that are known by their form alone. */
export function* secretForms(text: string): Generator<SecretSpan> {
  for (const { kind, pattern, isOne = () => true } of SHAPES)
    for (const { 0: match, index: start } of text.matchAll(pattern))
      if (isOne(match)) yield { kind, start, end: start + match.length };
}

const BEARER = /\bBearer\s{1,64}(?<secret>[\w.~+/-]{16,4096}={0,2})/dgi;

function* bearerTokens(text: string): Generator<SecretSpan> {
  for (const { indices } of text.matchAll(BEARER)) {
    const [start, end] = indices?.groups?.['secret'] ?? [0, 0];
    if (/\d/.test(text.slice(start, end))) yield { kind: 'bearer_token', start, end };
  }
}

/** A key of W&B is 40 hexadecimal digits, like a commit hash, so it takes a name before it. */
const HEX = /(?<![0-9a-z])[0-9a-f]{40}(?![0-9a-z])/gi;
const KEY_BEFORE =
  /(?:wandb[\w.-]{0,32}|api[_-]?key|\b(?:key|password|login))\\{0,3}["']?[\s:=]{1,4}\\{0,3}["']?$/i;

function* wandbKeys(text: string): Generator<SecretSpan> {
  for (const { index: start } of text.matchAll(HEX))
    if (KEY_BEFORE.test(text.slice(Math.max(0, start - 64), start)))
      yield { kind: 'wandb_key', start, end: start + 40 };
}

const MOST_AUTHORITY = 1_024;
/** Passwords are often written as they are, with `#` and `?` in them. */
const AUTHORITY_END = /[\s/"']/;
const PORT = /^\d{1,5}[?#<>\\]/;

/** The password between `://name:` and `@`. */
function* urlPasswords(text: string, work: Work): Generator<SecretSpan> {
  for (let at = text.indexOf('://'); at >= 0;) {
    const { colon, sign, end } = authorityAt(text, at + 3, work);
    const start = colon + 1;
    const isAddress = colon >= 0 && sign > start && /[a-z0-9+.-]/i.test(text[at - 1] ?? '');
    if (isAddress && !text.startsWith('[redacted:', start) && !PORT.test(text.slice(start, start + 6)))
      yield { kind: 'url_password', start, end: sign };
    at = text.indexOf('://', end);
  }
}

/** Where the authority of an address has its first colon and its last `@`, -1 where it has none, and where it ends. */
function authorityAt(text: string, from: number, work: Work): { colon: number; sign: number; end: number } {
  let [colon, sign, end] = [-1, -1, from];
  for (const most = Math.min(text.length, from + MOST_AUTHORITY); end < most; end += 1) {
    work.steps += 1;
    const sent = text[end] ?? '';
    if (AUTHORITY_END.test(sent)) break;
    if (sent === ':' && colon < 0) colon = end;
    if (sent === '@') sign = end;
  }
  return { colon, sign, end };
}
