import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { cp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { JVM_OPTIONS, settingsFile } from './process.ts';
import { storageDirectory } from './settings.ts';
import type { BrokerNode } from './settings.ts';

/**
 * Formats the storage directories of the nodes for one new cluster. Their settings must be written. Kafka's tool formats
 * the first node of a version on a machine; the result is kept beside the jars, and copied with other ids from then on.
 */
export async function formatAll(nodes: readonly BrokerNode[], classpath: string): Promise<void> {
  const formatted = `${dirname(classpath)}.formatted`;
  const [first] = nodes;
  if (first && !existsSync(formatted)) await keepFormatted(first, classpath, formatted);
  const clusterId = newId();
  await Promise.all(
    nodes.map(async (node) => {
      const directory = storageDirectory(node);
      await cp(formatted, directory, { recursive: true, force: true });
      const file = join(directory, 'meta.properties');
      await writeFile(file, propertiesOf(await readFile(file, 'utf8'), node.id, clusterId));
    }),
  );
}

/** The properties of a formatted directory with the ids of a node. Versions before 3.7 have no id of the directory. */
export const propertiesOf = (formatted: string, nodeId: number, clusterId: string): string =>
  formatted
    .replace(/^node\.id=.*$/m, `node.id=${nodeId}`)
    .replace(/^cluster\.id=.*$/m, `cluster.id=${clusterId}`)
    .replace(/^directory\.id=.*$/m, `directory.id=${newId()}`);

async function keepFormatted(node: BrokerNode, classpath: string, formatted: string): Promise<void> {
  const options = ['format', '--cluster-id', newId(), '--config', settingsFile(node)];
  const tool = ['-cp', classpath, 'kafka.tools.StorageTool', ...options];
  await promisify(execFile)('java', [...JVM_OPTIONS, ...tool]);
  const copy = `${formatted}-${newId()}`;
  await cp(storageDirectory(node), copy, { recursive: true });
  /* Renamed as a whole, so that it is always complete. Another process may have been faster. */
  await rename(copy, formatted).catch(async (error: unknown) => {
    await rm(copy, { recursive: true });
    if (!existsSync(formatted)) throw error;
  });
  await rm(storageDirectory(node), { recursive: true });
}

/** Sixteen random bytes in base64url. A leading dash is avoided, because a command line would read it as an option. */
function newId(): string {
  const bytes = randomBytes(16);
  bytes[0] = (bytes[0] ?? 0) & 0x7f;
  return bytes.toString('base64url');
}
