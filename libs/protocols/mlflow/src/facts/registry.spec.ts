import { memoryLog } from '@tributary/event-log';
import { expect, it } from 'vitest';
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

it('registers a name for one of several requests that are alike and come at once', async () => {
  const log = memoryLog();
  const tries = await Promise.allSettled(
    ['a', 'b', 'c'].map((request) =>
      createRegistration(log, { request, name: 'm', description: '', tags: [] }, async () => true),
    ),
  );
  expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
});
