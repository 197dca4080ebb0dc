import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect, it } from 'vitest';
import { manifestOf, manifestText } from '../backup/manifest.ts';
import { run } from '../program.ts';
import { backupText, restoredText } from './backup.ts';

const manifest = manifestOf({
  version: '0.1.0',
  createdAt: '2026-11-24T12:00:00Z',
  logId: 'a-log',
  position: '2492',
  recordedUntil: null,
  events: 2_492,
  streams: 113,
  blobs: 3,
  missingBlobs: 1,
  files: 6,
  bytes: 5_990_000,
});

it.each(['backup', 'restore'])('prints a %s by its schema', (name) => {
  const schema = JSON.parse(
    readFileSync(join(import.meta.dirname, `../../../../schemas/answers/${name}.json`), 'utf8'),
  );
  const valid = new Ajv2020({ strict: true, allowUnionTypes: true }).compile(schema);
  valid({ directory: 'd', ...JSON.parse(manifestText(manifest)) });
  expect(valid.errors).toBeNull();
});

it('says what is in a backup, what is missing, and what to do next', () => {
  const text = backupText('/b\u001B', manifest);
  expect(text).toContain('log     2,492 events in 113 streams, up to position 2492\n');
  expect(text).toContain('blobs   3, and 1 that are MISSING\nfiles   6 with 5.99 MB');
  expect(text).toContain("tributary restore '/b\uFFFD' --data NEW");
  expect(restoredText('/d', manifest)).toContain('tributary verify --data /d');
});

it.each([
  [['backup', 'to', '--url', 'http://127.0.0.1:1'], 2, 'leave out --url'],
  [['backup', 'to', '--data', '/nowhere'], 1, '/nowhere has no log'],
  [['restore', '/nowhere', '--json'], 1, '"refusal":"no_backup"'],
  [['restore', '--help'], 0, 'Examples:\n  tributary restore'],
])('%j ends with %i and says why', async (words, code, text) => {
  const output: string[] = [];
  const write = (part: string): void => void output.push(part);
  const ended = await run(['node', 'tributary', ...words], {
    print: write,
    report: write,
    interactive: false,
    directory: '/nowhere',
    environment: {},
    onSignal: () => undefined,
    exitNow: () => undefined,
  });
  expect({ ended, output: output.join('') }).toEqual({ ended: code, output: expect.stringContaining(text) });
});
