import { assignedValues } from './assigned-values.ts';
import type { SecretSpan, Work } from './find-secrets.ts';
import { MOST_NAME, secrecyOf } from './secret-name.ts';
import { isSecretValue } from './secret-value.ts';
import type { SecretKind } from './token-shapes.ts';

/** A part of every name that `secrecyOf` knows. */
const STEM = /pass|pwd|secret|token|key|authorization/gi;
const NAME = /[\w.-]/;

/** The values that a text assigns to names of secrets. */
export function* assignedSecrets(text: string, work: Work): Generator<SecretSpan> {
  /* What is before it was part of a name or a value. */
  let read = 0;
  for (const { index } of text.matchAll(STEM)) {
    if (index < read) continue;
    const start = nameStart(text, index, { least: Math.max(read, index - MOST_NAME), work });
    const end = nameEnd(text, index, work);
    read = end;
    const name = text.slice(start, end);
    const secrecy = secrecyOf(name);
    if (!secrecy) continue;
    for (const { start: from, end: to, ...value } of assignedValues(text, { start, end, secrecy }, work)) {
      const secret = text.slice(from, to);
      /* What is no secret may have an assignment of one in it. */
      if (isCode(value.isQuoted, secret, name)) continue;
      if (!isSecretValue(secrecy, name, { ...value, text: secret })) continue;
      read = Math.max(read, to);
      yield { kind: kindOf(name, secret), start: from, end: to };
    }
  }
}

function nameStart(text: string, from: number, { least, work }: { least: number; work: Work }): number {
  let start = from;
  for (; start > least && NAME.test(text[start - 1] ?? ''); start -= 1) work.steps += 1;
  return start;
}

function nameEnd(text: string, from: number, work: Work): number {
  let end = from;
  for (; end < text.length && NAME.test(text[end] ?? ''); end += 1) work.steps += 1;
  return end;
}

/** Without quotes, a call or the name itself is a program that hands a value on. */
const isCode = (isQuoted: boolean, value: string, name: string): boolean =>
  !isQuoted &&
  (/^[a-z_][\w.]*[([]/i.test(value) ||
    (value.length === name.length && value.toLowerCase() === name.toLowerCase()));

/** The kind of the value of a name. */
function kindOf(name: string, value: string): SecretKind {
  if (/^[0-9a-f]{40}$/i.test(value) && /wandb|api[_-]?key/i.test(name)) return 'wandb_key';
  return /aws_?secret/i.test(name) ? 'aws_secret_key' : 'named_secret';
}

const WANDB_NAME = /(?:^|[._-])wandb.*(?:key|token)$/i;

/** The kind of secret that a member holds as its name says; undefined where it holds none. */
export function kindOfMember(name: string, value: string): SecretKind | undefined {
  if (/^[0-9a-f]{40}$/i.test(value) && WANDB_NAME.test(name.slice(-MOST_NAME))) return 'wandb_key';
  const secrecy = secrecyOf(name);
  return secrecy && isSecretValue(secrecy, name, { text: value, isQuoted: true })
    ? kindOf(name, value)
    : undefined;
}
