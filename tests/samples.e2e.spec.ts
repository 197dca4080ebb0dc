import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { counted, SAMPLES } from '../libs/adapters/importers/src/samples.fixture.ts';
import { startServer } from '../services/standalone/src/server-under-test.fixture.ts';
import type { ServerUnderTest } from '../services/standalone/src/server-under-test.fixture.ts';

const main = join(import.meta.dirname, '../dist/cli.js');
const folder = mkdtempSync(join(tmpdir(), 'tributary-samples-'));
const counterExamples = join(SAMPLES, 'counter-examples');
let server: ServerUnderTest;

type Explained = { readonly path: string; readonly reason: string };
type Report = {
  readonly sources: readonly { readonly kind: string; readonly files: number }[];
  readonly unrecognised: readonly string[];
  readonly unrecognisedReasons: readonly Explained[];
  readonly skipped: readonly Explained[];
  readonly ambiguous: readonly unknown[];
  readonly appended: number;
  readonly duplicates: number;
  readonly byType: Readonly<Record<string, number>>;
  readonly plan: { readonly events: number; readonly byType: Readonly<Record<string, number>> };
  readonly warnings: readonly { code: string; count: number; example: string; others?: readonly string[] }[];
  readonly rejected: readonly { readonly source: string; readonly reason: string }[];
};

function importing(path: string): Promise<Report> {
  const words = [main, 'import', path, '--json', '--quiet', '--allow-rejects', '--url', server.url];
  return new Promise((resolve, reject) => {
    execFile(process.execPath, words, { maxBuffer: 1 << 26 }, (error, out) => {
      if (error) reject(error);
      else resolve(JSON.parse(out));
    });
  });
}

const filesOf = (path: string): string[] =>
  readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(path, join(entry.parentPath, entry.name)));

const totalOf = (measure: string): number =>
  Object.entries(counted)
    .filter(([kind]) => kind !== 'events')
    .reduce((sum, [, counts]) => sum + (counts[measure] ?? 0), 0);

/** Types of which each fact is one thing that the recipes count. */
const COUNTED_TYPES = {
  'evaluation.score.recorded': 'scores',
  'corpus.shard.registered': 'shards',
  'corpus.snapshot.registered': 'snapshots',
  'corpus.step.completed': 'pipelineSteps',
  'mixture.plan.decided': 'mixtures',
  'training.checkpoint.saved': 'checkpoints',
  'training.exposure.recorded': 'exposures',
  'routing.load.observed': 'routingLoads',
  'lineage.run.observed': 'lineageEvents',
};

const total = (numbers: readonly number[]): number => numbers.reduce((sum, number) => sum + number, 0);

describe.skipIf(!existsSync(main))('the report on examples/samples (needs a build)', () => {
  beforeAll(async () => {
    server = await startServer(join(folder, 'data'));
  });
  afterAll(async () => {
    await server.end('SIGTERM');
    rmSync(folder, { recursive: true, force: true });
  });

  it('accounts for every file: read, not recognised and why, or not looked at and why', async () => {
    const report = await importing(SAMPLES);
    const { sources, unrecognised, unrecognisedReasons, skipped, ambiguous } = report;
    expect(ambiguous).toEqual([]);
    const files = filesOf(SAMPLES);
    const below = files.filter((path) => skipped.some((left) => `${path}/`.startsWith(`${left.path}/`)));
    const read = total(sources.map((source) => source.files));
    expect(read + unrecognised.length + below.length).toBe(files.length);
    expect(unrecognisedReasons.map(({ path }) => path)).toEqual(unrecognised);
    for (const { path, reason } of [...unrecognisedReasons, ...skipped])
      expect([path, reason]).not.toContain('');

    const { appended, duplicates, byType, plan, rejected } = report;
    expect(total(Object.values(byType))).toBe(appended);
    expect(appended + duplicates).toBe(plan.events);
    for (const [type, measure] of Object.entries(COUNTED_TYPES))
      expect([type, plan.byType[type]]).toEqual([type, totalOf(measure)]);
    expect(rejected).toHaveLength(totalOf('refused'));
    for (const { source, reason } of rejected) expect([source, reason]).not.toContain('');

    const again = await importing(SAMPLES);
    expect(again).toMatchObject({ appended: 0, duplicates: plan.events, rejected });
  });

  it('names every counter-example with the refusal that it has to get, and writes no fact', async () => {
    const report = await importing(counterExamples);
    expect(report).toMatchObject({ appended: 0, duplicates: 0, rejected: [], ambiguous: [] });
    const reasons = new Map(report.unrecognisedReasons.map(({ path, reason }) => [path, reason]));
    for (const { code, example, others = [] } of report.warnings)
      for (const text of [example, ...others]) reasons.set(text.split(/[ :]/, 1)[0] ?? '', code);
    const expected: Readonly<Record<string, string>> = JSON.parse(
      readFileSync(join(counterExamples, 'refusals.json'), 'utf8'),
    );
    expect(Object.fromEntries(reasons)).toEqual(expected);
    expect(Object.keys(expected).toSorted()).toEqual(filesOf(counterExamples).toSorted());
  });

  it('accounts for the lines of a file of events, which a folder only names', async () => {
    const { appended, rejected } = await importing(join(SAMPLES, 'events/events.ndjson'));
    expect([appended, rejected.length]).toEqual([2, counted['events']?.['refused']]);
    const { unrecognisedReasons } = await importing(SAMPLES);
    expect(unrecognisedReasons).toContainEqual({
      path: 'events/events.ndjson',
      reason: 'a file of events: import it by a command of its own',
    });
  });
});
