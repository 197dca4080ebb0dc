import { expect, it } from 'vitest';
import { chooseImporter, folderOf, sweep } from './index.ts';
import type { Importer } from './index.ts';

const likely: Importer = {
  kind: 'likely',
  version: '1.0',
  detect: () => Promise.resolve({ confidence: 0.9, evidence: ['has tables'] }),
  read: sweep.read,
};
const tables = folderOf('tables', {
  'mix.csv': 'id,web,code\na,0.5,0.5\nb,0.2,0.8\n',
  'loss.csv': 'id,loss\na,2\nb,3\n',
});

it('takes the only importer that is sure, and says why', async () => {
  const choice = await chooseImporter([sweep], tables);
  expect(choice).toMatchObject({
    ok: true,
    importer: { kind: 'sweep' },
    detection: { evidence: ['mix.csv (2 shares that sum to one) joins loss.csv by id'] },
  });
});

it('asks for --as where two importers are alike sure', async () => {
  const choice = await chooseImporter([sweep, likely], tables);
  expect(choice).toMatchObject({
    ok: false,
    refusal: 'kind_ambiguous',
    text: expect.stringContaining('--as KIND'),
  });
  expect(await chooseImporter([sweep, likely], tables, 'likely')).toMatchObject({
    ok: true,
    importer: { kind: 'likely' },
  });
});

it('lists the importers where the one asked for does not exist', async () => {
  const choice = await chooseImporter([sweep], tables, 'mlflow');
  expect(choice).toMatchObject({
    ok: false,
    refusal: 'kind_unknown',
    text: expect.stringContaining('sweep'),
  });
});

it.each([
  ['a folder of prose', { 'README.md': '# Notes, and more\nnothing, here, at all\n' }, 'found no table'],
  ['an empty folder', {}, 'found no table'],
  [
    'mixtures without outcomes',
    { 'mix.csv': 'id,web,code\na,0.5,0.5\n' },
    'joins no table of outcomes by id',
  ],
  ['outcomes without mixtures', { 'loss.csv': 'id,loss\na,2\n' }, 'no mixtures to join'],
  ['mixtures without a key', { 'mix.csv': 'web,code\n0.5,0.5\n0.2,0.8\n' }, 'no column names them'],
  ['an empty table', { 'mix.csv': '' }, 'mix.csv:1: the file is empty'],
  ['a stray binary file', { 'mix.csv': 'a\u0000,b' }, 'found no table'],
])('says what it looked for and what it found in %s', async (_name, files, found) => {
  const choice = await chooseImporter([sweep], folderOf('folder', files));
  expect(choice).toMatchObject({ ok: false, refusal: 'kind_not_recognised' });
  expect(choice.ok ? '' : choice.text).toContain('looked for a table whose rows have a key and shares');
  expect(choice.ok ? '' : choice.text).toContain(found);
});
