import { expect, it } from 'vitest';
import { folderOf } from '../../files/folder.ts';
import { mapImporter } from '../map-importer.ts';
import { readMap } from '../read-map.ts';
import { openKeys, proposalText } from './proposal-text.ts';
import { proposeMaps } from './propose-maps.ts';

type Files = Readonly<Record<string, string>>;

const kindsOf = async (files: Files) =>
  (await proposeMaps(folderOf('t', files).files)).map(({ files: alike, proposal, looksLike }) => ({
    paths: alike.map(({ path }) => path),
    proposal,
    looksLike,
  }));

/** The runs and how many values an import by the proposal of the first kind has. */
async function importedBy(files: Files) {
  const [kind] = await kindsOf(files);
  const read = readMap(proposalText(kind?.proposal ?? {}));
  if (!read.ok) return read.text;
  const importer = mapImporter(read.map);
  const [match] = await importer.detect(folderOf('t', files));
  const { events, rejected } = await importer.read({ name: 't', files: match?.files ?? [] }, {});
  const runs = new Set(events.flatMap(({ data }) => ('runId' in data ? [data.runId] : [])));
  return { runs: [...runs], rejected };
}

it('proposes one map for tables of one kind, with the path as run, and says what the others look like', async () => {
  const files = {
    'a/log.csv': 'step,loss\n1,2.5\n2,2\n',
    'b/log.csv': 'step,loss,lr\n1,3.5,0.1\n2,3,0.1\n',
    'c/log.csv': 'step,loss\n1,2.5\n2,2\n',
    'notes.md': 'hello\nworld\n',
    'scores.tsv': 'model\ttask\tscore\nm\tarc\t0.5\n',
  };
  const [first, ...others] = await kindsOf(files);
  expect(first).toMatchObject({
    paths: ['a/log.csv', 'b/log.csv', 'c/log.csv'],
    proposal: { path: '^(?P<run>.+?)\\.(?:csv)(?:\\.gz)?$', run: 'run', step: 'step', metrics: 'all' },
  });
  expect(others.map(({ paths, proposal }) => [paths, proposal === undefined])).toEqual([
    [['scores.tsv'], false],
    [['notes.md'], true],
  ]);
  expect(await importedBy(files)).toEqual({ runs: ['a/log', 'b/log', 'c/log'], rejected: [] });
});

it('takes run and metric from the names of scalars that TensorBoard exports', async () => {
  const scalar = 'Wall time,Step,Value\n1700000000.5,1,2.5\n';
  const files = { 'run-A-tag-loss.csv': scalar, 'run-A-tag-lr.csv': scalar, 'run-B_1-tag-loss.csv': scalar };
  expect(await importedBy(files)).toEqual({ runs: ['A', 'B_1'], rejected: [] });
  expect(await importedBy({ 'x/loss.csv': scalar, 'x/lr.csv': scalar })).toEqual({
    runs: ['x'],
    rejected: [],
  });
  const [open] = await kindsOf({ 'loss.csv': scalar });
  expect(openKeys(open?.proposal ?? {})).toEqual(['run']);
});

it('proposes one map for logs whose lines its patterns match', async () => {
  const log = (loss: string) => `start\nupdate 1, ppl: ${loss}, t 1\nupdate 2, ppl: ${loss}5, t 1\n`;
  expect(await importedBy({ 'a.log': log('1.5'), 'b.log': log('2.25') })).toMatchObject({ runs: ['a', 'b'] });
});

it('offers a chart of W&B to a map that tells its runs apart', async () => {
  const chart = '"Step","sun-1 - loss","moon - 2 - loss"\n"0","9.5","8.5"\n';
  expect(await importedBy({ 'chart.csv': chart })).toEqual({ runs: ['sun-1', 'moon - 2'], rejected: [] });
});

it.each([
  ['numbers', '1 2.5\n2 2.25\n3 2\n'],
  ['numbers with commas', '1,2.5\n2,2.25\n'],
  ['JSON lists', '[[1, 2.5], [2, 2.25]]'],
])('leaves the columns of a table without a header open: %s', async (_what, text) => {
  const [kind] = await kindsOf({ 'a.txt': text });
  expect(kind).toMatchObject({
    looksLike: 'a table of 2 columns without a header',
    proposal: { columns: ['?', '?'] },
  });
  expect(openKeys(kind?.proposal ?? {})).toEqual(['columns']);
  expect(await importedBy({ 'a.txt': text })).toContain('columns: the name of column 1 is missing');
});

it('proposes a map for a JSON array of objects', async () => {
  const rows = '[\n {"step": 1, "loss": 2.5},\n {"step": 2, "loss": 2}\n]\n';
  expect(await kindsOf({ 'a.json': rows })).toMatchObject([
    { proposal: { step: 'step', metrics: ['loss'] } },
  ]);
});
