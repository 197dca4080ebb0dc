import { connectServer } from '@tributary/clickhouse';
import type { ClickHouseConfig } from '@tributary/configuration';
import { Fault } from '@tributary/kernel';
import type { SqlReader } from '@tributary/kernel';

type LazyEngine = { readonly reader: SqlReader; close(): Promise<void> };

/**
 * Connects to ClickHouse at the first query, so that a process starts without the tables. Without a configuration,
 * queries throw Fault `tables_unknown`.
 */
export function lazyEngine(config: ClickHouseConfig | undefined): LazyEngine {
  let connecting: ReturnType<typeof connectServer> | undefined;
  const connect = () => {
    if (!config)
      throw new Fault(
        'tables_unknown',
        'CLICKHOUSE_URL is not set, and this request must be compared with the tables; set it for this process',
      );
    connecting ??= connectServer(config).catch((error: unknown) => {
      connecting = undefined;
      throw error;
    });
    return connecting;
  };
  return {
    reader: { all: async (query, params) => (await connect()).reader.all(query, params) },
    async close() {
      const engine = await connecting?.catch(() => undefined);
      await engine?.close();
    },
  };
}
