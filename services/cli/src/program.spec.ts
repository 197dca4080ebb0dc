import { mkdirSync, mkdtempSync, rmSync, writeFileSync, existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { run } from './program.ts';

const folder = mkdtempSync(join(tmpdir(), 'tributary-run-'));
const data = join(folder, 'data');
const tiny = join(folder, 'tiny');
beforeAll(() => {
  mkdirSync(tiny);
  writeFileSync(join(tiny, 'mix.csv'), 'id,web,code\na,0.5,0.5\nb,0.2,0.8\nc,0.2,oops\n');
  writeFileSync(join(tiny, 'loss.csv'), 'id,loss\na,2\nb,3\nc,4\n');
  const event = { specversion: '1.0', id: '1', source: 'urn:test', type: 'training.run.ended', data: {} };
  writeFileSync(join(folder, 'log.ndjson.gz'), gzipSync(`${JSON.stringify(event)}\n\nnot json\n`));
});
afterAll(() => rmSync(folder, { recursive: true }));

const tributary = (...words: string[]) => tributaryIn({}, ...words);

async function tributaryIn(environment: Readonly<Record<string, string>>, ...words: string[]) {
  const out: string[] = [];
  const err: string[] = [];
  const code = await run(['node', 'tributary', ...words], {
    print: (text) => void out.push(text),
    report: (text) => void err.push(text),
    interactive: false,
    directory: data,
    environment,
    onSignal: () => undefined,
    exitNow: () => undefined,
  });
  return { code, out: out.join(''), err: err.join('') };
}

it('plans an import on stdout, lists what it rejects, exits with 3 and writes nothing', async () => {
  const { code, out } = await tributary('import', tiny, '--dry-run');
  expect(code).toBe(3);
  expect(out).toContain(
    'tiny: 2 mixtures, 2 runs (2 train arms, 0 held out), 2 scores, 2 slices, 1 capability',
  );
  expect(out).toContain('mix.csv:4, code: "oops" is not a number');
  expect(existsSync(data)).toBe(false);
});

it('writes no control character of a file to either stream, in text and in JSON', async () => {
  const hostile = join(folder, 'hostile\u001B[2J\u009B2J');
  mkdirSync(hostile);
  writeFileSync(join(hostile, 'mix.csv'), 'id,we\u009Bb,co\u202Ede\na,0.5,0.5\nb\u0085,0.2,oo\u001Bps\n');
  writeFileSync(join(hostile, 'loss.csv'), 'id,loss\na,2\nb\u0085,3\n');
  for (const more of [[], ['--json'], ['--name', 'n\u001B']]) {
    for (const path of [hostile, `${hostile}/missing`]) {
      const { out, err } = await tributary('import', path, '--dry-run', ...more);
      expect(out + err).not.toBe('');
      expect(out + err).not.toMatch(/[^\P{Cc}\n\t]|\p{Cf}/u);
    }
  }
});

it('exits with 0 where rejects are allowed, and writes only JSON to stdout', async () => {
  const { code, out, err } = await tributary(
    'import',
    tiny,
    '--dry-run',
    '--allow-rejects',
    '--json',
    '--name',
    'n',
  );
  expect(code).toBe(0);
  expect(JSON.parse(out)).toMatchObject({
    kind: 'sweep',
    appended: 0,
    dryRun: true,
    plan: { experiments: [{ experiment: 'n' }] },
  });
  expect(err).toContain('would create');
});

it('writes nothing to stderr with --quiet', async () => {
  const { err } = await tributary('import', tiny, '--dry-run', '--json', '--quiet');
  expect(err).toBe('');
});

it('imports every kind of a mixed folder, says why each was recognised, and lists the rest', async () => {
  const mixed = join(folder, 'mixed');
  mkdirSync(join(mixed, 'evals'), { recursive: true });
  mkdirSync(join(mixed, 'sweep'));
  writeFileSync(join(mixed, 'LICENSE'), 'do what you want');
  writeFileSync(join(mixed, 'sweep/mix.csv'), 'id,web,code\na,0.5,0.5\nb,0.2,0.8\n');
  writeFileSync(join(mixed, 'sweep/loss.csv'), 'id,loss\na,2\nb,3\n');
  const config = { model: 'hf', model_args: 'pretrained=m,revision=step5', num_fewshot: 0 };
  const results = { results: { t: { acc: 0.5 } }, versions: { t: 0 }, config };
  writeFileSync(join(mixed, 'evals/r.json'), JSON.stringify(results));
  const json = await tributary('import', mixed, '--dry-run', '--json', '--quiet');
  expect(json.code).toBe(0);
  expect(JSON.parse(json.out)).toMatchObject({
    kind: 'several',
    sources: [
      { kind: 'sweep', sources: 1, files: 2 },
      { kind: 'lm-eval', sources: 1, files: 1 },
    ],
    unrecognised: ['LICENSE'],
    plan: { experiments: [{ experiment: 'sweep' }] },
  });
  const { out } = await tributary('import', mixed, '--dry-run');
  expect(out).toContain('evals/r.json has results, versions and config.model_args');
  expect(out).toContain('unrecognised: 1 file\n  LICENSE');
  const one = await tributary('import', mixed, '--dry-run', '--json', '--quiet', '--as', 'evals=lighteval');
  expect(JSON.parse(one.out)).toMatchObject({ kind: 'sweep', unrecognised: ['LICENSE', 'evals/r.json'] });
  const unknown = await tributary('import', mixed, '--as', 'mlfow', '--json');
  expect(JSON.parse(unknown.out)).toMatchObject({ refusal: 'kind_unknown' });
});

it('recognises a compressed file of events and counts its lines', async () => {
  const { code, out } = await tributary('import', join(folder, 'log.ndjson.gz'), '--dry-run', '--json');
  expect(code).toBe(3);
  expect(JSON.parse(out)).toMatchObject({
    kind: 'events',
    plan: { events: 1, byType: { 'training.run.ended': 1 } },
    rejected: [
      { source: expect.stringMatching(/log\.ndjson\.gz:3$/), reason: 'the line is not a CloudEvent' },
    ],
  });
});

it.each([
  [['import', join(folder, 'absent')], 'neither a folder nor a file'],
  [['import', tiny, '--assignment', 'dice'], 'Allowed choices are randomised, manual, unknown'],
  [['import', tiny, '--assignment', 'randomised'], 'needs the record'],
  [['exposure'], "missing required argument 'run'"],
  [['exposure', '--group-by', 'run,colour'], 'colour is none of run, domain'],
  [['exposure', '--group-by', 'run', '--only', 'code'], 'It is one of domain, slice'],
  [['exposure', 'r', '--plot', 'picture.png'], 'ends in .svg'],
  [['exposure', 'r', '--plot', 'a.svg', '--step', '5'], 'cannot be used with'],
  [['exposure', 'r', '--by', 'token'], 'Allowed choices are domain, slice, shard'],
  [['exposure', 'r', '--step', '1.5'], 'integer'],
  [['exposure', 'r', '--drift', '--step', '5'], 'cannot be used with'],
  [['exposure', 'r', '--drift', '--windows', '0'], 'above zero'],
  [['exposure', 'r', '--drift', '--tolerance', '3'], 'from 0 to 2'],
  [['what-if', 'm'], '--tokens'],
  [['what-if', 'm', '--tokens', '0.5'], 'above zero'],
  [['spikes', 'r', '--threshold', '0'], 'above zero'],
  [['metrics', 'r', 'loss', '--attempt', '1'], 'leave out --attempt or the metric'],
  [['metrics', 'r', '--origin', 'points'], '--origin is about the values of one metric'],
  [['metrics', 'r', '--from-step', '0'], '--from-step is about the values of one metric'],
  [['metrics', 'r', '--step', '2'], '--step is about the values of one metric'],
  [['metrics', 'r', '--buckets', 'fine'], '--buckets is about the values of one metric'],
  [['serve', '--port', '99999'], 'not a port'],
  [['predict', '--experiment', 'e'], '--mixtures'],
  [['design', '--slice', 'code'], '--capability'],
  [['design', '--slice', 'code', '--capability', 'c', '--effect', 'big'], 'It is not a number'],
  [['frobnicate'], 'unknown command'],
])('exits %j with 2 and says what is wrong', async (words, text) => {
  const { code, err } = await tributary(...words);
  expect(code).toBe(2);
  expect(err).toContain(text);
});

it('refuses a folder that it does not recognise, as text or as JSON', async () => {
  const empty = join(folder, 'empty');
  mkdirSync(empty);
  const text = await tributary('import', empty);
  expect(text).toMatchObject({
    code: 1,
    out: '',
    err: expect.stringContaining('Nothing in empty (0 files) was recognised. It looks like an empty folder.'),
  });
  const json = await tributary('import', empty, '--json');
  expect(json.code).toBe(1);
  expect(JSON.parse(json.out)).toMatchObject({ refusal: 'kind_not_recognised' });
});

it('says of what it does not recognise what it looks like, the nearest kind, and the command to try', async () => {
  const path = join(folder, 'consumed.tsv');
  writeFileSync(path, 'run\tdomain\ttokens\na\tweb\t5\n');
  const { err } = await tributary('import', path);
  expect(err.trim().split('\n')).toEqual([
    'tributary: Nothing in consumed (1 file) was recognised. consumed.tsv looks like a table with the columns run, domain, tokens.',
    expect.stringMatching(/^The nearest kind is sweep, which looks for a table of mixtures/),
    `Try: tributary map ${path} > map.yaml, then: tributary import ${path} --map map.yaml`,
  ]);
});

it('proposes a map with what is open on stdout, shows rows on stderr, and imports by it', async () => {
  const path = join(folder, 'history.csv');
  const map = join(folder, 'map.yaml');
  writeFileSync(path, 'run,step,loss\na,1,2.5\na,2,x\n'.replace('x', '2'));
  const { out, err } = await tributary('map', path);
  expect(out).toContain('run: run\nstep: step\nmetrics:');
  expect(err).toContain('2: a,1,2.5\n   run=a step=1 loss=2.5\n');
  writeFileSync(map, out);
  const planned = await tributary('import', path, '--map', map, '--dry-run', '--json');
  expect(JSON.parse(planned.out)).toMatchObject({ kind: 'map', plan: { events: 2 }, rejected: [] });
  writeFileSync(map, out.replace('step: step', 'step: ?'));
  const open = await tributary('import', path, '--map', map, '--dry-run');
  expect(open).toMatchObject({ code: 1, err: expect.stringContaining('step: "?" is missing') });
  const both = await tributary('import', path, '--map', map, '--as', 'sweep');
  expect(both).toMatchObject({ code: 2, err: expect.stringContaining('--map and --as exclude each other') });
});

it('proposes one map for the files of a folder, names each file, and imports those that it reads', async () => {
  const exported = join(folder, 'exported');
  const map = join(folder, 'exported.yaml');
  mkdirSync(exported);
  for (const [run, tag] of ['A loss', 'A lr', 'B loss'].map((name) => name.split(' ')))
    writeFileSync(join(exported, `run-${run}-tag-${tag}.csv`), 'Wall time,Step,Value\n1700000000,1,2.5\n');
  writeFileSync(join(exported, 'notes.md'), 'hello\n');
  const { out } = await tributary('map', exported);
  expect(out.split('\n').slice(0, 7)).toEqual([
    `# ${exported}: 3 of 4 files are each a table with the columns Wall time, Step, Value`,
    '# reads:',
    '#   run-A-tag-loss.csv',
    '#   run-A-tag-lr.csv',
    '#   run-B-tag-loss.csv',
    '# not for this map, a single line of text:',
    '#   notes.md',
  ]);
  writeFileSync(map, out);
  const all = await tributary('import', exported, '--map', map, '--dry-run', '--json', '--quiet');
  expect(JSON.parse(all.out)).toMatchObject({
    kind: 'map',
    sources: [{ files: 3, evidence: expect.arrayContaining(['run-A-tag-lr.csv is read by the map']) }],
    unrecognised: ['notes.md'],
    rejected: [],
    plan: { byType: { 'training.steps.recorded': 2, 'training.metrics.recorded': 1 } },
  });
  const named = ['run-B-tag-loss.csv', 'run-A-tag-loss.csv', 'run-A-tag-loss.csv'];
  const paths = named.map((name) => join(exported, name));
  const two = await tributary('import', ...paths, '--map', map, '--dry-run', '--json', '--quiet');
  expect(JSON.parse(two.out)).toMatchObject({ sources: [{ files: 2 }], rejected: [] });
  const none = await tributary('import', tiny, '--map', map, '--dry-run', '--json');
  expect(JSON.parse(none.out)).toMatchObject({ refusal: 'map_reads_nothing' });
});

it('refuses a file of events among other files, and paths that are not there', async () => {
  const events = join(folder, 'log.ndjson.gz');
  const mixed = await tributary('import', events, tiny, '--dry-run');
  expect(mixed).toMatchObject({ code: 2, err: expect.stringContaining('import it by a command of its own') });
  const absent = await tributary('map', tiny, join(folder, 'absent'));
  expect(absent).toMatchObject({
    code: 2,
    err: expect.stringContaining('not every path is a file or folder'),
  });
});

it('fails where no server answers at --url', async () => {
  const { code, err } = await tributary('status', '--url', 'http://127.0.0.1:1');
  expect(code).toBe(1);
  expect(err).toContain('Is the server running?');
});

it('prints its help on stdout and exits with 0', async () => {
  const { code, out } = await tributary('--help');
  expect(code).toBe(0);
  expect(out).toContain('attribute');
});

it('refuses to start a server with settings that cannot be used, and names each', async () => {
  const environment = { TRIBUTARY_DISK_REFUSE_BYTES: 'all', TRIBUTARY_FAULT_GRACE_MS: '-1' };
  for (const command of ['serve', 'status']) {
    const { code, err } = await tributaryIn(environment, command);
    expect(code).toBe(1);
    expect(err).toMatch(/TRIBUTARY_DISK_REFUSE_BYTES: [^]*TRIBUTARY_FAULT_GRACE_MS: /);
  }
});
