import { createHash } from 'node:crypto';
import { dataReference } from '@tributary/blobs';
import { isFactType, isTelemetry } from '@tributary/contracts';
import type { NewEvent } from '@tributary/event-log';
import { canonicalJson } from '@tributary/json';
import { MAX_INLINE_BYTES } from '../claim-check.ts';

/** A fact as the log keeps it, and the data that belong into a blob first. */
export type StoredForm = { readonly event: NewEvent; readonly content?: Buffer };

/** As HTTP stores a fact: beyond the inline limit its data become a claim. The same event gives the same bytes by either way. */
export function storedForm(event: NewEvent): StoredForm {
  const { bytes, type, parsed, source, id, stream } = event;
  if (bytes.length <= MAX_INLINE_BYTES || !isRecord(parsed)) return { event };
  if (isFactType(type) && isTelemetry(type)) return { event };
  const { data, ...attributes } = parsed;
  const content = Buffer.from(canonicalJson(data));
  const sha256 = createHash('sha256').update(content).digest('hex');
  const claim = Buffer.from(canonicalJson({ ...attributes, ...dataReference(sha256, content.length) }));
  return { event: { source, id, type, stream, bytes: claim }, content };
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
