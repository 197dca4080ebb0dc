import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { requireReplicaOf } from './replica-identity.ts';

const topic = { clusterId: 'cluster', name: 'events', partitions: 4 };

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'tributary-replica-'));
});
afterEach(() => rmSync(directory, { recursive: true }));

const file = (): string => join(directory, 'replica.json');
const check = (more: Partial<typeof topic> = {}): void => requireReplicaOf({ ...topic, ...more }, directory);

it('a directory is that of the first topic that it replicates, and of no other one', () => {
  check();
  check();
  expect(() => check({ partitions: 5 })).toThrow('events had 4 partitions and has 5');
  expect(() => check({ name: 'others' })).toThrow('replicates events of cluster cluster, not others');
  expect(() => check({ clusterId: 'other' })).toThrow('not events of other');
});

it.each([
  ['emptied', ''],
  ['filled with zeros', '\0\0\0\0'],
  ['cut short', '{"clusterId":"clu'],
  ['left without names', '{}'],
])('a file that a power cut has %s is written again', (_what, content) => {
  writeFileSync(file(), content);
  check();
  expect(JSON.parse(readFileSync(file(), 'utf8'))).toEqual({
    clusterId: 'cluster',
    topic: 'events',
    partitions: 4,
  });
  expect(() => check({ partitions: 5 })).toThrow('partitions');
});
