import { describe, expect, it } from 'vitest';
import { columnOf, hasShared, importedBy, readBy, sample, shared } from '../import.fixture.ts';
import { parquetHistory } from './parquet-history.ts';
import { parquetTable } from '../files/parquet-table.ts';

it('rejects Parquet without a column _step, and other files', async () => {
  const part = (await sample('neptune')).files.find(({ path }) => path.endsWith('.parquet'));
  const files = { 'a.parquet': (await part?.read()) ?? '', 'b.parquet': 'PAR1', 'c.parquet': '' };
  expect((await readBy(parquetHistory, files)).rejected.map(({ source }) => source)).toEqual([
    'a.parquet',
    'b.parquet',
    'c.parquet',
  ]);
});

describe.skipIf(!hasShared('wandb-offline'))('wandb-offline (needs shared data wandb-offline)', () => {
  it('reads 999 rows of 5 row groups and 5 columns', async () => {
    const folder = await shared('wandb-offline');
    const file = folder.files.find(({ name }) => name === 'history.parquet');
    const table = file && (await parquetTable(file));
    expect(table).toMatchObject({ rowGroups: 5, rows: { length: 999 }, columns: { size: 5 } });
    const [run] = await importedBy('parquet-history', folder);
    expect(columnOf(run, 'Mean budget').size).toBe(999);
    expect(run?.rejected).toEqual([]);
  });
});
