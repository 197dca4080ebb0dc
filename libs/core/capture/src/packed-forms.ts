import type { NewEvent } from '@tributary/event-log';
import { joined, partsOf } from './reading.ts';
import type { Joined } from './reading.ts';
import { storedForm } from './stored-form.ts';
import type { StoredForm } from './stored-form.ts';

/** A stored form without its bytes, which are parts of their own, and without the parsed form of its event. */
export type PackedForm = Pick<NewEvent, 'source' | 'id' | 'type' | 'stream'> & {
  readonly hasContent: boolean;
};

/** Stored forms as a thread hands them over: copying parsed forms would take longer than to parse the bytes. */
export type PackedForms = { readonly events: readonly PackedForm[]; readonly parts: Joined };

export const packedForm = ({ event: { source, id, type, stream }, content }: StoredForm): PackedForm => ({
  source,
  id,
  type,
  stream,
  hasContent: content !== undefined,
});

export const partsOfForm = ({ event, content }: StoredForm): readonly Uint8Array[] =>
  content ? [event.bytes, content] : [event.bytes];

/** The form whose parts come next. */
export function unpackedForm({ hasContent, ...event }: PackedForm, next: () => Buffer): StoredForm {
  const bytes = next();
  return { event: { ...event, bytes }, ...(hasContent && { content: next() }) };
}

/** Gives the parts one after the other. */
export function nextOf(parts: Joined): () => Buffer {
  const all = partsOf(parts);
  return () => all.next().value ?? Buffer.alloc(0);
}

/** The stored forms of events that are parsed. */
export function packedForms(events: readonly NewEvent[]): PackedForms {
  const forms = events.map(storedForm);
  return { events: forms.map(packedForm), parts: joined(forms.flatMap(partsOfForm)) };
}

/** The forms as they were before they were packed, in their order. */
export function unpackedForms({ events, parts }: PackedForms): StoredForm[] {
  const next = nextOf(parts);
  return events.map((event) => unpackedForm(event, next));
}
