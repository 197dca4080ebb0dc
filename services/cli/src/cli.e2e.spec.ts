import { execFile, spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { tables } from './sweep-tables.fixture.ts';

const main = join(import.meta.dirname, '../../../dist/cli.js');
const answers = join(import.meta.dirname, '../../../schemas/answers');
const folder = mkdtempSync(join(tmpdir(), 'tributary-cli-'));
const data = join(folder, 'data');
const elsewhere = join(folder, 'elsewhere');
const sweep = join(folder, 'tiny');

/** Options of the import, which a later import does not repeat. */
const declared = ['--assignment', 'randomised', '--randomisation', 'Dirichlet; seed 7'];

/** What effects and designs are asked about. */
const asked = '--capability mbpp --slice code --displacement proportional --experiment tiny'.split(' ');

type Ended = { code: number; out: string; err: string };

function tributary(...words: string[]): Promise<Ended> {
  const env = { ...process.env, TRIBUTARY_DATA: data };
  return new Promise((resolve) => {
    execFile(process.execPath, [main, ...words], { env, maxBuffer: 1 << 26 }, (error, out, err) => {
      resolve({ code: typeof error?.code === 'number' ? error.code : Number(error !== null), out, err });
    });
  });
}

/** The JSON that a command prints, checked against its schema. */
async function answer(schema: string, ...words: string[]) {
  const { out, err } = await tributary(...words, '--json');
  const value: unknown = JSON.parse(out || JSON.stringify(err));
  const check = new Ajv2020({ strict: true, allowUnionTypes: true });
  const valid = check.compile(JSON.parse(readFileSync(join(answers, `${schema}.json`), 'utf8')));
  expect(valid(value) ? undefined : { errors: valid.errors, value }).toBeUndefined();
  return value;
}

beforeAll(() => {
  mkdirSync(sweep);
  for (const [split, runs, seed] of [
    ['train', 40, 7],
    ['test', 10, 11],
  ] as const) {
    const { mixtures, losses } = tables(runs, seed);
    writeFileSync(join(sweep, `${split}_mixture_1m.csv`), mixtures);
    writeFileSync(join(sweep, `${split}_loss_1m.csv`), losses);
  }
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe.skipIf(!existsSync(main))('the command on its own (needs a build)', () => {
  it('plans an import without touching the data directory', async () => {
    expect(await answer('import', 'import', sweep, '--dry-run')).toMatchObject({
      appended: 0,
      plan: { events: 302 },
    });
    expect(existsSync(data)).toBe(false);
  });

  it('imports a folder', async () => {
    expect(await answer('import', 'import', sweep, ...declared)).toMatchObject({
      kind: 'sweep',
      appended: 302,
      duplicates: 0,
      byType: { 'training.run.started': 50, 'evaluation.score.recorded': 100 },
      rejected: [],
      raw: { kept: 4, known: 0, withheld: 0 },
    });
  });

  it('does not store the source of a fact where the file contains a secret', async () => {
    const secret = join(folder, 'secret');
    mkdirSync(secret);
    const model_args = `pretrained=m,token=hf_${'a1B2'.repeat(8)}`;
    const config = { model: 'hf', model_args, num_fewshot: 0 };
    const results = { results: { t: { acc: 0.5 } }, versions: { t: 0 }, config };
    writeFileSync(join(secret, 'r.json'), JSON.stringify(results));
    const where = ['--data', join(folder, 'other')];
    expect(await answer('import', 'import', secret, ...where)).toMatchObject({
      appended: 1,
      raw: { kept: 0, known: 0, withheld: 1 },
      warnings: expect.arrayContaining([expect.objectContaining({ code: 'raw_not_kept' })]),
    });
    expect(await answer('source', 'source', '3', ...where)).toMatchObject({ kept: false, excerpt: null });
  });
});

describe.skipIf(!existsSync(main))('the command with a running server (needs a build)', () => {
  const running: { server?: ChildProcess; url?: string } = {};

  async function serve(directory: string, port = '0'): Promise<void> {
    const server = spawn(process.execPath, [main, 'serve', '--port', port, '--data', directory], {
      env: { ...process.env, TRIBUTARY_DISK_WARN_BYTES: String(2 ** 50) },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    running.server = server;
    running.url = await new Promise<string>((resolve, reject) => {
      server.stdout.once('data', (chunk) => resolve(String(chunk).trim()));
      server.once('exit', (code) => reject(new Error(`serve ended with ${code}`)));
    });
  }
  beforeAll(() => serve(data));
  afterAll(() => running.server?.kill('SIGKILL'));

  const endOfLog = async () => String(Object(await answer('status', 'status')).log.position);

  it('reports the positions of the log and of the tables', async () => {
    const status = await answer('status', 'status');
    expect(status).toMatchObject({ lag: 0, complete: true, counts: { 'training.run.started': 50 } });
    expect(await answer('status', 'status', '--url', running.url ?? '')).toEqual(status);
  });

  it('has the settings of the environment, as the services have', async () => {
    const ready = await fetch(`${running.url}/ready`);
    expect(await ready.json()).toMatchObject({ disk: { of: 'data', state: 'warn' } });
  });

  it('changes nothing when a folder is imported again', async () => {
    expect(await answer('import', 'import', sweep, ...declared)).toMatchObject({
      appended: 0,
      duplicates: 302,
      byType: {},
      raw: { kept: 0, known: 4, withheld: 0 },
    });
  });

  it('keeps a declared assignment when the files are imported again', async () => {
    expect(await answer('import', 'import', sweep)).toMatchObject({ appended: 0, duplicates: 301 });
  });

  it('shows the source of a fact by position or by id', async () => {
    const found = await answer('source', 'source', '4');
    expect(found).toMatchObject({ source: 'urn:tributary:importer:sweep', pointer: 'line:2', kept: true });
    const { id, excerpt } = Object.assign({ id: '', excerpt: '' }, found);
    const rows = ['test', 'train'].map((split) =>
      readFileSync(join(sweep, `${split}_mixture_1m.csv`), 'utf8'),
    );
    expect(rows.join('\n').split('\n')).toContain(excerpt);
    expect(await answer('source', 'source', id)).toEqual(found);
    expect(await answer('refusal', 'source', '999999')).toMatchObject({ refusal: 'unknown_event' });
  });

  it('refuses host names that are none, and to serve the same data twice', async () => {
    const named = await tributary('serve', '--port', '0', '--allowed-hosts', 'a:1');
    expect(named.code).toBe(2);
    expect(named.err).toContain('--allowed-hosts a:1: name hosts without a port');
    const { code, err } = await tributary('serve', '--port', '0');
    expect(code).toBe(1);
    expect(err).toContain(running.url);
  });

  it('reports what a run consumed, and refuses an ambiguous prefix', async () => {
    const exposure = await answer('exposure', 'exposure', 'tiny-1m/train-40', '--by', 'slice');
    expect(exposure).toMatchObject({
      run: 'tiny-1m/train-40',
      unit: 'share',
      total: expect.closeTo(1, 9),
      complete: true,
    });
    const run = 'tiny-1m/train-40';
    const difference = await answer('exposure-difference', 'exposure', `${run}@1`, '--diff', run);
    expect(difference).toMatchObject({ second: { run, checkpoint: null } });
    expect(await answer('mixture-drift', 'exposure', run, '--drift')).toMatchObject({ notCompared: 1 });
    expect(await tributary('exposure', 'tiny-1m/train-')).toMatchObject({
      code: 1,
      err: expect.stringContaining('several runs'),
    });
    expect(await answer('refusal', 'exposure', 'nobody')).toMatchObject({ refusal: 'unknown_run' });
    expect(await answer('loss-spikes', 'spikes', 'tiny-1m/train-40')).toMatchObject({ total: 0 });
    expect(await answer('score-comparison', 'compare-scores', run, 'tiny-1m/train-39')).toMatchObject({
      compared: { length: expect.any(Number) },
      complete: true,
    });
    expect(await tributary('compare-scores', run, run)).toMatchObject({ code: 1, out: '' });
    expect(await answer('summary', 'summary', run)).toMatchObject({ run, complete: false });
    expect(await answer('contamination', 'contamination', 'mbpp', run)).toMatchObject({ complete: false });
  });

  it('lists the experiments that can be asked', async () => {
    expect(await answer('experiments', 'experiments')).toMatchObject({
      experiments: [{ id: 'tiny-1m', origin: 'assigned', why: null }],
      leftOut: [],
    });
  });

  it('refuses to attribute without a displacement and names the rules', async () => {
    const { code, out, err } = await tributary('attribute', '--capability', 'mbpp', '--slice', 'code');
    expect({ code, out }).toEqual({ code: 1, out: '' });
    expect(err).toMatch(/proportional.*swap:<slice>.*within:<domain>.*added_budget/s);
    expect(await answer('refusal', 'attribute', '--slice', 'code')).toMatchObject({
      refusal: 'displacement_missing',
    });
  });

  it('attributes the planted effect with its interval, identification and evidence', async () => {
    const effects = await answer('attribute', 'attribute', ...asked, '--no-record');
    expect(effects).toContainEqual(
      expect.objectContaining({
        estimand: expect.objectContaining({ slice: 'code', capability: 'mbpp' }),
        displacement: 'proportional',
        effect: expect.any(Number),
        interpretation: 'associated_with_better',
        interval: expect.objectContaining({ low: expect.any(Number), high: expect.any(Number) }),
      }),
    );
    const recorded = { answer: expect.stringMatching(/^answer:/) };
    expect(await answer('attribute', 'attribute', ...asked)).toMatchObject([
      { ...recorded, family: { procedure: 'lond', name: 'tiny-1m', decisions: [{ before: 0 }] } },
    ]);
    const { out } = await tributary('attribute', ...asked);
    expect((await tributary('attribute', ...asked)).out).toBe(out);
    const alone = (await tributary('attribute', ...asked, '--no-record')).out;
    expect(alone).toContain(`as of position ${await endOfLog()}`);
    expect(alone).toContain(
      'not recorded: asked for with --no-record; tested in the order of the family tiny-1m, and no later question counts these tests',
    );
  });

  it('plans the runs to launch next, with what they cost, and refuses a plan for nothing', async () => {
    const [plan] = Object.assign(
      { plans: [] },
      await answer('design', 'design', ...asked, '--runs', '3'),
    ).plans;
    expect(plan).toMatchObject({ estimator: 'response_surface', cost: { runs: 3 } });
    expect((await tributary('design', ...asked)).out).toMatch(/cost: 6 runs/);
    expect(await answer('refusal', 'design', ...asked, '--effect', '0')).toMatchObject({
      refusal: 'effect_out_of_range',
    });
  });

  it('predicts mixtures of a file, and lists slices where the columns do not match', async () => {
    const file = join(sweep, 'test_mixture_1m.csv');
    expect(await answer('predict', 'predict', '--experiment', 'tiny-1m', '--mixtures', file)).toMatchObject({
      experiment: 'tiny-1m',
      outcomes: expect.arrayContaining(['mbpp', 'gsm8k']),
      rows: { length: 10 },
    });
    const other = join(folder, 'other.csv');
    writeFileSync(other, 'id,web,books\na,0.5,0.5\n');
    const { code, err } = await tributary('predict', '--experiment', 'tiny-1m', '--mixtures', other);
    expect(code).toBe(1);
    expect(err).toContain('unknown: books (column books of other.csv); missing:');
  });

  it('lists, shows, corrects and discards dead letters', async () => {
    const ended = (id: string, status: string) => ({
      specversion: '1.0',
      id,
      source: 'urn:test',
      type: 'training.run.ended',
      data: { runId: id, attempt: 1, status },
    });
    const body = ['fix', 'drop'].map((id) => JSON.stringify(ended(id, 'done'))).join('\n');
    const headers = { 'content-type': 'application/x-ndjson' };
    const url = `${(running.url ?? '').replace(/\/$/, '')}/v1/events?atomic=false`;
    const refused: unknown = await (await fetch(url, { method: 'POST', headers, body })).json();
    const [parked, drop] = Object.assign({ errors: [{ deadLetterId: '' }] }, refused).errors.map(
      ({ deadLetterId }) => deadLetterId,
    );
    expect(await answer('status', 'status')).toMatchObject({ deadLetters: { parked: 2 }, unprojected: 0 });
    expect((await tributary('dead-letters')).out).toContain('2 parked, 0 replayed, 0 discarded');
    expect((await tributary('dead-letters', 'show', parked ?? '')).out).toContain(
      'refused once by POST /v1/events',
    );
    const file = join(folder, 'corrected.json');
    writeFileSync(file, JSON.stringify(ended('fix', 'stopped')));
    const fix = ['fix', parked ?? '', '--file', file, '--actor', 'mara'];
    expect(await answer('dead-letters', 'dead-letters', ...fix)).toMatchObject({
      deadLetters: [{ id: parked, state: 'replayed', position: await endOfLog() }],
    });
    const discard = ['discard', drop ?? '', '--reason', 'a test', '--actor', 'mara'];
    expect(await answer('dead-letters', 'dead-letters', ...discard)).toMatchObject({
      deadLetters: [{ id: drop, state: 'discarded' }],
    });
    expect(await answer('status', 'status')).toMatchObject({
      deadLetters: { parked: 0, replayed: 1, discarded: 1 },
    });
  });

  it('rebuilds every table from the log to the same rows', async () => {
    const rebuilt = { equal: true, position: await endOfLog(), divergence: null };
    expect(await answer('rebuild', 'rebuild', '--verify')).toMatchObject({ ...rebuilt, exchanged: false });
    expect(await answer('rebuild', 'rebuild')).toMatchObject({ ...rebuilt, exchanged: true });
  });

  it('answers about runs that are called as inherited members, and whose start was never recorded', async () => {
    const names = ['__proto__', 'toString'];
    const facts = names.flatMap((runId) => [
      {
        type: 'training.exposure.recorded',
        data: {
          runId,
          attempt: 1,
          firstStep: 1,
          lastStep: 2,
          unit: 'token',
          method: 'measured',
          amounts: [{ slice: 'constructor', amount: 10 }],
        },
      },
      { type: 'training.steps.recorded', data: { runId, attempt: 1, steps: [2], columns: { loss: [3] } } },
    ]);
    const lines = facts.map((fact, index) =>
      JSON.stringify({ specversion: '1.0', id: `named-${index}`, source: 'urn:test', ...fact }),
    );
    const url = `${(running.url ?? '').replace(/\/$/, '')}/v1/events`;
    const headers = { 'content-type': 'application/x-ndjson' };
    expect((await fetch(url, { method: 'POST', headers, body: lines.join('\n') })).ok).toBe(true);
    for (const run of names) {
      const stub = { run, complete: false, reason: `the start of run ${run} was never recorded` };
      expect(await answer('exposure', 'exposure', run)).toMatchObject({
        ...stub,
        rows: [{ slice: 'constructor', tokens: 10 }],
      });
      const attempts = [{ attempt: 1, started: false, status: 'unknown', steps: 1, interval: null }];
      expect(await answer('run', 'run', run)).toMatchObject({ ...stub, attempts });
      expect(await answer('lineage', 'lineage', `run:${run}`)).toMatchObject({
        nodes: [{ id: `run:${run}`, stub: true }, { id: 'slice:constructor' }],
      });
    }
    expect((await tributary('run', 'toS')).out).toContain('unknown, start not recorded');
  });

  it.each([
    'lineage run:nobody',
    'run nobody',
    'source nobody',
    'answer abcdef0',
    'answers nobody',
    'dead-letters show nobody',
    'attribute --experiment nobody --displacement proportional',
    'design --experiment nobody --capability code --slice code --displacement proportional',
  ])('refuses %s, which nothing mentions', async (words) => {
    const refusal = expect.stringMatching(/^unknown_|_unknown$/);
    expect(await answer('refusal', ...words.split(' '))).toMatchObject({ refusal });
  });

  it('keeps an answer, names the correction that supersedes it, and gives the same bytes after a rebuild', async () => {
    const words = ['--experiment', 'tiny', '--displacement', 'proportional'];
    const keep = ['attribute', '--capability', 'mbpp', '--slice', 'code', ...words];
    const [first] = Object.assign([{ answer: '' }], await answer('attribute', ...keep));
    const id = first?.answer ?? '';
    const kept = await answer('answer', 'answer', id);
    expect(kept).toMatchObject({ id, state: 'current', changes: [] });

    const url = (running.url ?? '').replace(/\/$/, '');
    const post = async (path: string, type: string, body: object): Promise<unknown> => {
      const headers = { 'content-type': type };
      return (await fetch(`${url}${path}`, { method: 'POST', headers, body: JSON.stringify(body) })).json();
    };
    const changed = Object.assign({ evidence: [''] }, kept).evidence.at(-2) ?? '';
    const query = `{ event(position: "${changed}") { type json } }`;
    const event = { data: { event: { type: '', json: '' } } };
    const { data: found } = Object.assign(event, await post('/graphql', 'application/json', { query }));
    const { type, json } = found.event;
    expect(type).toBe('evaluation.score.recorded');
    const correction = { id: 'corrected', actor: 'mara', correctionreason: 'typo' };
    const { id: corrects, ...score } = Object.assign({ id: '' }, JSON.parse(json));
    await post('/v1/events', 'application/cloudevents+json', { ...score, ...correction, corrects });

    expect(await answer('rebuild', 'rebuild')).toMatchObject({ equal: true, exchanged: true });
    expect(await answer('answer', 'answer', id.slice(7, 17), '--rerun')).toMatchObject({
      state: 'superseded',
      verification: 'verified',
      changes: [{ changed, type, reason: 'typo', actor: 'mara' }],
      rerun: { same: true },
    });
    expect(await answer('answers', 'answers', 'tiny', '--verify')).toMatchObject({
      answers: [{ id, laterAnswer: null, verification: 'verified' }],
    });
  });

  it('sends nothing to another server that has the port of one that was killed', async () => {
    const killed = new Promise((resolve) => running.server?.once('exit', resolve));
    running.server?.kill('SIGKILL');
    await killed;
    await serve(elsewhere, new URL(running.url ?? '').port);
    for (const words of [['import', sweep, ...declared], ['status'], ['rebuild']]) {
      const { code, out } = await tributary(...words, '--json', '--quiet');
      const text = expect.stringMatching(/another server of .*elsewhere answers there; nothing was sent/);
      expect([code, JSON.parse(out)]).toEqual([1, { refusal: 'other_server', text }]);
    }
    const status = await answer('status', 'status', '--data', elsewhere);
    expect(status).toMatchObject({ log: { position: '0' }, counts: {} });
  });

  it('stops at a signal and no longer announces itself', async () => {
    const ended = new Promise((resolve) => running.server?.once('exit', resolve));
    running.server?.kill('SIGTERM');
    expect(await ended).toBe(0);
    expect(existsSync(join(elsewhere, 'server.json'))).toBe(false);
  });
});
