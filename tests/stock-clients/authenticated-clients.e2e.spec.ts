import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { changeKeys, mintKey } from '@tributary/http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  removeDirectory,
  startServer,
  temporaryDirectory,
} from '../../services/standalone/src/server-under-test.fixture.ts';
import type { ServerUnderTest } from '../../services/standalone/src/server-under-test.fixture.ts';
import { venvOf } from './venv.ts';

const run = promisify(execFile);
const venv = venvOf(join(import.meta.dirname, 'requirements.txt'));
const needs = venv.ok ? '' : ` (needs Python and its package registry: ${venv.reason})`;

describe.skipIf(!venv.ok)(`unmodified clients of a server that asks for keys${needs}`, () => {
  const directory = temporaryDirectory();
  const { key, kept } = mintKey({
    name: 'trainer',
    scopes: ['read', 'write'],
    created: new Date().toISOString(),
  });
  let server: ServerUnderTest;
  beforeAll(async () => {
    changeKeys(join(directory, 'api-keys.json'), () => [kept]);
    server = await startServer(directory, { TRIBUTARY_AUTH: 'keys' });
  });
  afterAll(async () => {
    await server.end('SIGTERM');
    removeDirectory(directory);
  });

  /** What the clients say with the variables that each of them reads. */
  async function clients(credentials: Readonly<Record<string, string>>): Promise<unknown> {
    const env = {
      PATH: process.env['PATH'],
      HOME: directory,
      MLFLOW_TRACKING_URI: server.url,
      OPENLINEAGE_URL: server.url,
      OTEL_EXPORTER_OTLP_ENDPOINT: server.url,
      ...credentials,
    };
    const script = join(import.meta.dirname, 'authenticated_clients.py');
    const { stdout } = await run(venv.ok ? venv.python : '', [script], { env, timeout: 120_000 });
    return JSON.parse(stdout.trim().split('\n').at(-1) ?? '');
  }

  it('take the key from their own environment variables', async () => {
    const seen = await clients({
      MLFLOW_TRACKING_TOKEN: key,
      OPENLINEAGE_API_KEY: key,
      OTEL_EXPORTER_OTLP_HEADERS: `authorization=Bearer%20${key}`,
    });
    expect(seen).toEqual({ tracker: 'accepted', lineage: 'accepted', telemetry: 'accepted' });
    const response = await fetch(`${server.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${key}` },
      body: JSON.stringify({ query: '{ status { counts { type count } } }' }),
    });
    const { data } = JSON.parse(await response.text());
    const types = data.status.counts.map(({ type }: { type: string }) => type);
    expect(types).toEqual(expect.arrayContaining(['lineage.run.observed', 'training.run.started']));
  });

  it('are refused without one, each in a form that it understands', async () => {
    expect(await clients({})).toEqual({
      tracker: 'UNAUTHENTICATED',
      lineage: '401',
      telemetry: 'refused',
    });
  });
});
