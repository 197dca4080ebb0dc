import { memoryBlobs } from '@tributary/blobs';
import { memoryLog } from '@tributary/event-log';
import type { NewEvent } from '@tributary/event-log';
import { canonicalJson } from '@tributary/json';
import { expect, it } from 'vitest';
import { capture } from './capture.ts';
import { referring } from './stored-form.ts';

const clock = () => Date.UTC(2026, 10, 24, 12) * 1000;

const dreamt = {
  specversion: '1.0',
  id: 'a',
  source: 'urn:test',
  type: 'training.run.dreamt',
  data: { z: 1, a: 2 },
};
const text = JSON.stringify(dreamt);

/** A log with an event that a process of another version has accepted, and the intake of this one. */
async function holding(bytes: string | Uint8Array, type = dreamt.type) {
  const log = memoryLog({ clock });
  const { id, source } = dreamt;
  const event: NewEvent = { id, source, type, stream: 'run/r', bytes: Buffer.from(bytes) };
  await log.append([event], { atomic: true });
  return (body: string) =>
    capture({ log, blobs: memoryBlobs() }, clock, {
      body: Buffer.from(body),
      mode: 'structured',
      atomic: true,
    });
}

const long = { ...dreamt, data: { text: 'x'.repeat(100_000) } };
const repeated = { outcome: 'captured', stored: 0, duplicates: 1, items: [{ id: 'a', position: '1' }] };

it.each([
  ['as it arrived, as telemetry is', text, text],
  ['in canonical form', canonicalJson(dreamt), text],
  ['in canonical form, with its data in a blob', referring(long).bytes, JSON.stringify(long)],
  ['as it arrived, longer than other events in the log', JSON.stringify(long), JSON.stringify(long)],
])('gives a retry of an unknown type its receipt, where the log has it %s', async (_how, bytes, retry) => {
  const send = await holding(bytes);
  expect(await send(retry)).toMatchObject(repeated);
});

it('gives a retry its receipt where this version would refuse its data, or its version', async () => {
  const later = { ...dreamt, type: 'training.run.ended', data: { runId: 'r', mood: 'good' } };
  const send = await holding(canonicalJson(later), later.type);
  expect(await send(JSON.stringify(later))).toMatchObject(repeated);
  const major = { ...later, dataschema: 'urn:tributary:schema:training.run.ended:9.0' };
  const sendMajor = await holding(canonicalJson(major), major.type);
  expect(await sendMajor(JSON.stringify(major))).toMatchObject(repeated);
});

it.each([
  ['with another content', JSON.stringify({ ...dreamt, data: {} }), 'unknown_type'],
  ['with another id', JSON.stringify({ ...dreamt, id: 'b' }), 'unknown_type'],
  ['with a member twice', text.replace('"z":1', '"z":1,"z":1'), 'unknown_type'],
  ['that is no event', '{"id":"a","source":"urn:test"}', 'invalid_envelope'],
])('refuses what it cannot validate and the log does not have: one %s', async (_what, body, code) => {
  const send = await holding(canonicalJson(dreamt));
  expect(await send(body)).toMatchObject({ outcome: 'rejected', rejected: [{ code }] });
});
