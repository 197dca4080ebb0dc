import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';

/** A server that stores blobs by their path, as Tributary does, or answers a PUT with another status. */
export async function blobServer(status = 201, maxBlobBytes?: number) {
  const blobs = new Map<string, { length: string | undefined; body: string }>();
  const server = createServer((request, response) => {
    const path = request.url ?? '';
    if (request.method === 'HEAD') return response.writeHead(blobs.has(path) ? 200 : 404).end();
    if (path === '/v1/limits')
      return maxBlobBytes === undefined
        ? response.writeHead(503).end('{}')
        : response.writeHead(200).end(JSON.stringify({ maxBlobBytes }));
    let body = '';
    request.on('data', (chunk) => (body += String(chunk)));
    return request.on('end', () => {
      if (status < 300) blobs.set(path, { length: request.headers['content-length'], body });
      response.writeHead(status).end('{"detail":"the disk is full"}');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, blobs };
}
