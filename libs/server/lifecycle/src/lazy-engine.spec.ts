import { clickhouse, readSettings } from '@tributary/configuration';
import { expect, it } from 'vitest';
import { lazyEngine } from './lazy-engine.ts';
import { ping } from './schema.ts';

it('says which variable is missing when a query needs the tables', async () => {
  const engine = lazyEngine(undefined);
  await expect(ping(engine.reader)).rejects.toMatchObject({
    code: 'tables_unknown',
    message: expect.stringContaining('CLICKHOUSE_URL is not set'),
  });
  await engine.close();
});

it('connects at the first query, again after a failure, and closes without a connection', async () => {
  const engine = lazyEngine(readSettings(clickhouse, { CLICKHOUSE_URL: 'http://127.0.0.1:9' }));
  await expect(ping(engine.reader)).rejects.toMatchObject({ retryable: true });
  await expect(ping(engine.reader)).rejects.toMatchObject({ retryable: true });
  await engine.close();
});
