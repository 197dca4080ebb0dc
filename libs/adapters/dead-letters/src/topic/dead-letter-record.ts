import { createHash } from 'node:crypto';
import type { NewRecord, TopicRecord } from '@tributary/event-log';
import { deadLetterId } from '../dead-letter.ts';
import type { Refusal } from '../dead-letter.ts';
import { parseAction } from './dead-letter-action.ts';
import type { DeadLetterAction } from './dead-letter-action.ts';

/** Identifies a record: the process that wrote it and its number there. A record that is written twice counts once. */
export type ProducerSequence = { readonly writer: string; readonly number: number };

/**
 * A refused input as a record of the topic. `refusal.bytes` may hold only its beginning, or nothing where an earlier
 * record has it.
 */
export type RefusedInput = {
  readonly id: string;
  readonly refusal: Refusal;
  /** Bytes of the input as it was received. */
  readonly size: number;
  /** RFC 3339 in UTC with microseconds. */
  readonly at: string;
};

export type DeadLetterRecord = { readonly id: string; readonly sequence: ProducerSequence } & (
  | { readonly kind: 'came'; readonly refused: RefusedInput }
  | { readonly kind: 'act'; readonly action: DeadLetterAction }
);

type Written = Pick<NewRecord, 'key' | 'value' | 'headers'>;

/** A text from the sender may be as long as its input. It is cut here, so that the record stays below the broker's limit. */
const MAX_TEXT = 4_096;

export const refusedInput = (refusal: Refusal, at: string): RefusedInput => ({
  id: deadLetterId(refusal),
  refusal,
  size: refusal.bytes.length,
  at,
});

/** The input is the value of the record, the rest are headers: tools of the broker show why it was refused. */
export function recordOfRefusal(
  { id, refusal, size, at }: RefusedInput,
  sequence: ProducerSequence,
): Written {
  const { bytes, endpoint, contentType, code, message, pointer, value } = refusal;
  const texts = { endpoint, 'content-type': contentType, code, message, pointer };
  const all = { ...texts, ...(value === undefined ? {} : { value }), at, size: String(size) };
  return { key: Buffer.from(id), value: bytes, headers: headersOf('came', all, sequence) };
}

export const recordOfAction = (
  id: string,
  action: DeadLetterAction,
  sequence: ProducerSequence,
): Written => ({
  key: Buffer.from(id),
  value: Buffer.from(JSON.stringify(action)),
  headers: headersOf('act', {}, sequence),
});

function headersOf(
  kind: DeadLetterRecord['kind'],
  texts: Readonly<Record<string, string>>,
  { writer, number }: ProducerSequence,
): NewRecord['headers'] {
  return Object.entries({ letter: kind, writer, number: String(number), ...texts }).map(
    ([name, text]) => [name, Buffer.from(text.slice(0, MAX_TEXT))] as const,
  );
}

/** SHA-256 of the content of a record: key, value and headers, each with its length. */
export function digestOfRecord({ key, value, headers }: Omit<TopicRecord, 'partition' | 'offset'>): string {
  const hash = createHash('sha256');
  for (const part of [key, value, ...headers.flatMap(([name, text]) => [Buffer.from(name), text])])
    hash.update(`${part?.byteLength ?? 'null'} `).update(part ?? NOTHING);
  return hash.digest('hex');
}

const NOTHING = new Uint8Array();

/** Decodes a record; undefined where it was not written by this program. */
export function readDeadLetterRecord({ key, value, headers }: TopicRecord): DeadLetterRecord | undefined {
  const texts = new Map(headers.map(([name, text]) => [name, Buffer.from(text).toString()]));
  const text = (name: string): string => texts.get(name) ?? '';
  const sequence = { writer: text('writer'), number: Number(text('number')) };
  if (!key || !value || sequence.writer === '' || !Number.isSafeInteger(sequence.number)) return undefined;
  const id = Buffer.from(key).toString();
  if (text('letter') === 'act') {
    const action = parseAction(Buffer.from(value).toString());
    return action && { id, sequence, kind: 'act', action };
  }
  const size = Number(text('size'));
  if (text('letter') !== 'came' || !Number.isSafeInteger(size) || text('at') === '') return undefined;
  const found = texts.get('value');
  const refusal = {
    endpoint: text('endpoint'),
    contentType: text('content-type'),
    bytes: value,
    code: text('code'),
    message: text('message'),
    pointer: text('pointer'),
    ...(found === undefined ? {} : { value: found }),
  };
  return { id, sequence, kind: 'came', refused: { id, refusal, size, at: text('at') } };
}
