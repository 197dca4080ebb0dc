import { expect, it } from 'vitest';
import { admit, latestTime } from './admit.ts';

const latest = latestTime(Date.UTC(2026, 10, 24) * 1000);
const ended = { runId: 'r', attempt: 1, status: 'completed', lastStep: 1 };
const event = (data: unknown, more: object = {}) =>
  JSON.stringify({
    specversion: '1.0',
    id: 'e1',
    source: 'urn:test',
    type: 'training.run.ended',
    data,
    ...more,
  });
const steps = Array.from({ length: 1_000 }, (_, step) => step);
const telemetryOf = (columns: object, count: number) =>
  event(
    { runId: 'r', attempt: 1, steps: steps.slice(0, count), columns },
    { type: 'training.steps.recorded' },
  );
const telemetry = telemetryOf({ loss: [2.5] }, 1);
const longTelemetry = telemetryOf({ loss: steps.map((step) => 1 / (step + 1)) }, 1_000);
const validated = (text: string) => admit({ bytes: Buffer.from(text), isUtf8: true }, latest);

const correcting = (corrects: string, correctssource?: string) =>
  event(ended, { corrects, correctssource, correctionreason: 'it completed', actor: 'somebody' });

it('takes an event that corrects an unknown one, or one with its own id of another source', () => {
  for (const text of [correcting('e0'), correcting('e1', 'urn:other')])
    expect(validated(text)).toMatchObject({ ok: true });
});

it('stores a fact in canonical form under its stream', () => {
  const admission = validated(event(ended));
  expect(admission).toMatchObject({ ok: true, event: { id: 'e1', source: 'urn:test', stream: 'run/r' } });
  expect(admission.ok && Buffer.from(admission.event.bytes).toString()).toBe(
    '{"data":{"attempt":1,"lastStep":1,"runId":"r","status":"completed"},"id":"e1","source":"urn:test","specversion":"1.0","type":"training.run.ended"}',
  );
});

it('stores telemetry unchanged', () => {
  for (const text of [`${telemetry}  `, longTelemetry]) {
    const admission = validated(text);
    expect(admission.ok && Buffer.from(admission.event.bytes).toString()).toBe(text);
  }
});

it.each([
  ['not JSON', '{"specversion":', 'invalid_json', ''],
  ['a bare NaN', '{"specversion":"1.0","data":{"value":NaN}}', 'not_finite', ''],
  ['no source', event(ended, { source: undefined }), 'invalid_envelope', '/source'],
  ['an unknown type', event(ended, { type: 'training.run.paused' }), 'unknown_type', '/type'],
  [
    'another major version',
    event(ended, { dataschema: 'urn:tributary:schema:training.run.ended:2.0' }),
    'unknown_version',
    '/dataschema',
  ],
  ['a wrong value', event({ ...ended, lastStep: -1 }), 'schema_violation', '/data/lastStep'],
  [
    'a number that changes',
    event(ended).replace('"lastStep":1', '"lastStep":1.00000000000000000001'),
    'number_not_exact',
    '/data/lastStep',
  ],
  [
    'a key twice',
    event(ended).replace('"attempt":1', '"attempt":1,"attempt":1'),
    'duplicate_key',
    '/data/attempt',
  ],
  ['a time two days ahead', event(ended, { time: '2026-11-26T00:00:00Z' }), 'clock_skew', '/time'],
  [
    'a time that is not on the calendar',
    event(ended, { time: '2026-02-31T00:00:00Z' }),
    'invalid_envelope',
    '/time',
  ],
  [
    'a number beyond every float',
    event(ended).replace('"lastStep":1', '"lastStep":1e400'),
    'number_not_exact',
    '/data/lastStep',
  ],
  ['more than 8 MiB', event({ ...ended, reason: 'x'.repeat(8_400_000) }), 'event_too_large', ''],
  [
    'a key twice in telemetry',
    telemetry.replace('"runId":"r"', '"runId":"q","runId":"r"'),
    'duplicate_key',
    '/data/runId',
  ],
  [
    'a column twice in telemetry',
    telemetry.replace('"loss":[', '"loss":[2.5],"loss":['),
    'duplicate_key',
    '/data/columns/loss',
  ],
  [
    'a column twice in long telemetry',
    longTelemetry.replace('"loss":[', '"loss":[2.5],"loss":['),
    'duplicate_key',
    '/data/columns/loss',
  ],
  [
    'an attribute twice in long telemetry',
    longTelemetry.replace('"id":', '"id":"e0","id":'),
    'duplicate_key',
    '/id',
  ],
  ['an event that corrects itself', correcting('e1'), 'invalid_envelope', '/corrects'],
  [
    'an event that names itself and its source',
    correcting('e1', 'urn:test'),
    'invalid_envelope',
    '/corrects',
  ],
  ['a reference beside the data', event(ended, { datasize: 3 }), 'invalid_envelope', '/datadigest'],
])('refuses %s with its own code', (_what, text, code, pointer) => {
  expect(validated(text)).toMatchObject({ ok: false, rejection: { code, pointer } });
});

it('names the rule and the value of a schema violation', () => {
  expect(validated(event({ ...ended, status: 'fine' }))).toEqual({
    ok: false,
    rejection: {
      code: 'schema_violation',
      pointer: '/data/status',
      rule: 'enum',
      message: 'must be equal to one of the allowed values: completed, failed, stopped',
      value: '"fine"',
      id: 'e1',
    },
  });
});

it('lists the types of the same context for an unknown type', () => {
  const admission = validated(event(ended, { type: 'training.run.paused' }));
  expect(admission.ok ? '' : admission.rejection.message).toContain('training.run.ended');
});

it('refuses deep nesting without a stack overflow', () => {
  expect(validated(`${'['.repeat(200_000)}${']'.repeat(200_000)}`)).toMatchObject({ ok: false });
});
