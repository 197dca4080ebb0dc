import type { NewRecord, TopicRecord } from '@tributary/event-log';
import { deadLetterId } from '../dead-letter.ts';
import type { Refusal } from '../dead-letter.ts';
import { parseAction } from './dead-letter-action.ts';
import type { DeadLetterAction } from './dead-letter-action.ts';

/** Names a record of a process for ever: written twice, it counts once. */
export type ProducerSequence = { readonly writer: string; readonly number: number };

/** A refused piece on its way through the topic. `refusal.bytes` may be its beginning, or nothing of a piece that was written before. */
export type RefusedInput = {
  readonly id: string;
  readonly refusal: Refusal;
  /** Bytes of the piece as it came. */
  readonly size: number;
  /** RFC 3339 in UTC with microseconds. */
  readonly at: string;
};

export type DeadLetterRecord = { readonly id: string; readonly sequence: ProducerSequence } & (
  | { readonly kind: 'came'; readonly refused: RefusedInput }
  | { readonly kind: 'act'; readonly act: DeadLetterAction }
);

type Written = Pick<NewRecord, 'key' | 'value' | 'headers'>;

/** A text of the sender's may be as long as its piece; a record has to fit. */
const MAX_TEXT = 4_096;

export const refusedInput = (refusal: Refusal, at: string): RefusedInput => ({
  id: deadLetterId(refusal),
  refusal,
  size: refusal.bytes.length,
  at,
});

/** The piece is the value; the rest are headers, so that the tools of a broker show why it came. */
export function recordOfRefusal({ id, refusal, size, at }: RefusedInput, ticket: ProducerSequence): Written {
  const { bytes, endpoint, contentType, code, message, pointer, value } = refusal;
  const texts = { endpoint, 'content-type': contentType, code, message, pointer };
  const all = { ...texts, ...(value === undefined ? {} : { value }), at, size: String(size) };
  return { key: Buffer.from(id), value: bytes, headers: headersOf('came', all, ticket) };
}

export const recordOfAction = (id: string, act: DeadLetterAction, ticket: ProducerSequence): Written => ({
  key: Buffer.from(id),
  value: Buffer.from(JSON.stringify(act)),
  headers: headersOf('act', {}, ticket),
});

function headersOf(
  letter: DeadLetterRecord['kind'],
  texts: Readonly<Record<string, string>>,
  { writer, number }: ProducerSequence,
): NewRecord['headers'] {
  return Object.entries({ letter, writer, number: String(number), ...texts }).map(
    ([name, text]) => [name, Buffer.from(text.slice(0, MAX_TEXT))] as const,
  );
}

/** What a record says; undefined where it is none of ours. */
export function readDeadLetterRecord({ key, value, headers }: TopicRecord): DeadLetterRecord | undefined {
  const texts = new Map(headers.map(([name, text]) => [name, Buffer.from(text).toString()]));
  const text = (name: string): string => texts.get(name) ?? '';
  const ticket = { writer: text('writer'), number: Number(text('number')) };
  if (!key || !value || ticket.writer === '' || !Number.isSafeInteger(ticket.number)) return undefined;
  const id = Buffer.from(key).toString();
  if (text('letter') === 'act') {
    const act = parseAction(Buffer.from(value).toString());
    return act && { id, sequence: ticket, kind: 'act', act };
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
  return { id, sequence: ticket, kind: 'came', refused: { id, refusal, size, at: text('at') } };
}
