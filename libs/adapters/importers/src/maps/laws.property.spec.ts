import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Imported } from '../importer.ts';
import { folderOf } from '../files/folder.ts';
import { mapImporter } from './map-importer.ts';
import { logMap } from './propose/log-map.ts';
import { proposalText } from './propose/proposal-text.ts';
import { headFile, proposeMap } from './propose/propose-map.ts';
import { readMap } from './read-map.ts';

type Cell = number | null;
type Row = { readonly run: string; readonly step: number; readonly values: readonly Cell[] };

const METRICS = ['loss', 'lr', 'throughput'];

/** Numbers that CSV and JSON write alike. */
const cell = fc.option(
  fc.integer({ min: -1e6, max: 1e6 }).map((value) => value / 64),
  { nil: null },
);
const row: fc.Arbitrary<Row> = fc.record({
  run: fc.constantFrom('a', 'b', 'c'),
  step: fc.nat({ max: 12 }),
  values: fc.tuple(cell, cell, cell),
});
const rows = fc.array(row, { minLength: 1, maxLength: 40 });

const MAP = 'reads: table\nrun: run\nstep: step\nmetrics: {loss: loss, lr: lr, throughput: throughput}\n';

function csv(table: readonly Row[], order: readonly number[] = [0, 1, 2, 3, 4]): string {
  const lines = [
    ['run', 'step', ...METRICS],
    ...table.map(({ run, step, values }) => [run, step, ...values]),
  ];
  return lines.map((cells) => order.map((index) => String(cells[index] ?? '')).join(',')).join('\n');
}

async function imported(text: string, yaml = MAP, path = 't.csv'): Promise<Imported> {
  const read = readMap(yaml);
  if (!read.ok) throw new RangeError(read.text);
  return mapImporter(read.map).read(folderOf('t', { [path]: text }), {});
}

/** Every value of the steps, as `run step metric value`. */
function valuesOf({ events }: Imported): string[] {
  return events
    .flatMap(({ data }) => {
      if (!('columns' in data) || !('steps' in data)) return [];
      return Object.entries(data.columns).flatMap(([name, column]) =>
        data.steps.flatMap((step, index) =>
          typeof column[index] === 'number' ? [`${data.runId} ${step} ${name} ${column[index]}`] : [],
        ),
      );
    })
    .toSorted();
}

const COLUMN = new Map([['lr', 'learningRate']]);

/** The first value of each run, step and metric, counted without the importer, and how many later ones differ. */
function expected(table: readonly Row[]) {
  const first = new Map<string, number>();
  let conflicts = 0;
  for (const { run, step, values } of table) {
    for (const [index, value] of values.entries()) {
      const name = METRICS[index] ?? '';
      const key = `${run} ${step} ${COLUMN.get(name) ?? name}`;
      const before = first.get(key);
      if (value === null) continue;
      if (before === undefined) first.set(key, value);
      else if (!Object.is(before, value)) conflicts += 1;
    }
  }
  return { values: [...first].map(([key, value]) => `${key} ${value}`).toSorted(), conflicts };
}

it('imports exactly what an independent count finds, and names every other value', async () => {
  await fc.assert(
    fc.asyncProperty(rows, async (table) => {
      const result = await imported(csv(table));
      const { values, conflicts } = expected(table);
      expect(valuesOf(result)).toEqual(values);
      expect(result.rejected).toHaveLength(conflicts);
    }),
    { seed: 1, numRuns: 100 },
  );
});

it('makes the same facts of a table whose columns are permuted, or that is JSON lines', async () => {
  const orders = fc.shuffledSubarray([0, 1, 2, 3, 4], { minLength: 5 });
  await fc.assert(
    fc.asyncProperty(rows, orders, async (table, order) => {
      const plain = await imported(csv(table));
      const data = ({ events }: Imported) => events.map((event) => [event.type, event.data]);
      expect(data(await imported(csv(table, order)))).toEqual(data(plain));
      const json = table.map(({ run, step, values: [loss, lr, throughput] }) =>
        JSON.stringify({ run, step, loss, lr, throughput }),
      );
      expect(data(await imported(json.join('\n'), MAP, 't.jsonl'))).toEqual(data(plain));
    }),
    { seed: 2, numRuns: 60 },
  );
});

it('makes equal events of a file that is read twice, and equal values of a table in two parts', async () => {
  await fc.assert(
    fc.asyncProperty(rows, fc.nat({ max: 40 }), async (table, cut) => {
      const whole = await imported(csv(table));
      expect(await imported(csv(table))).toEqual(whole);
      const distinct = table.filter(
        ({ run, step }, at) => table.findIndex((other) => other.run === run && other.step === step) === at,
      );
      const parts = [distinct.slice(0, cut), distinct.slice(cut)].filter((part) => part.length > 0);
      const split = await Promise.all(parts.map((part) => imported(csv(part))));
      expect(split.flatMap(valuesOf).toSorted()).toEqual(valuesOf(await imported(csv(distinct))));
    }),
    { seed: 3, numRuns: 60 },
  );
});

const proposed = async (text: string, path = 't.csv') => {
  const [file] = folderOf('t', { [path]: text }).files;
  return file ? (await proposeMap(headFile(file, text))).proposal : undefined;
};

it('proposes a map that reads every value of a history, whatever its columns are called', async () => {
  const names = fc.record({
    run: fc.constantFrom('run', 'run_id', 'Run Name', 'experiment'),
    step: fc.constantFrom('step', 'global_step', 'Step', 'iteration', '_step', 'trainer/global_step'),
  });
  await fc.assert(
    fc.asyncProperty(rows, names, async (table, { run, step }) => {
      fc.pre(METRICS.every((_name, index) => table.some(({ values }) => values[index] !== null)));
      const text = csv(table).replace('run,step', `${run},${step}`);
      const proposal = await proposed(text);
      expect(proposal).toMatchObject({ run, step, metrics: METRICS });
      const result = await imported(text, proposalText(proposal ?? {}));
      expect(valuesOf(result)).toEqual(expected(table).values);
    }),
    { seed: 4, numRuns: 40 },
  );
});

it('takes a column of numbers although one of its cells is none', async () => {
  expect(await proposed('step,loss\n1,2.5\n2,oops\n3,2\n')).toMatchObject({
    step: 'step',
    metrics: ['loss'],
  });
});

it('leaves open what the columns do not say', async () => {
  expect(await proposed('loss,lr\n2,0.1\n1.5,0.1\n')).toMatchObject({ step: '?', metrics: ['loss', 'lr'] });
  expect(await proposed('run,domain,tokens\na,web,5\na,code,6\n')).toEqual({
    reads: 'table',
    run: 'run',
    first_step: '?',
    last_step: '?',
    slice: 'domain',
    tokens: 'tokens',
  });
  expect(await proposed('model,task,score\nm,arc,0.5\nm,boolq,0.5\n')).toMatchObject({
    run: 'model',
    metric: '?',
  });
  expect(await proposed('run;step;loss\na;1;1,234\na;2;2,345\n')).toMatchObject({ numbers: '?' });
  expect(await proposed('run;step;loss\na;1;1,234.5\na;2;2,345\n')).toMatchObject({ numbers: '1,234.5' });
});

it('proposes patterns for repeated names and numbers of a log, and they read every line', async () => {
  const separators = fc.constantFrom(', ', ' | ', ' ', '; ');
  const between = fc.constantFrom(': ', '=', ' ', ':');
  const losses = fc.array(fc.integer({ min: 0, max: 99_999 }), { minLength: 2, maxLength: 20 });
  await fc.assert(
    fc.asyncProperty(separators, between, losses, async (separator, sign, values) => {
      const lines = values.map(
        (value, step) =>
          `[12:00:${10 + step}] step${sign}${step}${separator}loss${sign}${value / 100}${separator}lr${sign}1e-${3 + (step % 5)}`,
      );
      const proposal = logMap(['starting', ...lines, 'done']);
      expect(proposal).toMatchObject({ step: 'step', metrics: ['loss', 'lr'] });
      const result = await imported(['starting', ...lines].join('\n'), proposalText(proposal ?? {}), 'a.log');
      const found = valuesOf(result).filter((value) => value.includes(' loss '));
      const ascending = (numbers: readonly number[]) => numbers.toSorted((left, right) => left - right);
      expect(ascending(found.map((value) => Number(value.split(' ').at(-1))))).toEqual(
        ascending(values.map((value) => value / 100)),
      );
      expect(result.rejected).toEqual([]);
    }),
    { seed: 5, numRuns: 60 },
  );
});

it.each([
  ['prose', 'It was in 1999 that 3 people met.\nThey were 4 in 2001.\n'],
  ['an empty file', ''],
  ['a configuration', 'lr: 0.1\nwidth: 3\n'],
])('proposes nothing for %s', async (_name, text) => {
  expect(await proposed(text, 'a.txt')).toBeUndefined();
});
