import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { checkEnvelope, checkFact } from '@tributary/contracts';
import { columnOf, dataOf } from '../import.fixture.ts';
import { folderOf } from '../files/folder.ts';
import { mapImporter } from './map-importer.ts';
import { readMap } from './read-map.ts';

function mapIn(yaml: string) {
  const read = readMap(yaml);
  if (!read.ok) throw new RangeError(read.text);
  return read.map;
}

async function read(yaml: string, content: string | Uint8Array, path = 'a.csv') {
  const imported = await mapImporter(mapIn(yaml)).read(folderOf('t', { [path]: content }), {});
  for (const { type, data } of imported.events) expect(checkFact(type, data)).toBeUndefined();
  return imported;
}

const STEPS = 'reads: table\nrun: run\nstep: step\nmetrics: [loss]\n';
const textOf = (yaml: string): string => {
  const answer = readMap(yaml);
  return answer.ok ? '' : answer.text;
};

describe('a map', () => {
  it.each([
    ['reads: table\nrun: ?\nstep: step\nmetrics: [loss]\n', 'run: "?" is missing: name a column'],
    ['reads: table\nstp: step\nmetrics: [loss]\n', 'there is no stp; there are: reads,'],
    ['reads: table\nrun: run\n', 'it yields no facts'],
    ['reads: table\nrun: r\nslice: s\ntokens: t\n', 'over which steps were the tokens consumed?'],
    ['reads: table\nrun: r\nbenchmark: b\nscore: s\n', 'metric: a score needs it'],
    [
      'reads: log\npatterns: ["step (?P<step>\\\\d+)"]\nstep: step\nmetrics: [loss]\n',
      'loss: no pattern has a group',
    ],
    ['reads: log\npatterns: ["(a)\\\\1"]\nmetrics: all\n', 'backreferences cannot be matched in linear time'],
    ['reads: log\npatterns: ["(?=a)b"]\nmetrics: all\n', 'lookahead and lookbehind cannot'],
    ['reads: log\npatterns: ["((a{100}){100}){100}"]\nmetrics: all\n', 'is refused'],
    ['reads: table\nnumbers: 1;2\nmetrics: [a]\n', 'numbers: must be one of'],
    ['a: [', 'it is not valid YAML'],
    ['', 'it has no keys'],
  ])('is refused with what is wrong: %j', (yaml, text) => {
    expect(textOf(yaml)).toContain(text);
  });

  it('reads a pattern that would backtrack in other engines in linear time', async () => {
    const yaml = 'reads: log\npatterns: ["^(a+)+ loss (?P<loss>\\\\d+)$"]\nmetrics: [loss]\n';
    const imported = await read(yaml, `${'a'.repeat(8000)}!\n`, 'a.log');
    expect(imported.rejected).toMatchObject([{ reason: 'no line matches a pattern of the map' }]);
  });
});

describe('what a map cannot read is reported by line', () => {
  it('names a missing column, and the columns that there are', async () => {
    const { rejected } = await read(STEPS, 'run,step,perplexity\na,1,2\n');
    expect(rejected).toEqual([
      { source: 'a.csv', pointer: '', reason: 'there is no column loss; there are: run, step, perplexity' },
    ]);
  });

  it('names two values for one step, and keeps the first: no average, no replacement', async () => {
    const imported = await read(STEPS, 'run,step,loss\na,1,2.5\na,2,2.25\na,1,2.75\na,2,2.25\n');
    expect([...columnOf(imported, 'loss')]).toEqual([
      [1, 2.5],
      [2, 2.25],
    ]);
    expect(imported.rejected).toEqual([
      {
        source: 'a.csv:4',
        pointer: 'loss',
        reason: 'step 1 of a has another value, 2.75: a.csv:2 gives 2.5, which was kept',
      },
    ]);
    expect(imported.warnings).toMatchObject([{ code: 'point_repeated', count: 1, example: 'a.csv:5' }]);
  });

  it('keeps NaN and infinity, skips empty cells, and refuses words', async () => {
    const imported = await read(
      STEPS,
      'run,step,loss\na,1,nan\na,2,-inf\na,3,\na,4,oops\na,5,1.5\n,6,1\nb,x,1\n',
    );
    expect(dataOf(imported, 'training.steps.recorded')).toMatchObject([
      { steps: [1, 2, 5], nonfinite: { loss: [{ value: 'nan' }, { value: '-inf' }] } },
    ]);
    expect(imported.rejected.map(({ source, reason }) => [source, reason])).toEqual([
      ['a.csv:5', '"oops" is not a number'],
      ['a.csv:7', 'the run is empty'],
      ['a.csv:8', '"x" is not a number'],
    ]);
  });

  it('never guesses a separator, and reads it when the map says what it means', async () => {
    const text = 'run;step;loss\na;1;1,234\na;2;3 ms\n';
    const guessed = await read(STEPS, text);
    expect(guessed.rejected).toMatchObject([
      { reason: expect.stringContaining('say in the map numbers: "1,234.5"') },
    ]);
    expect([...columnOf(guessed, 'loss (ms)')]).toEqual([[2, 3]]);
    expect(columnOf(await read(`${STEPS}numbers: "1,234.5"\n`, text), 'loss').get(1)).toBe(1234);
    expect(columnOf(await read(`${STEPS}numbers: "1234,5"\n`, text), 'loss').get(1)).toBe(1.234);
    const mixed = await read(`${STEPS}numbers: "1234,5"\n`, 'run;step;loss\na;1;1.5\na;2;1,5\n');
    expect(mixed.rejected).toMatchObject([{ source: 'a.csv:2', reason: '"1.5" is not a number' }]);
  });

  it('reads mixed line ends, a byte order mark, UTF-16 and gzip alike', async () => {
    const text = 'run,step,loss\r\na,1,2.5\na,2,2.25\ra,3,2\r\n';
    const utf16 = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(text, 'utf16le')]);
    for (const content of [text, `\uFEFF${text}`, utf16, gzipSync(text)]) {
      const imported = await read(STEPS, content);
      expect([...columnOf(imported, 'loss').values()]).toEqual([2.5, 2.25, 2]);
      expect(imported.rejected).toEqual([]);
    }
  });

  it('refuses only the line whose quote never closes, and rows of another length', async () => {
    const imported = await read(STEPS, 'run,step,loss\n"a",1,2.5\na,2,"2\na,3,2\na,4\n');
    expect([...columnOf(imported, 'loss').keys()]).toEqual([1, 3]);
    expect(imported.rejected.map(({ source }) => source)).toEqual(['a.csv:3', 'a.csv:5']);
  });

  it('lists the first refusals and counts the others', async () => {
    const { rejected } = await read(STEPS, `run,step,loss\n${'a,1,x\n'.repeat(1000)}`);
    expect(rejected).toHaveLength(201);
    expect(rejected.at(-1)?.reason).toBe('and 800 more like this, the last one: "x" is not a number');
  });

  it('refuses an empty, a binary and a headless file', async () => {
    for (const content of ['', 'a\0b', '\n\n']) expect((await read(STEPS, content)).rejected).toHaveLength(1);
  });
});

describe('what a map makes', () => {
  it.each(['-1', 'nan', '9007199254740993', '1e400'])(
    'refuses %s as an amount of tokens, by its line, and takes the others',
    async (amount) => {
      const { events, rejected } = await read(
        'reads: table\nrun: run\nfirst_step: step\nlast_step: step\nslice: domain\ntokens: tokens\n',
        `run,step,domain,tokens\nA,1,code,100\nA,2,code,${amount}\n`,
      );
      expect(events).toHaveLength(1);
      expect(rejected.map(({ source }) => source)).toEqual(['a.csv:3']);
    },
  );

  it.each(['139275541480.5', '1e300', '-5', '6383-06-18T10:00:00Z', '9999-12-31T23:59:59.9999999Z'])(
    'has no time where %s stands for one: it is no exact number of microseconds',
    async (time) => {
      const yaml = 'reads: table\nrun: run\nstep: step\nmetrics: [loss]\ntime: time\n';
      const { events } = await read(yaml, `run,step,loss,time\nA,1,2.5,${time}\n`);
      expect(events.map(({ type }) => type)).toContain('training.steps.recorded');
      for (const event of events) expect([event.time, checkEnvelope(event).ok]).toEqual([undefined, true]);
    },
  );

  it('is exposure by slice and shard, one fact a range of steps', async () => {
    const yaml =
      'reads: table\nrun: run\nfirst_step: from\nlast_step: to\nslice: domain\nshard: shard\ntokens: tokens\n';
    const text =
      'run,from,to,domain,shard,tokens\na,1,9,Web,s1,100\na,1,9,code,,50\na,10,19,web,s1,7\na,10,19,WEB,s1,7\n';
    const imported = await read(yaml, text);
    expect(dataOf(imported, 'training.exposure.recorded')).toMatchObject([
      {
        runId: 'a',
        firstStep: 1,
        lastStep: 9,
        amounts: [
          { slice: 'code', amount: 50 },
          { slice: 'web', shardId: 's1', amount: 100 },
        ],
      },
      { firstStep: 10, lastStep: 19, amounts: [{ slice: 'web', amount: 7 }] },
    ]);
    expect(dataOf(imported, 'training.run.started')).toEqual([]);
    expect(imported.rejected).toMatchObject([
      { source: 'a.csv:5', reason: expect.stringContaining('second amount') },
    ]);
  });

  it('warns where amounts look like running totals', async () => {
    const yaml = 'reads: table\nrun: run\nstep: step\nslice: domain\ntokens: tokens\n';
    const rows = (tokens: readonly number[]) =>
      tokens.map((amount, step) => `a,${step},web,${amount}\n`).join('');
    const totals = await read(yaml, `run,step,domain,tokens\n${rows([10, 20, 30])}`);
    expect(totals.warnings).toMatchObject([{ code: 'amounts_may_be_totals', count: 1 }]);
    expect((await read(yaml, `run,step,domain,tokens\n${rows([10, 10, 12])}`)).warnings).toEqual([]);
  });

  it('is scores with unit and direction as the map says', async () => {
    const yaml =
      'reads: table\nrun: m\nmodel: m\nseed: {is: 7}\nbenchmark: task\nmetric: {is: cost}\nscore: s\nunit: {is: euro}\ndirection: {is: lower}\n';
    const imported = await read(yaml, 'm,task,s\na,arc,0.5\na,arc,0.75\n');
    expect(dataOf(imported, 'evaluation.score.recorded')).toMatchObject([
      { runId: 'a', benchmark: 'arc', metric: 'cost', value: 0.5, unit: 'euro', higherIsBetter: false },
    ]);
    expect(dataOf(imported, 'training.run.started')).toMatchObject([
      { model: { name: 'a' }, seeds: { init: 7 } },
    ]);
    expect(imported.rejected).toMatchObject([
      { reason: 'arc of a has another value, 0.75: a.csv:2 gives 0.5, which was kept' },
    ]);
  });

  it('begins an attempt where the steps of a log go back, and names a log of several processes', async () => {
    const yaml =
      'reads: log\npatterns: ["step (?P<step>\\\\d+) loss (?P<loss>\\\\S+)"]\nstep: step\nmetrics: [loss]\n';
    const imported = await read(yaml, 'step 1 loss 3\nstep 2 loss 2\nnoise\nstep 1 loss 2.5\n', 'a.log');
    expect(dataOf(imported, 'training.steps.recorded')).toMatchObject([
      { attempt: 1, steps: [1, 2] },
      { attempt: 2, steps: [1] },
    ]);
    expect(imported.warnings).toMatchObject([{ code: 'lines_not_matched', count: 1, example: 'a.log:3' }]);
    const ranks = await read(yaml, 'step 9 loss 3\nstep 1 loss 3\n'.repeat(200), 'a.log');
    expect(ranks.rejected).toMatchObject([{ reason: expect.stringContaining('several processes') }]);
  });

  it('takes columns from the path and the names of columns', async () => {
    const yaml = "reads: table\npath: '(?P<run>[^/]+)\\.csv'\nstep: step\nmetrics: all\nrun: run\n";
    expect(dataOf(await read(yaml, 'step,loss\n1,2\n', 'x/r1.csv'), 'training.steps.recorded')).toMatchObject(
      [{ runId: 'r1' }],
    );
    const melted =
      "reads: table\ncolumns: '^(?P<run>r\\d) (?P<name>.*)$'\nrun: run\nstep: step\nmetric: name\nvalue: value\n";
    expect(
      dataOf(await read(melted, 'step,r1 loss,r2 loss\n1,2,3\n'), 'training.steps.recorded'),
    ).toMatchObject([
      { runId: 'r1', columns: { loss: [2] } },
      { runId: 'r2', columns: { loss: [3] } },
    ]);
  });

  it('holds no secret', async () => {
    const key = `AKIA${'ABCDEFGHIJKLMNOP'}`;
    const imported = await read(STEPS, `run,step,loss\n${key},1,2\n`);
    expect(JSON.stringify(imported)).not.toContain(key);
  });

  it('is the same when it is streamed', async () => {
    const folder = folderOf('t', { 'a.csv': 'run,step,loss\na,1,2\na,2,x\n' });
    const importer = mapImporter(mapIn(STEPS));
    const stream = importer.stream?.(folder, {});
    const events = [];
    for await (const event of stream?.events ?? []) events.push(event);
    const whole = await importer.read(folder, {});
    expect(events).toEqual(whole.events);
    expect(stream?.finish()).toEqual({ ...whole, events: [] });
  });
});
