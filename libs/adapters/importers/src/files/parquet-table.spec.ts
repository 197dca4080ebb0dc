import { expect, it } from 'vitest';
import { sample } from '../import.fixture.ts';
import { folderOf } from './folder.ts';
import { parquetColumns } from './parquet-table.ts';

/** What the footer of the sample takes at most. */
const FOOTER_BYTES = 4_096;

it('reads a footer that is damaged at any byte as columns with names, or as no Parquet', async () => {
  const { files } = await sample('neptune');
  const whole = Buffer.from((await files.find(({ path }) => path.endsWith('.parquet'))?.read()) ?? []);
  const outcomes = { columns: 0, none: 0 };
  for (let at = Math.max(4, whole.length - FOOTER_BYTES); at < whole.length; at += 1) {
    const damaged = Buffer.from(whole);
    damaged.writeUInt8(damaged.readUInt8(at) ^ 0x04, at);
    const [file] = folderOf('damaged', { 'a.parquet': damaged }).files;
    const columns = file && (await parquetColumns(file));
    outcomes[columns ? 'columns' : 'none'] += 1;
    expect([...(columns ?? new Map()).keys()].every((name) => typeof name === 'string')).toBe(true);
  }
  expect(Math.min(outcomes.columns, outcomes.none)).toBeGreaterThan(10);
});
