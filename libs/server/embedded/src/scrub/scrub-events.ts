import { createHash } from 'node:crypto';
import { dataReference, referencedDigest } from '@tributary/blobs';
import type { Blobs } from '@tributary/blobs';
import { checkEnvelope } from '@tributary/contracts';
import type { NewEvent, RecordedEvent } from '@tributary/event-log';
import { Fault } from '@tributary/kernel';
import { acceptsData } from './accepts-data.ts';
import { jsonTokens, textOf } from './json-tokens.ts';
import { redactJson } from './redact-json.ts';
import { redactText } from './redact-text.ts';
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

/** The ids that events have got, by their source and id before. */
export type Renames = Map<string, string>;

export type Scrubbing = {
  readonly blobs: Pick<Blobs, 'read'>;
  readonly redactor: Redactor;
  /** Of the events before this one. Gets its own. */
  readonly renames: Renames;
};

const nameOf = (source: string, id: string): string => JSON.stringify([source, id]);

/**
 * An event without its secrets, those of its data in a blob included; undefined where it has none. Counts what it takes
 * out. Throws Fault `scrub_failed` where a secret cannot be taken out.
 */
export async function scrubEvent(
  recorded: RecordedEvent,
  { blobs, redactor, renames }: Scrubbing,
): Promise<ScrubbedEvent | undefined> {
  const text = Buffer.from(recorded.bytes).toString('utf8');
  const event: Attributes = JSON.parse(text);
  const accepts = (data: unknown): boolean => acceptsData(recorded.type, event.dataschema, data);
  const acceptsEvent = (redacted: string): boolean => {
    const { data }: Attributes = JSON.parse(redacted);
    return accepts(data);
  };
  const written = redactFact(text, { recorded, redactor, accepts: acceptsEvent });
  const data = await scrubbedData(recorded, blobs, {
    redactor,
    accepts: (redacted) => accepts(JSON.parse(redacted)),
  });
  const corrected = renamedCorrected(event, renames);
  if (written === undefined && !data && corrected === undefined) return undefined;
  const identified = renamed(written ?? text, recorded);
  if (identified.isRenamed) renames.set(nameOf(recorded.source, recorded.id), identified.id);
  const left = correcting(identified.text, corrected, recorded);
  const bytes = Buffer.from(validEnvelope(data ? refersTo(left, data) : left, event, recorded));
  const { source, id, isRenamed } = identified;
  const stream = redactText(recorded.stream, redactor)?.text ?? recorded.stream;
  return {
    event: { source, id, type: recorded.type, stream, bytes, recordTime: recorded.recordTime },
    isRenamed,
    ...(data && { content: data.content, replaced: data.before }),
  };
}

type Attributes = {
  readonly source: string;
  readonly id: string;
  readonly dataschema?: string;
  readonly data?: unknown;
  readonly corrects?: string;
  readonly correctssource?: string;
};

/** They say what an event is, so they hold no secret, and none is looked for: digests have any digits in them. */
const KEPT: ReadonlySet<string> = new Set([
  'specversion',
  'type',
  'time',
  'dataschema',
  'dataref',
  'datadigest',
  'datasize',
]);

/** The kind of a number in the place of which its schema allows a number alone. */
const ZERO = 'number_as_zero';

type Reading = {
  readonly recorded: Pick<RecordedEvent, 'position'>;
  readonly redactor: Redactor;
  /** Whether every projection can read a text. */
  readonly accepts: (redacted: string) => boolean;
};

function redactFact(text: string, { recorded, redactor, accepts }: Reading): string | undefined {
  const kept = KEPT;
  let redacted = redactJson(text, redactor, { kept });
  if (!redacted) return undefined;
  if (redacted.numbers > 0 && !accepts(redacted.text)) {
    redactor.count(Array.from({ length: redacted.numbers }, () => ZERO));
    redacted = redactJson(text, redactor, { kept, number: () => '0' }) ?? redacted;
  }
  if (redacted.isLeft)
    throw new Fault(
      'scrub_failed',
      `the event at ${recorded.position} has a secret that goes over several members, so it cannot be cut out: name its parts, each on a line of its own; nothing was changed`,
    );
  if (!accepts(redacted.text) && accepts(text)) throw invalid(recorded, '/data');
  redactor.count(redacted.kinds);
  return redacted.text;
}

const invalid = ({ position }: Pick<RecordedEvent, 'position'>, pointer: string): Fault =>
  new Fault(
    'scrub_failed',
    `the event at ${position} would not be valid with a placeholder in ${pointer}: name what is around the secret too, so that the text gets no longer, or another part of it; nothing was changed`,
  );

/** The event with a media type that can be read. Throws Fault `scrub_failed` where it was valid and no longer is. */
function validEnvelope(text: string, before: unknown, recorded: RecordedEvent): string {
  const checked = checkEnvelope(JSON.parse(text));
  if (checked.ok || !checkEnvelope(before).ok) return text;
  const { pointer } = checked.violation;
  const typed = withMember(text, 'datacontenttype', '"application/json"');
  if (pointer !== '/datacontenttype' || typed === text) throw invalid(recorded, pointer);
  return validEnvelope(typed, before, recorded);
}

type Data = { readonly before: string; readonly content: Buffer };

async function scrubbedData(
  recorded: RecordedEvent,
  blobs: Pick<Blobs, 'read'>,
  { redactor, accepts }: Pick<Reading, 'redactor' | 'accepts'>,
): Promise<Data | undefined> {
  const before = blobOf(recorded);
  /* What is missing has no secret either; `verify` names it. */
  const content = before === undefined ? undefined : await blobs.read(before);
  const redacted = content && redactFact(content.toString('utf8'), { recorded, redactor, accepts });
  return before === undefined || redacted === undefined
    ? undefined
    : { before, content: Buffer.from(redacted) };
}

/** Two ids that differed in the secret alone must go on to differ, so a changed one gets its position. */
function renamed(
  text: string,
  recorded: RecordedEvent,
): { readonly text: string; readonly source: string; readonly id: string; readonly isRenamed: boolean } {
  const { source, id: left }: Attributes = JSON.parse(text);
  if (source === recorded.source && left === recorded.id) return { text, source, id: left, isRenamed: false };
  const id = `${left}-${recorded.position}`;
  const named = withMember(text, 'id', JSON.stringify(id));
  const { id: written }: Attributes = JSON.parse(named);
  if (written !== id)
    throw new Fault(
      'scrub_failed',
      `the event at ${recorded.position} cannot get another id; nothing was changed`,
    );
  return { text: named, source, id, isRenamed: true };
}

/** The id that the event has got which an event corrects; undefined where it has its own. */
const renamedCorrected = (
  { source, corrects, correctssource = source }: Attributes,
  renames: Renames,
): string | undefined => (corrects === undefined ? undefined : renames.get(nameOf(correctssource, corrects)));

/** A correction goes on to name the event that it corrects. */
function correcting(text: string, id: string | undefined, { position }: RecordedEvent): string {
  if (id === undefined) return text;
  const named = withMember(text, 'corrects', JSON.stringify(id));
  const { corrects }: Attributes = JSON.parse(named);
  if (corrects !== id)
    throw new Fault(
      'scrub_failed',
      `the event at ${position} cannot name the event that it corrects by another id; nothing was changed`,
    );
  return named;
}

/** A JSON object with another text or number in a member of its own, not of what is within. */
function withMember(text: string, name: string, value: string): string {
  let [depth, isNext] = [0, false];
  for (const { kind, start, end } of jsonTokens(text)) {
    if (isNext) return text.slice(0, start) + value + text.slice(end);
    if (kind === 'object' || kind === 'array') depth += 1;
    else if (kind === 'end') depth -= 1;
    else isNext = depth === 1 && kind === 'key' && textOf(text.slice(start, end)) === name;
  }
  return text;
}

/** The event with the reference to its new data. */
function refersTo(text: string, { content }: Data): string {
  const sha256 = createHash('sha256').update(content).digest('hex');
  return Object.entries(dataReference(sha256, content.length)).reduce(
    (left, [name, value]) => withMember(left, name, JSON.stringify(value)),
    text,
  );
}
