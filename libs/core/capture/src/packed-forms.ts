import type { NewEvent } from '@tributary/event-log';
import { joined, partsOf } from './reading.ts';
import type { Joined } from './reading.ts';
import { storedForm } from './stored-form.ts';
import type { StoredForm } from './stored-form.ts';

/** Stored forms as a thread hands them over, without the parsed form of any. */
export type PackedForms = {
  readonly events: readonly (Pick<NewEvent, 'source' | 'id' | 'type' | 'stream'> & {
    readonly hasContent: boolean;
  })[];
  readonly parts: Joined;
};

/** The stored forms of events that are parsed. */
export function packedForms(events: readonly NewEvent[]): PackedForms {
  const forms = events.map(storedForm);
  return {
    events: forms.map(({ event: { source, id, type, stream }, content }) => ({
      source,
      id,
      type,
      stream,
      hasContent: content !== undefined,
    })),
    parts: joined(forms.flatMap(({ event, content }) => (content ? [event.bytes, content] : [event.bytes]))),
  };
}

export function unpackedForms({ events, parts }: PackedForms): StoredForm[] {
  const bytesOf = partsOf(parts);
  const next = (): Buffer => bytesOf.next().value ?? Buffer.alloc(0);
  return events.map(({ hasContent, ...event }) => {
    const bytes = next();
    return { event: { ...event, bytes }, ...(hasContent && { content: next() }) };
  });
}
