import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { credentialHeader } from './credential.ts';
import { withServer } from './reach.ts';

it('answers the command that started it, and nobody else on the machine', async () => {
  const data = mkdtempSync(join(tmpdir(), 'tributary-own-'));
  const statuses = await withServer({ data }, async (url) => {
    const [others, own] = [{}, credentialHeader(url)];
    const asked = [others, own].map((headers) => fetch(`${url}/v1/limits`, { headers }));
    return (await Promise.all(asked)).map(({ status }) => status);
  });
  rmSync(data, { recursive: true });
  expect(statuses).toEqual([401, 200]);
});
