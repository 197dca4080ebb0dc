import { fact, runEnded } from './server-under-test.fixture.ts';

/** The id of the event that one kind of poison message contradicts; it must be recorded first. */
export const KNOWN_ID = 'poison-message-known';

type Change = (event: Record<string, unknown>, n: number) => unknown;

const ended = (n: number): Record<string, unknown> => ({ ...runEnded(`poison-message-${n}`) });
const steps = (n: number, data: object): Record<string, unknown> => ({
  ...fact(
    'training.steps.recorded',
    { runId: `run-${n}`, attempt: 1, steps: [1, 2], columns: { loss: [2.5, 2.25] }, ...data },
    `poison-message-${n}`,
  ),
});

const textOf = (event: unknown): string => JSON.stringify(event);
const changed =
  (change: Change) =>
  (n: number): string =>
    textOf(change(ended(n), n));
const withAttributes = (more: object) => changed((event) => ({ ...event, ...more }));
const without = (name: string) => changed(({ [name]: _gone, ...rest }) => rest);
const withData = (more: object) =>
  changed((event, n) => ({
    ...event,
    data: { ...Object(event['data']), reason: `poison message ${n}`, ...more },
  }));
const replaced =
  (from: string, to: string) =>
  (n: number): string =>
    textOf(ended(n)).replace(from, to);
const nested = (depth: number): string => '['.repeat(depth) + ']'.repeat(depth);
const reference = (digit: string) => ({
  dataref: `urn:sha256:${digit.repeat(64)}`,
  datadigest: `sha256:${digit.repeat(64)}`,
});

/** Records by kind, as text or bytes. `n` makes each unique; none contains a line break. */
const KINDS: Readonly<Record<string, (n: number) => string | Buffer>> = {
  'an object cut off': (n) => textOf(ended(n)).slice(0, -1),
  'a text cut off': (n) => textOf(ended(n)).slice(0, 24 + `${n}`.length) + n,
  'a bare word': (n) => `poison message ${n}`,
  'an array': (n) => `[${n}]`,
  'a number': (n) => `${n}`,
  'a string': (n) => `"poison message ${n}"`,
  'a comma too many': (n) => textOf(ended(n)).replace(/}$/, ',}'),
  'single quotes': (n) => `{'id':'${n}'}`,
  'a comment': (n) => `${textOf(ended(n))} // why not`,
  'two objects on a line': (n) => textOf(ended(n)) + textOf(ended(n)),
  'a byte order mark': (n) => `\uFEFF${textOf(ended(n))}`,
  'a bare NaN': replaced('"lastStep":1', '"lastStep":NaN'),
  'a bare infinity': replaced('"lastStep":1', '"lastStep":-Infinity'),
  'a hexadecimal number': replaced('"lastStep":1', '"lastStep":0x1'),
  'a leading zero': replaced('"lastStep":1', '"lastStep":01'),
  'a tab in a text': replaced('"completed"', '"comp\tleted"'),
  'a lone continuation byte': (n) => Buffer.concat([Buffer.from(textOf(ended(n))), Buffer.from([0x80])]),
  'an overlong slash': (n) =>
    Buffer.concat([Buffer.from(`{"n":${n},"x":"`), Buffer.from([0xc0, 0xaf, 0x22, 0x7d])]),
  'Latin-1': (n) => Buffer.from(`{"n":${n},"x":"caf\u00e9"}`, 'latin1'),
  'UTF-16': (n) => Buffer.from(textOf(ended(n)).replaceAll('\u000a', ' '), 'utf16le').subarray(0, 120),
  'half a surrogate pair': replaced('"completed"', '"completed","reason":"\\ud800"'),
  'an escaped NUL': replaced('"completed"', '"completed","reason":"a\\u0000b"'),
  'an attribute twice': replaced('"specversion"', '"source":"urn:other","specversion"'),
  'a field twice': replaced('"attempt":1', '"attempt":1,"attempt":1'),
  'an integer beyond 2^53': replaced('"lastStep":1', '"lastStep":9007199254740993'),
  'a number beyond every float': replaced('"lastStep":1', '"lastStep":1e400'),
  'a number too small for a float': replaced('"lastStep":1', '"lastStep":1e-400'),
  'too many digits': replaced('"lastStep":1', '"lastStep":1.00000000000000000001'),
  'bottomless nesting': (n) => textOf(ended(n)).replace('"completed"', nested(60)),
  'no specversion': without('specversion'),
  'another specversion': withAttributes({ specversion: '0.3' }),
  'no id': without('id'),
  'an empty id': changed((event, n) => ({ ...event, id: '', subject: `run/${n}` })),
  'an id that is a number': changed((event, n) => ({ ...event, id: n })),
  'an id of a thousand characters': changed((event, n) => ({ ...event, id: `${n}`.padEnd(1_000, 'x') })),
  'no source': without('source'),
  'no type': without('type'),
  'an unknown type': withAttributes({ type: 'training.run.paused' }),
  'a type in capitals': withAttributes({ type: 'Training.Run.Ended' }),
  'no data': without('data'),
  'data that is text': withAttributes({ data: '{}' }),
  'data that is null': withAttributes({ data: null }),
  'data that is an array': withAttributes({ data: [] }),
  'a reference to an unknown blob': changed(({ data: _gone, ...rest }) => ({ ...rest, ...reference('0') })),
  'references to two blobs': changed(({ data: _gone, ...rest }) => ({
    ...rest,
    ...reference('0'),
    dataref: reference('1').dataref,
  })),
  'a data reference together with data': withAttributes(reference('0')),
  'an attribute that is an object': withAttributes({ extra: {} }),
  'an attribute that only the server sets': withAttributes({ recordtime: '2026-01-01T00:00:00Z' }),
  'a day that no calendar has': withAttributes({ time: '2026-02-31T00:00:00Z' }),
  'a time far ahead': withAttributes({ time: '2099-01-01T00:00:00Z' }),
  'a leap second': withAttributes({ time: '2016-12-31T23:59:60Z' }),
  'a time without a zone': withAttributes({ time: '2026-01-01T00:00:00' }),
  'a version of the future': withAttributes({ dataschema: 'urn:tributary:schema:training.run.ended:9.0' }),
  'a schema of another type': withAttributes({ dataschema: 'urn:tributary:schema:training.run.started:1.0' }),
  'a word that is none of the allowed': withData({ status: 'fine' }),
  'a step below zero': withData({ lastStep: -1 }),
  'half a step': withData({ lastStep: 0.5 }),
  'a string instead of a number': withData({ lastStep: '1' }),
  'a field that is missing': withData({ runId: undefined }),
  'a field that nobody knows': withData({ colour: 'red' }),
  'columns of unequal length': (n) => textOf(steps(n, { columns: { loss: [2.5] } })),
  'steps that go back': (n) => textOf(steps(n, { steps: [2, 1] })),
  'a column twice': (n) => textOf(steps(n, {})).replace('"loss":', '"loss":[1,2],"loss":'),
  'a NaN at no step': (n) => textOf(steps(n, { nonfinite: { loss: [{ index: 0, value: 'nan' }] } })),
  'a known id with other content': changed((_event, n) => ({
    ...runEnded(KNOWN_ID),
    data: { ...Object(ended(n)['data']) },
  })),
};

export const POISON_MESSAGE_KINDS: readonly string[] = Object.keys(KINDS);

/** A record that must be refused. */
export function poisonMessage(kind: string, n: number): Buffer {
  const made = KINDS[kind]?.(n) ?? '';
  return typeof made === 'string' ? Buffer.from(made) : made;
}

/** NDJSON of `count` records from number `first` on. Every hundredth is a poison message, of each kind in turn. */
export function poisonedBatch(first: number, count: number): { body: Buffer; poisoned: number } {
  const lines: Buffer[] = [];
  let poisoned = 0;
  for (let n = first; n < first + count; n += 1) {
    const isPoisonMessage = n % 100 === 99;
    if (isPoisonMessage) poisoned += 1;
    const kind = POISON_MESSAGE_KINDS[Math.floor(n / 100) % POISON_MESSAGE_KINDS.length] ?? '';
    lines.push(isPoisonMessage ? poisonMessage(kind, n) : Buffer.from(goodLine(n)), NEWLINE);
  }
  return { body: Buffer.concat(lines), poisoned };
}

const NEWLINE = Buffer.from('\n');

/** Ascending ids in the form of UUIDv7, as producers create them. */
const goodLine = (n: number): string =>
  `{"specversion":"1.0","id":"01920000-0000-7000-8000-${n.toString(16).padStart(12, '0')}","source":"urn:test:good","type":"training.run.ended","data":{"runId":"good-${n % 1000}","attempt":1,"status":"completed","lastStep":${n}}}`;
