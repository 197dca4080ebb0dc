import type { NewRecord, TopicRecord } from '@tributary/event-log';
import { letterId } from '../dead-letter.ts';
import type { Refusal } from '../dead-letter.ts';
import { actFrom } from './act.ts';
import type { Act } from './act.ts';

/** Names a record of a process for ever: written twice, it counts once. */
export type Ticket = { readonly writer: string; readonly number: number };

/** A refused piece on its way through the topic. `refusal.bytes` may be its beginning, or nothing of a piece that was written before. */
export type Arrival = {
  readonly id: string;
  readonly refusal: Refusal;
  /** Bytes of the piece as it came. */
  readonly size: number;
  /** RFC 3339 in UTC with microseconds. */
  readonly at: string;
};

export type LetterRecord = { readonly id: string; readonly ticket: Ticket } & (
  { readonly kind: 'came'; readonly arrival: Arrival } | { readonly kind: 'act'; readonly act: Act }
);

type Written = Pick<NewRecord, 'key' | 'value' | 'headers'>;

/** A text of the sender's may be as long as its piece; a record has to fit. */
const MAX_TEXT = 4_096;

export const arrivalOf = (refusal: Refusal, at: string): Arrival => ({
  id: letterId(refusal),
  refusal,
  size: refusal.bytes.length,
  at,
});

/** The piece is the value; the rest are headers, so that the tools of a broker show why it came. */
export function cameRecord({ id, refusal, size, at }: Arrival, ticket: Ticket): Written {
  const { bytes, endpoint, contentType, code, message, pointer, value } = refusal;
  const texts = { endpoint, 'content-type': contentType, code, message, pointer };
  const all = { ...texts, ...(value === undefined ? {} : { value }), at, size: String(size) };
  return { key: Buffer.from(id), value: bytes, headers: headersOf('came', all, ticket) };
}

export const actRecord = (id: string, act: Act, ticket: Ticket): Written => ({
  key: Buffer.from(id),
  value: Buffer.from(JSON.stringify(act)),
  headers: headersOf('act', {}, ticket),
});

function headersOf(
  letter: LetterRecord['kind'],
  texts: Readonly<Record<string, string>>,
  { writer, number }: Ticket,
): NewRecord['headers'] {
  return Object.entries({ letter, writer, number: String(number), ...texts }).map(
    ([name, text]) => [name, Buffer.from(text.slice(0, MAX_TEXT))] as const,
  );
}

/** What a record says; undefined where it is none of ours. */
export function letterRecordOf({ key, value, headers }: TopicRecord): LetterRecord | undefined {
  const texts = new Map(headers.map(([name, text]) => [name, Buffer.from(text).toString()]));
  const text = (name: string): string => texts.get(name) ?? '';
  const ticket = { writer: text('writer'), number: Number(text('number')) };
  if (!key || !value || ticket.writer === '' || !Number.isSafeInteger(ticket.number)) return undefined;
  const id = Buffer.from(key).toString();
  if (text('letter') === 'act') {
    const act = actFrom(Buffer.from(value).toString());
    return act && { id, ticket, kind: 'act', act };
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
  return { id, ticket, kind: 'came', arrival: { id, refusal, size, at: text('at') } };
}
