import { memoryLog } from '@tributary/event-log';
import type { EventLog } from '@tributary/event-log';
import { expect, it } from 'vitest';
import { MAX_VERSION } from '../requests/registry.ts';
import { storedIn } from './facts.fixture.ts';
import { createRegistration, createVersion } from './registry.ts';

const others = async () => 0;

it('gives every request a version of its own, with its own tags, though all are alike and come at once', async () => {
  const log = memoryLog();
  const jobs = Array.from({ length: 20 }, (_none, job) => `job-${job}`);
  const numbers = await Promise.all(
    jobs.map((key) =>
      createVersion(log, { request: key, name: 'm', source: 's', tags: [{ key, value: '1' }] }, others),
    ),
  );
  const facts = (await storedIn(log)).map(({ data }) => data);
  expect(facts.filter(({ source }) => source).map(({ version }) => version)).toEqual(
    jobs.map((_job, at) => at + 1),
  );
  for (const [at, job] of jobs.entries())
    expect(facts.filter(({ version, tags }) => tags && version === numbers[at])).toEqual([
      { name: 'm', version: numbers[at], tags: { [job]: '1' } },
    ]);
});

it('gives no number after the highest, and names a correction as the way out while that is of another sender', async () => {
  const log = memoryLog();
  const create = (request: string, listed: number) =>
    createVersion(log, { request, name: 'm', source: 's', tags: [] }, async () => listed);
  await expect(create('a', MAX_VERSION)).rejects.toThrow(
    /"m" has a version 1000000000, .*no next one: correct the fact that states it, or register/,
  );
  /* Their fact is corrected. */
  expect(await create('b', 4)).toBe(5);
  expect(await create('c', MAX_VERSION - 1)).toBe(MAX_VERSION);
  await expect(create('d', 5)).rejects.toThrow(/no next one: register further versions under another name/);
});

it('registers a name again where another sender left keys that no removal can name', async () => {
  const log = memoryLog();
  const left = ['', 'k'.repeat(256), 'k'.repeat(257)];
  const made = { request: 'a', name: 'm', description: '', tags: [] };
  await createRegistration(log, made, async () => ({
    isRegistered: false,
    tags: left,
    aliases: left,
    versions: [],
  }));
  const facts = (await storedIn(log)).map(({ data }) => data);
  expect(
    facts.flatMap(({ removedTags = [], removedAliases = [] }) => [...removedTags, ...removedAliases]),
  ).toEqual([left[1], left[1]]);
});

/** What tables would say of names that the log alone knows. */
const knownIn = (log: EventLog) => async () => ({
  isRegistered: (await storedIn(log)).length > 0,
  tags: [],
  aliases: [],
  versions: [],
});

it('registers a name for one of several requests that are alike and come at once', async () => {
  const log = memoryLog();
  const tries = await Promise.allSettled(
    ['a', 'b', 'c'].map((request) =>
      createRegistration(log, { request, name: 'm', description: '', tags: [] }, knownIn(log)),
    ),
  );
  expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
});
