import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import {
  removeDirectory,
  startServer,
  temporaryDirectory,
} from '../../services/standalone/src/server-under-test.fixture.ts';
import type { ServerUnderTest } from '../../services/standalone/src/server-under-test.fixture.ts';

const run = promisify(execFile);

/** A server, and stock clients that run against it. */
export type StockClients = {
  readonly server: ServerUnderTest;
  /** Runs a script of this folder with the server's address. Resolves with the JSON on its last line. */
  runScript<Seen>(script: string): Promise<Seen>;
  stop(): Promise<void>;
};

export async function startStockClients(python: string): Promise<StockClients> {
  const directory = temporaryDirectory();
  const server = await startServer(directory);
  return {
    server,
    runScript: async (script) => {
      const { stdout } = await run(python, [join(import.meta.dirname, script), server.url], {
        timeout: 240_000,
      });
      return JSON.parse(stdout.trim().split('\n').at(-1) ?? '');
    },
    stop: async () => {
      await server.end('SIGTERM');
      removeDirectory(directory);
    },
  };
}

/** What `mlflow_client.py` read back. */
export type ReadByMlflow = Readonly<Record<string, unknown>> & {
  readonly experiment: string;
  readonly parent: string;
  readonly child: string;
  readonly heavy: string;
  readonly modelId: string;
};

/** What `mlflow_client.py` must read back. */
export const expectedReadBack = (seen: ReadByMlflow) => ({
  createdTwice: 'RESOURCE_ALREADY_EXISTS',
  deletedStage: 'deleted',
  names: ['Default', 'renamed', 'stock'],
  byTag: ['stock', 'parent'],
  unknownExperiment: 'RESOURCE_DOES_NOT_EXIST',
  status: 'FINISHED',
  name: 'parent',
  ended: true,
  params: { lr: '0.0003', layers: '12' },
  note: 'first',
  hasGone: false,
  lastLoss: 'inf',
  lowest: '-inf',
  losses: ['2.5', 'nan', 'inf'],
  steps: [1, 2, 3],
  dataset: ['web', 'd1a2b3', 'training'],
  childParent: seen.parent,
  changedParam: 'INVALID_PARAMETER_VALUE',
  heavyPoints: 40,
  heavyKeys: 50,
  heavyParams: 100,
  atomic: ['INVALID_PARAMETER_VALUE', false, false],
  badKey: 'INVALID_PARAMETER_VALUE',
  killed: 'KILLED',
  deletedRun: 'deleted',
  writeToDeleted: 'INVALID_PARAMETER_VALUE',
  deletedRuns: ['short'],
  resumed: 'RUNNING',
  failed: ['FAILED', 'renamed short'],
  unknownRun: 'RESOURCE_DOES_NOT_EXIST',
  byMetric: ['child'],
  byQuotedKey: ['heavy'],
  byName: ['parent'],
  byStatus: ['heavy'],
  byIds: ['child'],
  byDataset: ['parent'],
  ordered: ['child', 'parent'],
  badFilter: 'INVALID_PARAMETER_VALUE',
  pages: [
    ['parent', 'child'],
    ['heavy', 'renamed short'],
  ],
  model: ['annealed', 'READY', { lr: '3e-4' }, 'final', [0.5]],
  models: ['annealed'],
  outputs: [seen.modelId],
  files: [
    ['config.json', false, 18],
    ['empty.bin', false, 0],
    ['folder', true, null],
    ['notes', true, null],
  ],
  deepFiles: ['folder/sub/50% of a b.txt'],
  text: 'hello',
  dict: { lr: 3e-4 },
  downloaded: ['config.json', 'empty.bin', 'folder/empty.bin', 'folder/sub/50% of a b.txt', 'notes/out.txt'],
  large: true,
  afterDelete: ['config.json', 'empty.bin', 'large.bin', 'notes'],
  registeredTwice: 'RESOURCE_ALREADY_EXISTS',
  version: ['2', 'READY', 'second', { checked: 'yes' }, ['champion'], seen.parent, `models:/${seen.modelId}`],
  registered: [['lm', '2']],
  versions: ['1', '2'],
  versionsOfRun: 2,
  deletedVersion: 'RESOURCE_DOES_NOT_EXIST',
  stage: 'NOT_IMPLEMENTED',
  traced: { loss: 1 },
});
