import { isUtf8 } from 'node:buffer';
import { bindAttributes } from '../binary-mode.ts';
import { modeOf } from '../split.ts';
import type { RawEvent } from '../split.ts';
import { refusal, refusalOf } from './refused-record.ts';
import type { RefusalReason } from './refused-record.ts';
import { attributeOf } from './record-headers.ts';
import type { RecordHeaders } from './record-headers.ts';

export type BoundRecord =
  { readonly ok: true; readonly event: RawEvent } | { readonly ok: false; readonly reason: RefusalReason };

const CLOUDEVENTS = 'application/cloudevents';
const BRACE = 0x7b;

/** The event of a record as one text. A value without content-type is read as a structured event where it begins with a brace. */
export function eventIn(value: Buffer, { contentType, attributes }: RecordHeaders): BoundRecord {
  const mode = modeOf(contentType);
  if (mode === 'structured') return whole(value);
  if (mode === 'batch')
    return refused(
      'batch_in_record',
      'a record holds one event; send each event of a batch as its own record',
    );
  if (attributes.length > 0 && !contentType.toLowerCase().startsWith(CLOUDEVENTS)) {
    const bound = bindAttributes(attributes.map(attributeOf), contentType, value);
    return bound.ok ? bound : { ok: false, reason: refusalOf(bound.rejection) };
  }
  if (contentType === '' && firstOf(value) === BRACE) return whole(value);
  const label = contentType === '' ? 'no content-type' : `content-type ${contentType.slice(0, 100)}`;
  return refused(
    'not_an_event',
    `${label} and no ce_ headers that can be read; send application/cloudevents+json, or JSON data with ce_ headers`,
  );
}

const whole = (bytes: Buffer): BoundRecord => ({ ok: true, event: { bytes, isUtf8: isUtf8(bytes) } });

const refused = (code: 'batch_in_record' | 'not_an_event', message: string): BoundRecord => ({
  ok: false,
  reason: refusal(code, message),
});

const SPACES: readonly (number | undefined)[] = [0x20, 0x09, 0x0a, 0x0d];

/** The first byte that is not white space of JSON. */
function firstOf(value: Buffer): number | undefined {
  let at = 0;
  while (SPACES.includes(value[at])) at += 1;
  return value[at];
}
