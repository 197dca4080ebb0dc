import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readBack, startStockClients } from './stock-clients.suite.ts';
import type { SeenByMlflow, StockClients } from './stock-clients.suite.ts';
import { venvOf } from './venv.ts';

const venv = venvOf(join(import.meta.dirname, 'requirements-full.txt'));
const needs = venv.ok ? '' : ` (needs Python and its package registry: ${venv.reason})`;

describe.skipIf(!venv.ok)(`the whole of mlflow, as it is installed by its name${needs}`, () => {
  let clients: StockClients;
  beforeAll(async () => {
    clients = await startStockClients(venv.ok ? venv.python : '');
  });
  afterAll(() => clients.stop());

  it('reads back what it wrote', async () => {
    const seen = await clients.speak<SeenByMlflow>('mlflow_client.py');
    expect(seen).toMatchObject(readBack(seen));
  });
});
