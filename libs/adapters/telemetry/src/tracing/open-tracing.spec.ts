import { expect, it } from 'vitest';
import { openTracing } from './open-tracing.ts';

const TEXT = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
const off = () => openTracing({ service: 'ingest', version: '1', endpoint: undefined });

it('creates no spans without an endpoint, and passes traceparents on', async () => {
  const tracing = await off();
  const seen = await tracing.span('outer', { parent: TEXT }, (outer) =>
    tracing.span('inner', {}, (inner) => {
      inner.set({ rows: 1 });
      return [outer.traceparent, inner.traceparent, tracing.traceparent()];
    }),
  );
  expect(seen).toEqual([TEXT, TEXT, TEXT]);
  expect(tracing.on).toBe(false);
  expect(tracing.traceparent()).toBeUndefined();
  expect(await tracing.span('alone', { parent: 'x' }, ({ traceparent }) => traceparent)).toBeUndefined();
  expect(await tracing.close()).toBe(true);
});

it('throws the error of the work', async () => {
  const tracing = await off();
  const fail = () => {
    throw new Error('down');
  };
  await expect(tracing.span('a', {}, fail)).rejects.toThrow('down');
});

it.each(['', 'collector:4318', 'ftp://u:canary@collector'])(
  'refuses %s as an endpoint, without repeating it',
  async (endpoint) => {
    const opened = openTracing({ service: 'ingest', version: '1', endpoint });
    await expect(opened).rejects.toMatchObject({
      code: 'configuration',
      message: expect.not.stringContaining('canary'),
    });
  },
);
