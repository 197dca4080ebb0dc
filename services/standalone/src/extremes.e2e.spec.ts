import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import {
  fact,
  ndjson,
  removeDirectory,
  startServer,
  temporaryDirectory,
} from './server-under-test.fixture.ts';
import type { Accepted, ServerUnderTest } from './server-under-test.fixture.ts';

const examples = join(import.meta.dirname, '../../../schemas/examples');

const directory = temporaryDirectory();
let server: ServerUnderTest;

beforeAll(async () => {
  server = await startServer(directory);
});
afterAll(async () => {
  await server.end('SIGKILL');
  removeDirectory(directory);
});

type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

const NUMBERS = [0, -1, 0.5, 1e6, 4e9, 2 ** 53 - 1, 1e300, -1e300, Number.MAX_VALUE, Number.MIN_VALUE, null];
const TEXTS = ['', 'x', '__proto__', 'a/b', '\t\n', '"\\\'`{}()', '𝕊 é', 'x'.repeat(200)];
const KEYS = ['__proto__', 'constructor', 'toString', 'length', '0'];

/** The valid examples of every fact type. */
const facts = readdirSync(examples).flatMap((context) =>
  readdirSync(join(examples, context)).flatMap((name) =>
    readdirSync(join(examples, context, name))
      .filter((file) => file.startsWith('ok-'))
      .map((file) => ({
        type: `${context}.${name.replace(/\.v1$/, '')}`,
        data: JSON.parse(readFileSync(join(examples, context, name, file), 'utf8')) as Json,
      })),
  ),
);

/** Each value with one leaf set to an extreme, or with one key renamed. */
function* corrupted(value: Json): Generator<Json> {
  if (typeof value === 'number') yield* NUMBERS;
  if (typeof value === 'string') yield* TEXTS;
  if (typeof value !== 'object' || value === null) return;
  for (const [key, inner] of Object.entries(value)) {
    for (const other of corrupted(inner)) yield replaced(value, key, other);
    if (!Array.isArray(value)) for (const name of KEYS) yield renamed(value, key, name);
  }
}

function replaced(value: object, key: string, other: Json): Json {
  if (Array.isArray(value)) return value.with(Number(key), other);
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [name, name === key ? other : inner]),
  );
}

const renamed = (value: object, key: string, name: string): Json =>
  JSON.parse(JSON.stringify(value).replace(`${JSON.stringify(key)}:`, `${JSON.stringify(name)}:`));

it('projects every fact that it accepts, however extreme', async () => {
  const events = facts.flatMap(({ type, data }) =>
    [...corrupted(data)].map((other) => ({ ...fact(type, {}), data: other })),
  );
  let stored = 0;
  for (let at = 0; at < events.length; at += 200) {
    const reply = await server.send(ndjson(events.slice(at, at + 200)), { query: '?atomic=false' });
    expect([201, 207, 422]).toContain(reply.status);
    if (reply.status !== 422) stored += (JSON.parse(reply.text) as Accepted).stored;
  }
  expect(stored).toBeGreaterThan(500);
  await server.askText('query ($asOf: Position) { runs(asOf: $asOf) { totalCount } }', {
    asOf: String(stored),
  });
  expect(await server.ask('{ status { fault lag log { position } } }')).toEqual({
    status: { fault: null, lag: 0, log: { position: String(stored) } },
  });
  expect(await server.ask('mutation { rebuild { equal } }')).toEqual({ rebuild: { equal: true } });
});
