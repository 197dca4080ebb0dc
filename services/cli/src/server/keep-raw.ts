import http from 'node:http';
import https from 'node:https';
import { text as textOf } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import { isGzipTooLarge, secretKindsIn } from '@tributary/importers';
import type { SourceFile } from '@tributary/importers';
import { EXIT, Exit } from '../exit.ts';
import { credentialHeader } from './credential.ts';
import { reasonOf } from './graphql.ts';
import { requireSameServer } from './same-server.ts';

/** Whether the server has the bytes of a file. `withheld` says why they were not sent. */
export type KeptRaw =
  { readonly outcome: 'kept' | 'known' } | { readonly outcome: 'withheld'; readonly reason: string };

/** What a server answers for content that was removed for good. */
const REMOVED = 410;

/** What a server, or a proxy before it, answers to content that is longer than it takes. */
const TOO_LARGE = 413;

/** Bytes of a file that a server takes, where it lists them. Facts name larger files by their digest only. */
export async function mostRawBytes(url: string): Promise<number | undefined> {
  const address = `${url}/v1/limits`;
  const response = await fetch(address, { headers: credentialHeader(url) }).catch((error: unknown) =>
    fail(address, reasonOf(error)),
  );
  const listed: unknown = response.ok ? await response.json().catch(() => undefined) : undefined;
  const isListed = typeof listed === 'object' && listed !== null && 'maxBlobBytes' in listed;
  return isListed && typeof listed.maxBlobBytes === 'number' ? listed.maxBlobBytes : undefined;
}

type Keeping = {
  readonly keepsSecrets?: boolean;
  /** Bytes of a file that the server takes, where they are known. */
  readonly most?: number | undefined;
  /** Whether a fact that was read from it has a redacted value. */
  readonly isRedacted?: boolean;
};

/**
 * Stores the bytes of a file on the server under their digest, unless they are more than it takes or contain a secret that is
 * not to be kept.
 */
export async function keepRaw(url: string, file: SourceFile, keeping: Keeping = {}): Promise<KeptRaw> {
  const reason = await notSent(file, keeping);
  if (reason !== undefined) return { outcome: 'withheld', reason };
  const address = `${url}/v1/blobs/${await file.sha256()}`;
  const lookup = await fetch(address, { method: 'HEAD', headers: credentialHeader(url) }).catch(
    (error: unknown) => fail(address, reasonOf(error)),
  );
  if (lookup.ok) return { outcome: 'known' };
  if (lookup.status === REMOVED)
    return { outcome: 'withheld', reason: 'it was removed from the server for good' };
  await requireSameServer(url);
  const { status, text } = await put(
    `${address}${keeping.keepsSecrets ? '?secrets=keep' : ''}`,
    file,
    credentialHeader(url),
  ).catch((error: unknown) => fail(address, reasonOf(error)));
  if (status === TOO_LARGE)
    return {
      outcome: 'withheld',
      reason: `its ${file.bytes} bytes are more than the server takes (TRIBUTARY_BLOB_BYTES of the server, or the limit of a proxy before it)`,
    };
  if (status !== 200 && status !== 201) return fail(address, `${status} ${text.slice(0, 200)}`);
  return { outcome: 'kept' };
}

/** Why the bytes of a file are not sent at all. */
async function notSent(
  file: SourceFile,
  { keepsSecrets = false, most = Infinity, isRedacted = false }: Keeping,
): Promise<string | undefined> {
  if (file.bytes > most)
    return `it is larger than the ${most} bytes that the server takes (TRIBUTARY_BLOB_BYTES of the server)`;
  if (isRedacted && !keepsSecrets)
    return 'a value that was read from it is redacted; --keep-secrets keeps it all the same';
  const secrets = keepsSecrets ? [] : await secretsIn(file);
  if (typeof secrets === 'string') return secrets;
  return secrets.length > 0
    ? `it contains a secret (${secrets.join(', ')}); --keep-secrets keeps it all the same`
    : undefined;
}

/** The kinds of secrets in a file, or why nobody can say. */
const secretsIn = (file: SourceFile): Promise<Awaited<ReturnType<typeof secretKindsIn>> | string> =>
  secretKindsIn(file).catch((error: unknown) => {
    if (isGzipTooLarge(error)) return error.message;
    throw error;
  });

function fail(address: string, reason: string): never {
  throw new Exit(
    EXIT.failed,
    `${address} did not accept a file: ${reason}. Run the same import again; it continues.`,
  );
}

/**
 * Announces the length, which `fetch` cannot do for a stream: the server reserves memory by it. It may answer before it has
 * read the file, and close the connection.
 */
async function put(
  address: string,
  file: SourceFile,
  credential: Readonly<Record<string, string>>,
): Promise<{ status: number; text: string }> {
  const request = (address.startsWith('https:') ? https : http).request(address, {
    method: 'PUT',
    headers: { 'content-type': 'application/octet-stream', 'content-length': file.bytes, ...credential },
  });
  /* What ends it early is an error of the request too, unless that has its answer. */
  void pipeline(file.parts(), request).catch(() => undefined);
  const response = await answered(request);
  const text = await textOf(response).catch(() => '');
  return { status: response.statusCode ?? 0, text };
}

async function answered(request: http.ClientRequest): Promise<http.IncomingMessage> {
  return new Promise((resolve, reject) => {
    request.once('response', resolve);
    request.once('error', reject);
  });
}
