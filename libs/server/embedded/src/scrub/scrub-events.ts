import { createHash } from 'node:crypto';
import { referencedDigest } from '@tributary/blobs';
import type { Blobs } from '@tributary/blobs';
import type { NewEvent, RecordedEvent } from '@tributary/event-log';
import { redactJson } from './redact-json.ts';
import type { Redactor } from './redactor.ts';

/** An event without its secrets. */
export type ScrubbedEvent = {
  readonly event: NewEvent;
  /** Data that is to be in a blob first. */
  readonly content?: Buffer;
  /** The blob that had its data before. */
  readonly replaced?: string;
  /** Whether its source or id is another one. */
  readonly isRenamed: boolean;
};

/** The digest of the data that an event has in a blob. Few events have a reference, so the others are not parsed. */
export function blobOf({ bytes }: Pick<RecordedEvent, 'bytes'>): string | undefined {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return text.includes('datadigest') ? referencedDigest(JSON.parse(text.toString('utf8'))) : undefined;
}

/** An event without its secrets, those of its data in a blob included; undefined where it has none. */
export async function scrubEvent(
  recorded: RecordedEvent,
  blobs: Pick<Blobs, 'read'>,
  redactor: Redactor,
): Promise<ScrubbedEvent | undefined> {
  const text = Buffer.from(recorded.bytes).toString('utf8');
  const attributes = redactJson(text, redactor);
  const data = await scrubbedData(recorded, blobs, redactor);
  if (attributes === undefined && !data) return undefined;
  const identified = renamed(attributes ?? text, recorded);
  const bytes = Buffer.from(data ? refersTo(identified.text, data) : identified.text);
  const { source, id, isRenamed } = identified;
  return {
    event: {
      source,
      id,
      type: recorded.type,
      stream: redactor.text(recorded.stream),
      bytes,
      recordTime: recorded.recordTime,
    },
    isRenamed,
    ...(data && { content: data.content, replaced: data.before }),
  };
}

type Data = { readonly before: string; readonly content: Buffer };

async function scrubbedData(
  recorded: RecordedEvent,
  blobs: Pick<Blobs, 'read'>,
  redactor: Redactor,
): Promise<Data | undefined> {
  const before = blobOf(recorded);
  /* What is missing has no secret either; `verify` names it. */
  const content = before === undefined ? undefined : await blobs.read(before);
  const redacted = content && redactJson(content.toString('utf8'), redactor);
  return before === undefined || redacted === undefined
    ? undefined
    : { before, content: Buffer.from(redacted) };
}

/** Two ids that differed in the secret alone must go on to differ, so a changed one gets its position. */
function renamed(
  text: string,
  recorded: RecordedEvent,
): { readonly text: string; readonly source: string; readonly id: string; readonly isRenamed: boolean } {
  const event: { readonly source: string; readonly id: string } = JSON.parse(text);
  if (event.source === recorded.source && event.id === recorded.id)
    return { text, source: event.source, id: event.id, isRenamed: false };
  const id = `${event.id}-${recorded.position}`;
  const named = text.replace(`"id":${JSON.stringify(event.id)}`, () => `"id":${JSON.stringify(id)}`);
  return { text: named, source: event.source, id, isRenamed: true };
}

/** The event with the reference to its new data. */
function refersTo(text: string, { before, content }: Data): string {
  const after = createHash('sha256').update(content).digest('hex');
  return text.replaceAll(before, after).replace(/"datasize":\d+/, `"datasize":${content.length}`);
}
