import { createHash } from 'node:crypto';
import { dataReference } from '@tributary/blobs';
import { memoryLog } from '@tributary/event-log';
import type { NewEvent } from '@tributary/event-log';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import type { Projector } from '../projector.ts';
import { openRebuildStage, STEPS, stepsOf } from '../rebuild/rebuild.fixture.ts';
import type { RebuildStage } from '../rebuild/rebuild.fixture.ts';
import { checksOf, projections } from './tables-watch.fixture.ts';

let stage: RebuildStage;
beforeAll(async () => {
  stage = await openRebuildStage();
});
afterEach(() => stage.renew());
afterAll(() => stage.remove());

const blobs = new Map<string, Buffer>();

/** Steps whose data are in a blob, as those of a fact that is too long for the log. */
function longSteps(run: string): { readonly event: NewEvent; readonly sha256: string } {
  const { bytes, parsed: _parsed, ...attributes } = stepsOf(run, 0);
  const { data, ...envelope } = JSON.parse(Buffer.from(bytes).toString('utf8'));
  const content = Buffer.from(JSON.stringify(data));
  const sha256 = createHash('sha256').update(content).digest('hex');
  blobs.set(sha256, content);
  const referring = { ...envelope, ...dataReference(sha256, content.length) };
  return { event: { ...attributes, bytes: Buffer.from(JSON.stringify(referring)) }, sha256 };
}

let log = memoryLog();
beforeEach(() => {
  log = memoryLog();
});

const start = (version: string): Promise<Projector> =>
  stage.start(
    {
      logId: 'log',
      version,
      projections,
      blobs: { read: (sha256) => Promise.resolve(blobs.get(sha256)) },
      checks: { ...checksOf(stage.engine, log), bytesOf: (sha256) => blobs.get(sha256)?.length },
    },
    { log },
  );

async function fillAndStop(version: string): Promise<void> {
  const projector = await start(version);
  await projector.reached(log.head());
  await projector.stop();
}

/** Tables of the first version, with a short fact and a long one behind it. */
async function filled(): Promise<{ readonly sha256: string; readonly content: Buffer }> {
  const { event, sha256 } = longSteps('long');
  await log.append([stepsOf('short', 0), event], { atomic: true });
  await fillAndStop('v1');
  expect(await rows()).toBe(2 * STEPS);
  return { sha256, content: blobs.get(sha256) ?? Buffer.alloc(0) };
}

const rows = async (): Promise<number | undefined> => (await stage.sums())[0]?.rows;

async function expectRefused(reason: string): Promise<void> {
  for (const version of ['v2', 'v2'])
    await expect(start(version)).rejects.toMatchObject({
      code: 'blobs_missing',
      message: expect.stringContaining(`the first is at position 2: ${reason}`),
    });
  expect(await rows()).toBe(2 * STEPS);
}

it('an upgrade empties no tables that hold the only copy of a fact, until its blob is there', async () => {
  const { sha256, content } = await filled();
  blobs.delete(sha256);
  await expectRefused(`blob ${sha256} is not there`);
  /* The version that filled them goes on with them. */
  await fillAndStop('v1');
  expect(await rows()).toBe(2 * STEPS);
  blobs.set(sha256, content);
  await fillAndStop('v2');
  expect(await rows()).toBe(2 * STEPS);
});

it.each([
  ['whose blob is cut short', (sha256: string) => blobs.set(sha256, Buffer.alloc(1)), 'has 1 of ', []],
  ['although nothing says what the tables held', blobs.delete.bind(blobs), 'is not there', ['log_range']],
] as const)('nor one %s', async (_what, lose, reason, emptied) => {
  const { sha256 } = await filled();
  lose(sha256);
  for (const table of emptied) await stage.engine.command(`TRUNCATE TABLE tributary.${table}`);
  await expectRefused(`blob ${sha256} ${reason}`);
});

it('a loss is accepted by deleting the tables, and what they left out is nobody’s only copy', async () => {
  const { sha256 } = await filled();
  blobs.delete(sha256);
  for (const { table } of await stage.sums()) await stage.engine.command(`TRUNCATE TABLE tributary.${table}`);
  await stage.engine.command('TRUNCATE TABLE tributary.log_range');
  const projector = await start('v3');
  await projector.reached(log.head());
  expect([await rows(), projector.unprojected()]).toEqual([STEPS, { count: 1, firsts: ['2'] }]);
  await fillAndStop('v4');
  expect(await rows()).toBe(STEPS);
});
