import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { dataReference, openBlobs } from '@tributary/blobs';
import { openDeadLetters } from '@tributary/dead-letters';
import { openLmdbLog } from '@tributary/event-log';
import type { NewEvent } from '@tributary/event-log';
import { START, systemClock } from '@tributary/kernel';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { scrubDirectory } from './scrub-directory.ts';
import { planOf, stagedFolder, writePlan } from './scrub-plan.ts';

let directory = '';
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'tributary-scrub-parts-'));
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

const attributes = (id: string, more: object) => ({
  ...more,
  id,
  source: 'urn:test',
  specversion: '1.0',
  type: 'training.run.ended',
});
const event = (id: string, more: object): NewEvent => ({
  source: 'urn:test',
  id,
  type: 'training.run.ended',
  stream: 's',
  bytes: Buffer.from(JSON.stringify(attributes(id, more))),
});

async function written(...events: readonly NewEvent[]): Promise<void> {
  const log = await openLmdbLog({ directory: join(directory, 'log'), clock: systemClock });
  await log.append(events, { atomic: true });
  await log.close();
}

async function stored() {
  const log = await openLmdbLog({ directory: join(directory, 'log'), clock: systemClock });
  const events = await log.read({ after: START, limit: 100, maxBytes: 1e9 });
  await log.close();
  return events.map(({ id, bytes }) => ({ id, event: JSON.parse(Buffer.from(bytes).toString()) }));
}

const scrub = (more: Partial<Parameters<typeof scrubDirectory>[0]> = {}) =>
  scrubDirectory({
    directory,
    secrets: ['sekret1', '12345678'],
    actor: 'ada sekret1',
    reason: 'sekret1',
    dryRun: false,
    step: () => undefined,
    ...more,
  });

const ended = { runId: 'r', attempt: 1, status: 'completed', lastStep: 12345678 };

it('gives another id to the event itself, not to what its data has', async () => {
  await written(event('job-sekret1', { data: { id: 'job-sekret1', password: 12345678 } }));
  await scrub();
  const [first, fact] = await stored();
  expect(first).toMatchObject({
    id: 'job-[redacted:listed]-1',
    event: {
      id: 'job-[redacted:listed]-1',
      data: { id: 'job-[redacted:listed]' },
    },
  });
  expect(fact?.event.data).toMatchObject({ actor: 'ada [redacted:listed]', reason: '[redacted:listed]' });
});

it('puts 0 where the schema of a fact takes a number alone, and says so', async () => {
  await written(event('e1', { data: ended }));
  expect((await scrub({ dryRun: true })).kinds).toEqual({ listed: 1, number_as_zero: 1 });
  await scrub();
  const [first, fact] = await stored();
  expect(first?.event.data).toEqual({ ...ended, lastStep: 0 });
  expect(fact?.event.data.kinds).toEqual(['listed', 'number_as_zero']);
});

it('refers to the new data of a long event', async () => {
  const content = Buffer.from(JSON.stringify({ ...ended, runId: 'sekret1', lastStep: 2 }));
  const { sha256, bytes } = await openBlobs(join(directory, 'blobs')).put(content);
  await written(event('e1', dataReference(sha256, bytes)));
  expect((await scrub()).blobs).toEqual([sha256]);
  const left = Buffer.from(content.toString().replace('sekret1', '[redacted:listed]'));
  const digest = createHash('sha256').update(left).digest('hex');
  const [first] = await stored();
  expect(first?.event).toEqual(attributes('e1', dataReference(digest, left.length)));
  expect(await openBlobs(join(directory, 'blobs')).read(digest)).toEqual(left);
});

it('completes nothing where it is to change nothing', async () => {
  await written(event('e1', { data: { ...ended, runId: 'sekret1' } }));
  writePlan(directory, { removed: [], reason: 'r' });
  mkdirSync(join(directory, 'tables'));
  writeFileSync(join(directory, 'tables', 'rows'), 'rows');
  await expect(scrub({ dryRun: true })).rejects.toMatchObject({ code: 'scrub_unfinished' });
  expect(existsSync(join(directory, 'tables', 'rows'))).toBe(true);
  expect(await scrub()).toMatchObject({ completed: true });
  expect(existsSync(join(directory, 'tables', 'rows'))).toBe(false);
});

it('is completed by the next one where the disk has lost the text of its plan', async () => {
  await written(event('e1', { data: { ...ended, runId: 'sekret1' } }));
  const reason = 'long '.repeat(1_000_000);
  writePlan(directory, { removed: [], reason });
  expect(planOf(directory)?.reason).toBe(reason);
  writeFileSync(join(directory, 'unfinished-scrub.json'), '{"removed":["ab');
  expect(await scrub()).toMatchObject({ completed: true });
  expect(await scrub()).toMatchObject({ completed: false, events: ['1'] });
});

it('leaves no file where it fails, and changes nothing', async () => {
  await written(event('e1', { data: { ...ended, runId: 'sekret1' } }));
  const before = readFileSync(join(directory, 'log', 'data.mdb'));
  let isWriting = false;
  const failing = scrub({
    step: (text) => {
      isWriting = text.startsWith('writing');
      if (isWriting) throw new Error('the disk is full');
    },
  });
  await expect(failing).rejects.toThrow('the disk is full');
  expect(existsSync(stagedFolder(directory, 'log'))).toBe(false);
  expect(readFileSync(join(directory, 'log', 'data.mdb')).equals(before)).toBe(true);
});

it('is not stopped by a hostile dead letter, and redacts it', async () => {
  await written(event('e1', { data: ended }));
  const deadLetters = await openDeadLetters(join(directory, 'dead-letters'));
  const inputs = [
    `${'['.repeat(6_000)}"sekret1"`,
    `${'['.repeat(6_000)}"sekret1"${']'.repeat(6_000)}`,
    `"${'\\n'.repeat(100_000)}sekret1"`,
    '{"a":"sekret1 "number 1""}',
  ];
  await deadLetters.park(
    inputs.map((input, index) => ({
      endpoint: 'POST /v1/events',
      contentType: 'application/json',
      bytes: Buffer.from(input),
      code: 'invalid_json',
      message: `is no JSON (${index})`,
      pointer: '',
    })),
  );
  await deadLetters.close();
  expect((await scrub({ dryRun: true })).deadLetters).toBe(inputs.length);
  expect((await scrub()).deadLetters).toBe(inputs.length);
  for (const name of readdirSync(join(directory, 'dead-letters')))
    expect(readFileSync(join(directory, 'dead-letters', name)).includes('sekret1')).toBe(false);
});

it('changes nothing where a folder with secrets may be on a disk that is not there', async () => {
  await written(event('e1', { data: { ...ended, runId: 'sekret1' } }));
  const log = await openLmdbLog({ directory: join(directory, 'log'), clock: systemClock });
  await log.folders.add('blobs');
  await log.close();
  await expect(scrub()).rejects.toMatchObject({ code: 'blobs_missing' });
  await expect(scrub({ dryRun: true })).rejects.toMatchObject({ code: 'blobs_missing' });
  expect(existsSync(join(directory, 'blobs'))).toBe(false);
  expect((await stored()).map(({ id }) => id)).toEqual(['e1']);
});

it('does not open a backup, whose digests would no longer be those that it has', async () => {
  await written(event('e1', { data: { ...ended, runId: 'sekret1' } }));
  writeFileSync(join(directory, 'backup.json'), '{}');
  const before = readFileSync(join(directory, 'log', 'data.mdb'));
  await expect(scrub()).rejects.toMatchObject({ code: 'is_backup' });
  await expect(scrub({ dryRun: true })).rejects.toMatchObject({ code: 'is_backup' });
  expect(readFileSync(join(directory, 'log', 'data.mdb')).equals(before)).toBe(true);
});

it('leaves no second log where its plan cannot be written', async () => {
  await written(event('e1', { data: { ...ended, runId: 'sekret1' } }));
  const step = (text: string): void => {
    if (text.startsWith('writing')) mkdirSync(join(directory, 'unfinished-scrub.json.new'));
  };
  await expect(scrub({ step })).rejects.toThrow('EISDIR');
  expect(existsSync(stagedFolder(directory, 'log'))).toBe(false);
  expect(await scrub()).toMatchObject({ completed: false, events: ['1'] });
});

it('leaves a correction that names the event that it corrects, whose id or source had the secret', async () => {
  const data = { ...ended, lastStep: 1 };
  const correction = { correctionreason: 'r', actor: 'a', data };
  const elsewhere = { source: 'urn:sekret1' };
  const of = (id: string, more: object): NewEvent => {
    const one = event(id, more);
    const { source } = { source: 'urn:test', ...more };
    return { ...one, source, bytes: Buffer.from(JSON.stringify({ ...attributes(id, more), source })) };
  };
  await written(
    of('job-sekret1', { data }),
    of('plain', { ...elsewhere, data }),
    of('c1', { corrects: 'job-sekret1', ...correction }),
    of('c2', { corrects: 'plain', correctssource: 'urn:sekret1', ...correction }),
    of('c3', { ...elsewhere, corrects: 'plain', ...correction }),
    of('c4', { ...elsewhere, corrects: 'c3', ...correction }),
    of('c5', { corrects: 'c1', ...correction }),
  );
  expect((await scrub({ dryRun: true })).events).toEqual(['1', '2', '3', '4', '5', '6']);
  await scrub();
  const left = await stored();
  const ids = left.map(({ id }) => id);
  expect(ids.slice(0, 7)).toEqual(['job-[redacted:listed]-1', 'plain-2', 'c1', 'c2', 'c3-5', 'c4-6', 'c5']);
  expect(left.slice(2, 7).map((one) => one.event.corrects)).toEqual([ids[0], ids[1], ids[1], ids[4], ids[2]]);
});

it('looks at the media type of an event, which may have parameters', async () => {
  await written(
    event('e1', { datacontenttype: 'application/json;k=sekret1', data: { ...ended, lastStep: 1 } }),
  );
  await scrub();
  expect((await stored())[0]?.event.datacontenttype).toBe('application/json;k=[redacted:listed]');
});

const whole = { data: { ...ended, lastStep: 1 } };

it('leaves a media type that can be read', async () => {
  await written(event('e1', { datacontenttype: 'application/vnd.sekret+json', ...whole }));
  await scrub({ secrets: ['vnd.sekret'] });
  expect((await stored())[0]?.event.datacontenttype).toBe('application/json');
});

it.each([
  ['/id', event(`sekret1${'i'.repeat(248)}`, whole)],
  ['/subject', event('e1', { subject: `sekret1${'s'.repeat(1017)}`, ...whole })],
  ['/data', event('e1', { data: { ...whole.data, status: 'completed' } }), 'completed'],
])(
  'refuses what would be no valid event without its secret, at %s',
  async (pointer, one, secret = 'sekret1') => {
    await written(event('e0', whole), one);
    await expect(scrub({ secrets: [secret, 'no secret'] })).rejects.toMatchObject({
      code: 'scrub_failed',
      message: expect.stringMatching(
        new RegExp(`^the event at ${secret === 'sekret1' ? 2 : 1} .*${pointer}.*; nothing was changed$`),
      ),
    });
    expect((await stored())[1]?.id).toBe(one.id);
  },
);

it('refuses an event that names twice which event it corrects', async () => {
  const twice = event('c1', whole);
  const bytes = `${Buffer.from(twice.bytes).toString().slice(0, -1)},"corrects":"a","corrects":"job-sekret1"}`;
  await written(event('job-sekret1', whole), { ...twice, bytes: Buffer.from(bytes) });
  await expect(scrub()).rejects.toMatchObject({
    code: 'scrub_failed',
    message: 'the event at 2 cannot name the event that it corrects by another id; nothing was changed',
  });
});
