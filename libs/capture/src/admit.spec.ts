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
const judge = (text: string) => admit({ bytes: Buffer.from(text), isUtf8: true }, latest);

it('stores a fact in canonical form under its stream', () => {
  const admission = judge(event(ended));
  expect(admission).toMatchObject({ ok: true, event: { id: 'e1', source: 'urn:test', stream: 'run/r' } });
  expect(admission.ok && Buffer.from(admission.event.bytes).toString()).toBe(
    '{"data":{"attempt":1,"lastStep":1,"runId":"r","status":"completed"},"id":"e1","source":"urn:test","specversion":"1.0","type":"training.run.ended"}',
  );
});

it('stores telemetry exactly as it came', () => {
  const data = { runId: 'r', attempt: 1, steps: [1], columns: { loss: [2.5] } };
  const text = `${event(data, { type: 'training.steps.recorded' })}  `;
  const admission = judge(text);
  expect(admission.ok && Buffer.from(admission.event.bytes).toString()).toBe(text);
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
  ['a time on no calendar', event(ended, { time: '2026-02-31T00:00:00Z' }), 'invalid_envelope', '/time'],
  [
    'a number beyond every float',
    event(ended).replace('"lastStep":1', '"lastStep":1e400'),
    'number_not_exact',
    '/data/lastStep',
  ],
  ['more than 64 KiB', event({ ...ended, reason: 'x'.repeat(70_000) }), 'event_too_large', ''],
])('refuses %s with its own code', (_what, text, code, pointer) => {
  expect(judge(text)).toMatchObject({ ok: false, rejection: { code, pointer } });
});

it('names rule and value of what breaks a schema', () => {
  expect(judge(event({ ...ended, status: 'fine' }))).toEqual({
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

it('lists the types of the same context when it does not know one', () => {
  const admission = judge(event(ended, { type: 'training.run.paused' }));
  expect(admission.ok ? '' : admission.rejection.message).toContain('training.run.ended');
});

it('survives text that is nested deeper than any parser should follow', () => {
  expect(judge(`${'['.repeat(200_000)}${']'.repeat(200_000)}`)).toMatchObject({ ok: false });
});
