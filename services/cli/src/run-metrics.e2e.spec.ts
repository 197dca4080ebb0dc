import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '../../..');
const main = join(root, 'dist/cli.js');
const folder = mkdtempSync(join(tmpdir(), 'tributary-metrics-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function tributary(...words: string[]): Promise<{ code: number; out: string; err: string }> {
  return new Promise((resolve) => {
    const env = { ...process.env, TRIBUTARY_DATA: join(folder, 'data') };
    execFile(process.execPath, [main, ...words, '--quiet'], { env }, (error, out, err) =>
      resolve({ code: typeof error?.code === 'number' ? error.code : Number(error !== null), out, err }),
    );
  });
}

/** What a command prints as JSON, which the schema of the name describes. */
async function answer(name: string, ...words: string[]): Promise<unknown> {
  const { out } = await tributary(...words, '--json');
  const found: unknown = JSON.parse(out);
  const schema: object = JSON.parse(readFileSync(join(root, `schemas/answers/${name}.json`), 'utf8'));
  const valid = new Ajv2020({ strict: true, allowUnionTypes: true }).compile(schema);
  expect(valid(found) ? undefined : { errors: valid.errors, found }).toBeUndefined();
  return found;
}

const event = (type: string, data: object) => ({
  specversion: '1.0',
  id: type,
  source: 'urn:test',
  type,
  data: { runId: 'r', attempt: 1, ...data },
});

const EVENTS = [
  event('training.run.started', { model: { name: 'm' }, config: { 'lr\u001b[2J': [0.1] }, seeds: {} }),
  event('training.steps.recorded', { steps: [1, 2], columns: { 'eval_loss\u001b': [3.5, 2.5] } }),
];

describe.skipIf(!existsSync(main))('what is recorded of a run (needs a build)', () => {
  beforeAll(async () => {
    const file = join(folder, 'events.ndjson');
    writeFileSync(file, EVENTS.map((one) => `${JSON.stringify(one)}\n`).join(''));
    const { code, err } = await tributary('import', file);
    if (code !== 0) throw new Error(err);
  });

  it('is listed by the metrics that it has, whose names cannot move the cursor', async () => {
    expect(await answer('metrics', 'metrics', 'r')).toMatchObject({
      metrics: [{ name: 'eval_loss\u001b', origin: 'steps', values: 2, lastStep: 2 }],
      complete: true,
    });
    const { out } = await tributary('metrics', 'r');
    expect(out).toMatch(/^eval_loss\uFFFD +steps +2 +0 +1 +2 +- +-$/m);
    expect(out).not.toContain('\u001b');
  });

  it('is a curve by the name of a metric, and says where there is none', async () => {
    expect(await answer('curve', 'metrics', 'r', 'eval_loss\u001b', '--from-step', '2')).toMatchObject({
      points: [{ step: 0, values: 1, low: 2.5, mean: 2.5, high: 2.5 }],
    });
    const none = await answer('curve', 'metrics', 'r', 'loss');
    expect(none).toMatchObject({ origin: null, reason: 'no recorded value of metric loss counts' });
    expect(await tributary('metrics', 'r', 'loss', '--step', '-1')).toMatchObject({
      code: 2,
      err: expect.stringContaining('It is a whole number from 0.'),
    });
  });

  it('is drawn up to steps beyond 2^31', async () => {
    expect(
      await answer('curve', 'metrics', 'r', 'eval_loss\u001b', '--step', '9007199254740991'),
    ).toMatchObject({
      points: [{ step: 0, values: 2 }],
    });
  });

  it('is its configuration by pointer, with the fact, and says that no environment is recorded', async () => {
    expect(await answer('config', 'config', 'r')).toMatchObject({
      config: [
        { path: ['config', 'lr\u001b[2J', '0'], value: 0.1, evidence: '1', corrects: null },
        { path: ['model', 'name'], value: 'm' },
      ],
      environment: [],
      complete: false,
      reason: 'no environment recorded',
    });
    const { out } = await tributary('config', 'r');
    expect(out).toMatch(/^\/config\/lr\uFFFD\[2J\/0 +training\.run\.started at 1, attempt 1 +0\.1$/m);
    expect(out).toContain('environment: nothing is recorded\n');
  });
});
