import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Query } from '@tributary/kernel';
import { openChdb, type ChdbConfig, type Engine } from './index.ts';

/** The embedded engine on a new temporary directory. */
export async function openScratch(config: Partial<ChdbConfig> = {}) {
  const directory = await mkdtemp(join(tmpdir(), 'tributary-engine-'));
  let engine = await openChdb({ directory, threads: 16, readers: 3, ...config });
  const ask = <Row = Record<string, unknown>>(
    sql: string,
    params: Record<string, unknown> = {},
  ): Promise<Row[]> => engine.reader.all(asQuery<Row>(sql), params);
  return {
    directory,
    ask,
    get engine(): Engine {
      return engine;
    },
    async reopen(): Promise<void> {
      await engine.close();
      engine = await openChdb({ directory, threads: 16, readers: 3, ...config });
    },
    async close(): Promise<void> {
      await engine.close();
      await rm(directory, { recursive: true });
    },
  };
}

/** A query whose parameters and rows are not checked. */
export const asQuery = <Row>(sql: string, name = 'test'): Query<Record<string, unknown>, Row> => ({
  name,
  sql,
  params: { parse: (value) => value as Record<string, unknown> },
  row: { parse: (value) => value as Row },
});
