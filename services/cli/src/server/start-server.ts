import type { EmbeddedOptions, EmbeddedServer } from '@tributary/embedded';
import { witnessToServe } from './usual-witness.ts';
import type { Served } from './usual-witness.ts';

/** Starts the server of a data directory in this process, with the usual witness where the options name none. */
export async function startServer(
  served: Served,
  options: Omit<EmbeddedOptions, 'directory'>,
): Promise<EmbeddedServer> {
  const { startEmbedded } = await import('@tributary/embedded');
  const witness = options.witness ?? (await witnessToServe(served));
  return startEmbedded({ ...options, directory: served.data, witness });
}
