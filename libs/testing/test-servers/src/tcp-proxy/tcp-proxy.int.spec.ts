import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { startTcpProxy, type TcpProxy } from './start-tcp-proxy.ts';

/** Echoes what it receives, and records it. */
const server = createServer({ allowHalfOpen: true }, (socket) => {
  socket.on('error', () => undefined);
  socket.on('data', (chunk) => {
    heard += String(chunk);
    socket.write(chunk);
  });
  socket.on('end', () => socket.end('bye'));
});
let heard = '';
let proxy: TcpProxy;

beforeEach(async () => {
  heard = '';
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  proxy = await startTcpProxy({ to: { host: '127.0.0.1', port: (server.address() as AddressInfo).port } });
});
afterEach(async () => {
  await proxy.stop();
  server.close();
});

async function client(): Promise<Socket> {
  const socket = connect({ port: proxy.port, host: '127.0.0.1', allowHalfOpen: true });
  socket.on('error', () => undefined);
  await once(socket, 'connect');
  return socket;
}
const said = async (socket: Socket): Promise<string> => String((await once(socket, 'data'))[0]);
const failure = async (socket: Socket): Promise<unknown> =>
  new Promise((resolve) => socket.once('error', (error) => resolve('code' in error && error.code)));

it('forwards bytes in both directions, and ends each direction separately', async () => {
  const socket = await client();
  socket.write('one');
  expect(await said(socket)).toBe('one');
  socket.end('two');
  expect((await socket.toArray()).join('')).toBe('twobye');
});

it('forwards a megabyte completely and in order with a delay', async () => {
  proxy.delay(20);
  const socket = await client();
  const sent = Buffer.from(Array.from({ length: 200_000 }, (_, index) => `${index},`).join(''));
  socket.end(sent);
  expect(Buffer.concat(await socket.toArray()).equals(Buffer.concat([sent, Buffer.from('bye')]))).toBe(true);
});

it('resets every connection', async () => {
  const sockets = await Promise.all([client(), client()]);
  for (const socket of sockets) {
    socket.write('x');
    await said(socket);
  }
  const failures = Promise.all(sockets.map(failure));
  proxy.reset();
  expect(await failures).toEqual(['ECONNRESET', 'ECONNRESET']);
});

it('strands open connections: they fail on their next use, and new ones work', async () => {
  const socket = await client();
  socket.write('a');
  await said(socket);
  proxy.strand();
  const fresh = await client();
  fresh.write('b');
  expect(await said(fresh)).toBe('b');
  socket.write('c');
  expect(await failure(socket)).toBe('ECONNRESET');
  expect(heard).toBe('ab');
});

it('holds all bytes in a black hole and forwards them afterwards', async () => {
  const socket = await client();
  proxy.blackhole(true);
  socket.write('late');
  const other = await client();
  other.write('later');
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(heard).toBe('');
  proxy.blackhole(false);
  expect(await Promise.all([said(socket), said(other)])).toEqual(['late', 'later']);
});

it('refuses connections while open ones continue, and listens again on the same port', async () => {
  const socket = await client();
  await proxy.refuse(true);
  await expect(client()).rejects.toMatchObject({ code: 'ECONNREFUSED' });
  socket.write('still');
  expect(await said(socket)).toBe('still');
  await proxy.refuse(false);
  const again = await client();
  again.write('again');
  expect(await said(again)).toBe('again');
});

it('resets the connection whose client exceeds a number of bytes, once', async () => {
  proxy.dropAfter(3);
  const socket = await client();
  socket.write('abcdef');
  expect(await failure(socket)).toBe('ECONNRESET');
  const again = await client();
  again.write('ABCDEF');
  expect(await said(again)).toBe('ABCDEF');
  expect(heard.endsWith('ABCDEF')).toBe(true);
  expect(heard).not.toContain('d');
});

it('truncates one answer after a number of answers, and the server has received the request', async () => {
  proxy.cutAnswerAfterRequests(1);
  const socket = await client();
  socket.write('first');
  expect(await said(socket)).toBe('first');
  socket.write('second');
  expect(await failure(socket)).toBe('ECONNRESET');
  expect(heard).toBe('firstsecond');
  const again = await client();
  again.write('third');
  expect(await said(again)).toBe('third');
});

it('closes the direction to clients, and still forwards their bytes', async () => {
  const socket = await client();
  socket.write('a');
  await said(socket);
  proxy.halfClose();
  await once(socket, 'end');
  socket.write('b');
  await expect.poll(() => heard).toBe('ab');
});
