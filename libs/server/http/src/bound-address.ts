import { lookup } from 'node:dns/promises';

/**
 * The one address of a host that a server listens on. Given `localhost`, Fastify would listen on every address of it, with
 * servers of its own making that nothing here bounds. IPv4 first: whoever asks for `localhost` tries both.
 */
export const boundAddress = async (host: string): Promise<string> =>
  host === 'localhost' ? (await lookup(host, { order: 'ipv4first' })).address : host;
