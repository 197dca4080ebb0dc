import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isLaterVersion } from '@tributary/kernel';
import fc from 'fast-check';
import { afterEach, expect, it } from 'vitest';
import { ALL, anEvent } from './log-under-test.fixture.ts';
import { openLmdbLog } from './lmdb-log.ts';
import type { LocalLog } from './lmdb-log.ts';
import { encodeStatements, StatedVersions } from './stated-versions.ts';
import type { VersionOf } from './stated-versions.ts';

type Contract = Readonly<Record<string, string>>;
const versionsOf =
  (contract: Contract): VersionOf =>
  (type) =>
    contract[type];

const version = fc.constantFrom('1.0', '1.1', '1.10', '2.0');
const types = ['a', 'b', 'c'];
const contracts = fc.dictionary(fc.constantFrom(...types), version);
const appends = fc.array(
  fc.record({ contract: contracts, events: fc.array(fc.constantFrom(...types), { maxLength: 4 }) }),
  { maxLength: 8 },
);

it('names each event that a program lacks the version of, whatever programs have appended in turn', () => {
  fc.assert(
    fc.property(appends, contracts, (history, own) => {
      let value: Buffer | undefined;
      const accepted: { type: string; by: string | undefined }[] = [];
      for (const { contract, events } of history) {
        const stated = new StatedVersions(value, versionsOf(contract));
        const known = events.filter((type) => contract[type] !== undefined).map((type) => ({ type }));
        const next = stated.after(known, accepted.length + 1);
        if (next) value = encodeStatements(next);
        accepted.push(...known.map(({ type }) => ({ type, by: contract[type] })));
      }
      const read = new StatedVersions(value, versionsOf(own));
      const lacked = accepted.map(({ type, by }) =>
        by !== undefined && (own[type] === undefined || isLaterVersion(by, own[type] ?? '')) ? by : undefined,
      );
      expect(accepted.map(({ type }, index) => read.newerAt(type, index + 1))).toEqual(lacked);
      expect(read.newer().length > 0).toBe(lacked.some((by) => by !== undefined));
    }),
    { numRuns: 200 },
  );
});

let log: LocalLog | undefined;
const directory = mkdtempSync(join(tmpdir(), 'stated-versions-'));
afterEach(async () => {
  await log?.close();
  rmSync(directory, { recursive: true, force: true });
});

it('is kept with the events, and the bytes of a retry stay those of the first attempt', async () => {
  const open = async (contract: Contract): Promise<LocalLog> => {
    await log?.close();
    return (log = await openLmdbLog({ directory, versionOf: versionsOf(contract) }));
  };
  const ATOMIC = { atomic: true };
  const [first, second, third] = ['1', '2', '3'].map((id) => ({ ...anEvent({ id }), type: 'a' }));
  if (!first || !second || !third) throw new Error('there are three events');
  const older = await open({ a: '1.0' });
  await older.append([first], ATOMIC);
  expect(older.newer()).toEqual([]);
  const newer = await open({ a: '1.1' });
  expect(await newer.append([first, second], ATOMIC)).toMatchObject({ stored: 1, duplicates: 1 });
  expect((await newer.read(ALL)).map(({ schemaVersion }) => schemaVersion)).toEqual([undefined, undefined]);
  const back = await open({ a: '1.0' });
  expect(await back.append([second, third], ATOMIC)).toMatchObject({ stored: 1, duplicates: 1 });
  expect(back.newer()).toEqual([['a', '1.1']]);
  const seen = (await back.read(ALL)).map(({ id, schemaVersion }) => [id, schemaVersion]);
  expect(seen).toEqual([
    ['1', undefined],
    ['2', '1.1'],
    ['3', undefined],
  ]);
  expect(await back.verify()).toMatchObject({ ok: true, events: 3 });
});
