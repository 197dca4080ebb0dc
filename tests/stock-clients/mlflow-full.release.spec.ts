import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { expectedReadBack, startStockClients } from './stock-clients.fixture.ts';
import type { ReadByMlflow, StockClients } from './stock-clients.fixture.ts';
import { venvOf } from './venv.ts';

const venv = venvOf(join(import.meta.dirname, 'requirements-full.txt'));
const needs = venv.ok ? '' : ` (needs Python and its package registry: ${venv.reason})`;

describe.skipIf(!venv.ok)(`the full mlflow package${needs}`, () => {
  let clients: StockClients;
  beforeAll(async () => {
    clients = await startStockClients(venv.ok ? venv.python : '');
  });
  afterAll(() => clients.stop());

  it('reads back what it wrote', async () => {
    const seen = await clients.runScript<ReadByMlflow>('mlflow_client.py');
    expect(seen).toMatchObject(expectedReadBack(seen));
  });

  it('logs a model, registers it and loads it by its version and its alias', async () => {
    expect(await clients.runScript('mlflow_model.py')).toEqual({
      uri: true,
      version: '1',
      byVersion: [1, 2],
      byAlias: [3],
      flavour: true,
      found: ['trained'],
    });
  });
});
