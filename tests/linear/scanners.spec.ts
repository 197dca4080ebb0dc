import { describe, expect, it } from 'vitest';
import { beginCounting, beginningAnew, workOf } from './work.fixture.ts';

/* Before the scanners are loaded. */
beginCounting();
const { excessOf, findFlaw, jsonElements, lazyJson, parseNumeric, tolerantJson } =
  await import('@tributary/json');
const { split } = await import('../../libs/core/capture/src/split.ts');
const { isRedacted } = await import('../../libs/core/capture/src/is-redacted.ts');
const { findSecrets, SecretScan } = await import('@tributary/kernel');
const { filterOf, matches } = await import('@tributary/training');
const { observe } = await import('../../libs/protocols/openlineage/src/observation.ts');
const { sliceName, slicesOf, numbered } =
  await import('../../libs/adapters/importers/src/facts/slice-names.ts');
const { Findings } = await import('../../libs/adapters/importers/src/facts/findings.ts');
const { folderOf } = await import('../../libs/adapters/importers/src/files/folder.ts');
const { filledIn } = await import('../../libs/adapters/importers/src/lingua/open-values.ts');
const { plainYaml } = await import('../../libs/adapters/importers/src/files/plain-yaml.ts');
const { tableIn } = await import('../../libs/adapters/importers/src/files/table.ts');
const { headerIn } = await import('../../libs/adapters/importers/src/maps/rows/delimited-rows.ts');
const { flatMembers } = await import('../../libs/adapters/importers/src/maps/rows/json-rows.ts');
const { linesOf } = await import('../../libs/adapters/importers/src/megatron-log/attempts.ts');
const { optionsOf } = await import('../../libs/adapters/importers/src/megatron-data/command-line-options.ts');
const { consoleRows } = await import('../../libs/adapters/importers/src/torchtitan/console-lines.ts');
const { lossLines } = await import('../../libs/adapters/importers/src/torchtitan/loss-lines.ts');
const { wandbRecord } = await import('../../libs/adapters/importers/src/wandb/wandb-record.ts');

/** Bytes of the smaller of two inputs. */
const SIZE = 2_000;

/** A text of about so many characters. */
const times = (unit: string, size: number): string => unit.repeat(Math.ceil(size / unit.length));
const bytes = (text: string): Buffer => Buffer.from(text);

/** The outcome is another test's; work is counted for what is refused too. */
function tried(read: () => unknown): unknown {
  try {
    return read();
  } catch {
    return undefined;
  }
}

async function table(text: string): Promise<unknown> {
  const [file] = folderOf('f', { 'a.csv': text }).files;
  return file && tableIn(file, new Findings());
}

/** A message of protobuf: a field of bytes. */
function field(number: number, ...contents: readonly Buffer[]): Buffer {
  const content = Buffer.concat(contents);
  const head: number[] = [(number << 3) | 2];
  let left = content.length;
  for (; left > 0x7f; left = Math.floor(left / 0x80)) head.push((left % 0x80) | 0x80);
  return Buffer.concat([Buffer.from([...head.slice(0, 1), ...head.slice(1), left]), content]);
}

/** A history of W&B whose one item has so many nested keys. */
const nestedKeys = (size: number): Buffer =>
  field(2, field(1, ...Array.from({ length: size / 4 }, () => field(2, bytes('ab'))), field(16, bytes('1'))));
const manyKeys = (size: number): Buffer =>
  field(
    2,
    ...Array.from({ length: size / 8 }, (_, at) =>
      field(1, field(1, bytes(`k${at}`)), field(16, bytes('1'))),
    ),
  );

const candidate = (size: number) => ({
  attributes: {},
  metrics: new Map<string, number>(),
  params: new Map([['a', times('aab', size)]]),
  tags: new Map<string, string>(),
  datasets: [],
});

type Scanner = readonly [
  name: string,
  hostile: string,
  read: (size: number) => unknown,
  from?: number | undefined,
];

/** Where a value may have 8,192 characters, each of them is looked at so often only in longer texts. */
const BEYOND_VALUES = 16_000;
/** Shorter arrays of numbers are left to the usual reader. */
const LONG_NUMBERS = 8_000;

/** Everything that reads a text or bytes of strangers character by character, with what would be quadratic in a careless one. */
const SCANNERS: readonly Scanner[] = [
  ['tolerant JSON', 'numbers that are none', (n) => tolerantJson(`[${times('NaN,', n)}1]`)],
  ['tolerant JSON', 'arrays in arrays', (n) => tried(() => tolerantJson(`NaN${times('[', n)}`))],
  [
    'tolerant JSON',
    'arrays that are closed',
    (n) => tried(() => tolerantJson(`[NaN,${times('[', n)}${times(']', n)}]`)),
  ],
  ['tolerant JSON', 'escapes', (n) => tolerantJson(`[NaN,"${times('\\u0041\\"', n)}"]`)],
  ['tolerant JSON', 'a text without an end', (n) => tried(() => tolerantJson(`[NaN,"${times('a\\"', n)}`))],
  ['tolerant JSON', 'members', (n) => tolerantJson(`{${times('"a":NaN,', n)}"b":1}`)],
  ['numeric JSON', 'columns', (n) => parseNumeric(bytes(`{"a":[${times('1.5,', n)}1]}`)), LONG_NUMBERS],
  ['numeric JSON', 'zeros', (n) => parseNumeric(bytes(`{"a":[0.${times('0', n)}1]}`)), LONG_NUMBERS],
  ['flaws of JSON', 'digits', (n) => findFlaw(bytes(`[1${times('0', n)}1]`))],
  [
    'flaws of JSON',
    'keys',
    (n) => findFlaw(bytes(`{${Array.from({ length: n / 8 }, (_, at) => `"k${at}":1`).join(',')}}`)),
  ],
  ['flaws of JSON', 'escapes', (n) => findFlaw(bytes(`["${times('\\u0041', n)}"]`))],
  [
    'excess of JSON',
    'quotes',
    (n) => excessOf(bytes(times('"a\\"b":[', n)), { depth: Infinity, keys: Infinity }),
  ],
  [
    'excess of JSON',
    'levels',
    (n) => excessOf(bytes(times('[{"a":', n)), { depth: Infinity, keys: Infinity }),
  ],
  [
    'lazy JSON',
    'objects',
    (n) => tried(() => lazyJson(bytes(`{"a":${times('{"a":', n)}1${times('}', n / 5)}}`))),
  ],
  [
    'elements of JSON',
    'texts without an end',
    (n) => tried(() => [...jsonElements(bytes(`[${times('"a,', n)}]`))]),
  ],
  ['elements of JSON', 'elements', (n) => [...jsonElements(bytes(`[${times('{},', n)}{}]`))]],
  ['lines of a body', 'line ends', (n) => split(bytes(times('\n', n)), 'ndjson')],
  ['lines of a body', 'lines', (n) => split(bytes(times('{}\r\n', n)), 'ndjson')],
  ['events of a batch', 'quotes', (n) => split(bytes(`[${times('{"a":"\\""},', n)}{}]`), 'batch')],
  ['OpenLineage', 'levels', (n) => observe(bytes(times('{"run":', n)))],
  ['OpenLineage', 'members', (n) => observe(bytes(`{${times('"a":1,', n)}"b":2}`))],
  [
    'placeholders',
    'texts that nearly fit',
    (n) =>
      isRedacted(bytes(`"[redacted:x]${times('ab', n)}c[redacted:x]"`), bytes(`"${times('ab', 2 * n)}"`)),
  ],
  [
    'placeholders',
    'placeholders',
    (n) => isRedacted(bytes(`"${times('a[redacted:x]', n)}"`), bytes(`"${times('a1', n)}b"`)),
  ],
  ['secrets', 'beginnings of keys', (n) => findSecrets(times('-----BEGIN PRIVATE ', n))],
  [
    'secrets in chunks',
    'names of secrets',
    (n) => {
      const scan = new SecretScan();
      for (let at = 0; at < n; at += 1_000) scan.read(bytes(times('password: "', 1_000)));
      return scan.kinds;
    },
    BEYOND_VALUES,
  ],
  ['MLflow filters', 'signs', (n) => tried(() => filterOf(times("a'%(", n)))],
  [
    'MLflow LIKE',
    'wildcards',
    (n) => matches(candidate(n), filterOf(`params.a LIKE '${times('%aab', n / 4)}c'`)),
  ],
  ['names of slices', 'signs', (n) => sliceName(times('--/', n))],
  ['names of slices', 'signs that end nothing', (n) => sliceName(`${times('-', n)}a${times('-', n)}`)],
  ['slices of paths', 'parts', (n) => slicesOf([`a/${times('b/', n)}`, `c/${times('b/', n)}`])],
  ['slices of paths', 'equal paths', (n) => slicesOf(Array.from({ length: n / 4 }, () => 'a/b'))],
  [
    'numbered names',
    'names that are taken',
    (n) =>
      numbered([
        ...Array.from({ length: n / 4 }, (_, at) => `a-${at}`),
        ...Array.from({ length: n / 4 }, () => 'a'),
      ]),
  ],
  ['YAML', 'lines', (n) => tried(() => plainYaml(times('a: 1\n', n)))],
  ['YAML', 'items', (n) => tried(() => plainYaml(times('- a: "b"\n', n)))],
  ['YAML', 'blanks', (n) => tried(() => plainYaml(`a: ${times(' ', n)}b`))],
  ['YAML', 'flow', (n) => tried(() => plainYaml(`a: [${times('b, ', n)}c]`))],
  ['templates of lingua', 'signs', (n) => filledIn(times('!', n))],
  ['templates of lingua', 'blanks', (n) => filledIn(times('!!   ', n))],
  ['tables', 'quotes', (n) => table(`a,b\n${times('"x""y",1\n', n)}`)],
  ['tables', 'a quote without an end', (n) => table(`a,b\n"${times('x,\n', n)}`)],
  ['tables', 'cells', (n) => table(`a,b\n${times(',', n)}`)],
  ['tables', 'rows', (n) => table(`a,b\n${times('1,2\n', n)}`)],
  ['heads of tables', 'quotes', (n) => headerIn(times('"a"b,', n))],
  ['heads of tables', 'lines', (n) => headerIn(times('# a\n', n))],
  [
    'rows of JSON',
    'members',
    (n) =>
      flatMembers({ a: JSON.parse(`{${Array.from({ length: n / 8 }, (_, at) => `"k${at}":1`).join(',')}}`) }),
  ],
  ['lines of Megatron', 'fields', (n) => linesOf(times('iteration 1/ 2 | lm loss: 1.0 | x: 2 |\n', n))],
  ['lines of Megatron', 'line ends', (n) => linesOf(times('\r\n', n))],
  ['lines of Megatron', 'bars', (n) => linesOf(times('1/2 [', n))],
  ['options of Megatron', 'quotes', (n) => tried(() => optionsOf(`pretrain.py ${times('--a "b', n)}`))],
  [
    'options of Megatron',
    'variables',
    (n) => tried(() => optionsOf(`A=b\npretrain.py ${times('--a $A ', n)}`)),
  ],
  [
    'options of Megatron',
    'long variables that are often named',
    (n) => optionsOf(`A=${times('x', n / 2)}\npretrain.py --a ${times('$A ', n / 2)}`),
    /* As much as variables may add. */
    4_000,
  ],
  ['options of Megatron', 'comments', (n) => tried(() => optionsOf(times(' #\n', n)))],
  ['lines of a console', 'steps', (n) => consoleRows(times('step: 1 loss: 2.0 memory: 0.9GiB\n', n))],
  ['lines of a console', 'line ends', (n) => consoleRows(times('\r\n', n))],
  ['lines of losses', 'lines', (n) => tried(() => lossLines(times('1 2.5\n', n)))],
  ['records of W&B', 'nested keys', (n) => wandbRecord(nestedKeys(n))],
  ['records of W&B', 'keys', (n) => wandbRecord(manyKeys(n))],
];

describe('the work of reading grows as what is read', () => {
  it.each(SCANNERS.map(([name, hostile, read, from = SIZE]) => ({ name, hostile, read, from })))(
    '$name: $hostile',
    async ({ read, from }) => {
      const to = Math.max(4 * SIZE, 2 * from);
      const less = await workOf(() => read(from));
      const more = await workOf(() => read(to));
      /* A count that sees nothing would hold for anything. */
      expect(less).toBeGreaterThan(20);
      expect(more).toBeLessThanOrEqual(1.15 * (to / from) * less + 2_000);
    },
  );

  it('matches no pattern that may look at a run of characters from each of them on', () => {
    /* What is a token up to a bracket is one without it too, so each run is looked at twice. */
    expect(beginningAnew()).toEqual([String(/"[^"]*"|'[^']*'|\n|\)|[^\s"'()]*\(|[^\s"'()]+/g)]);
  });

  it('sees what is not linear', async () => {
    const quadratic = (size: number) => () => {
      const list: number[] = [];
      for (let at = 0; at < size; at += 1) if (!list.includes(at)) list.push(at);
    };
    const [one, two] = [await workOf(quadratic(500)), await workOf(quadratic(1_000))];
    expect(two / one).toBeGreaterThan(3.5);
  });
});
