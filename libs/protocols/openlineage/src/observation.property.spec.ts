import fc from 'fast-check';
import { expect, it } from 'vitest';
import { dataParts, observe } from './observation.ts';

const members = {
  eventType: '"START"',
  eventTime: '"2026-11-24T10:00:00Z"',
  producer: '"https://example.com/producer"',
  schemaURL: '"https://openlineage.io/spec/2-0-2/OpenLineage.json"',
  run: '{"runId":"41fb5137-f0fd-4ee5-ba5c-56f8571d1bd7"}',
  job: '{"namespace":"ns","name":"job"}',
};

const orders = fc.shuffledSubarray(Object.entries(members), { minLength: 6 });
const space = fc.constantFrom('', ' ', '\n', '\t', '\r\n  ');
const extra = fc.jsonValue({ maxDepth: 3 });

const textOf = (order: [string, string][], gap: string, more: unknown): Buffer => {
  const entries = [...order, ['more', JSON.stringify(more)]];
  return Buffer.from(
    `{${gap}${entries.map(([name, value]) => `"${name}"${gap}:${gap}${value}`).join(`${gap},`)}${gap}}`,
  );
};

it('gives one content one id, whatever its key order and white space', () => {
  fc.assert(
    fc.property(orders, space, extra, (order, gap, more) => {
      const plain = observe(textOf(Object.entries(members), '', more));
      const other = observe(textOf(order, gap, more));
      expect(other.ok && other.observation.id).toBe(plain.ok && plain.observation.id);
      expect(plain.ok).toBe(true);
    }),
  );
});

it('keeps every event as JSON that parses to the same value', () => {
  fc.assert(
    fc.property(orders, space, extra, (order, gap, more) => {
      const raw = textOf(order, gap, more);
      const observed = observe(raw);
      const parts = observed.ok ? dataParts(observed.observation, raw) : [];
      const data: unknown = JSON.parse(Buffer.concat(parts).toString('utf8'));
      expect(data).toMatchObject({ event: JSON.parse(raw.toString('utf8')) });
    }),
  );
});

it('never throws, whatever the bytes are', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
      expect(observe(Buffer.from(bytes)).ok).toBe(false);
    }),
  );
});
