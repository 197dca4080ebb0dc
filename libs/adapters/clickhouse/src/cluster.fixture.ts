import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Session } from 'chdb';

/**
 * Two shards that are both this process. A shard knows its number, so one table can hold the rows of both shards, if it
 * is read through a view that selects the rows of the shard.
 */
const CONFIG = `<clickhouse>
  <tcp_port>9000</tcp_port>
  <remote_servers>
    <main>
      ${'<shard><internal_replication>true</internal_replication><replica><host>127.0.0.1</host><port>9000</port></replica></shard>'.repeat(2)}
    </main>
  </remote_servers>
  <macros><shard>1</shard><replica>a</replica></macros>
</clickhouse>`;

/** The settings of a reader's profile on a cluster: a subquery runs once, over all shards. */
const READING = ['--distributed_product_mode=global', '--prefer_global_in_and_join=1'];

/** The embedded engine with a cluster named `main`. It opens no port: both shards are queried within the process. */
export async function openCluster() {
  const directory = await mkdtemp(join(tmpdir(), 'tributary-cluster-'));
  const config = join(directory, 'config.xml');
  await writeFile(config, CONFIG);
  const tables = join(directory, 'tables');
  const { text, close } = openConfigured(tables, config, READING);
  return {
    directory: tables,
    text,
    async close(): Promise<void> {
      close();
      await rm(directory, { recursive: true });
    },
  };
}

/** The embedded engine with the configuration file of a server and the files that it includes. */
export function openConfigured(directory: string, config: string, settings: readonly string[] = []) {
  const session = new Session(directory, { connectionArgs: [`--config-file=${config}`, ...settings] });
  return {
    text: async (sql: string, format = 'TabSeparated'): Promise<string> =>
      (await session.queryAsync(sql, { format })).text(),
    close: (): void => session.close(),
  };
}

/** A statement for a cluster, without Keeper and replicas, which the embedded engine does not have. */
export const withoutKeeper = (sql: string): string =>
  sql
    .replace(/ ON CLUSTER '\w+'/, '')
    .replace(/Replicated(\w*MergeTree)\('[^']*', '\{replica\}'\)/, '$1')
    .replace('replicated_deduplication_window =', 'non_replicated_deduplication_window =')
    .replace(/, replicated_deduplication_window_seconds = \d+/, '');
