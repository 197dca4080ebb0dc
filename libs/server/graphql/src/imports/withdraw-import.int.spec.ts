import { Fault, formatEventPosition, parseEventPosition } from '@tributary/kernel';
import type { Position, SqlReader } from '@tributary/kernel';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { fact, startGraphqlServer } from '../graphql-server.fixture.ts';
import type { GraphqlServer } from '../graphql-server.fixture.ts';
import { laggingTables } from '../lagging-tables.fixture.ts';
import type { Runtime } from '../runtime.ts';
import { withdrawImport } from './withdraw-import.ts';

let server: GraphqlServer;
beforeAll(async () => (server = await startGraphqlServer()));
afterAll(() => server.remove());

type Range = { readonly first: string; readonly last: string };

const started = (runId: string) =>
  fact('training.run.started', { runId, attempt: 1, model: { name: 'm' }, config: {}, seeds: {} }, runId);

/** An importer as the command is one, which is killed after any of its requests: each announces its events and names the last ones. */
class Importer {
  readonly id: string;
  #began = '';
  #part = 0;
  #last: Range[] = [];

  constructor(id: string) {
    this.id = id;
  }

  async begin(): Promise<void> {
    const { id } = this;
    const { receipts } = await server.record(
      fact('lineage.import.started', { importId: id, paths: ['a'], program: 'test' }, id),
    );
    this.#began = receipts[0]?.position ?? '';
  }

  /** The events of its next request. */
  next(events: number) {
    return Array.from({ length: events }, (_, index) => started(`${this.id}-${this.#part + 1}-${index}`));
  }

  async send(events: number): Promise<void> {
    const sent = this.next(events);
    this.#part += 1;
    const announced = [{ source: 'urn:test', ids: sent.map(({ id }) => id) }];
    const part = { importId: this.id, began: this.#began, part: this.#part, announced };
    const { receipts } = await server.record(
      fact('lineage.import.progressed', { ...part, stored: this.#last, repeated: [] }),
      ...sent,
    );
    this.#last = receipts.slice(1).map(({ position }) => ({ first: position, last: position }));
  }
}

/** The runtime with tables that stand at a position, and work after each look at the imports. */
function behind(position: Position, afterLook: () => Promise<void>): Runtime {
  const runtime = laggingTables(server.runtime, position);
  const { reader } = runtime.engine;
  const looking: SqlReader = {
    async all(query, params) {
      const rows = await reader.all(query, params);
      if (query.name === 'imports') await afterLook();
      return rows;
    },
  };
  return { ...runtime, engine: { ...runtime.engine, reader: looking } };
}

const COUNTED = '{ runs { totalCount } imports { nodes { id state } } }';
type Runs = { readonly runs: { readonly nodes: readonly { readonly id: string }[] } };
type Counted = {
  readonly runs: { readonly totalCount: number };
  readonly imports: { readonly nodes: readonly { readonly id: string; readonly state: string }[] };
};

it('leaves nothing counted of an import that was killed, however far behind the tables are and whatever is recorded meanwhile', async () => {
  let imports = 0;
  const history = fc.record({
    /** Numbers of events of the requests before the withdrawal is asked for. */
    before: fc.array(fc.integer({ min: 1, max: 3 }), { maxLength: 3 }),
    /** Requests that are recorded while it looks for the import the first time, the second time, … */
    meanwhile: fc.array(fc.integer({ min: 1, max: 2 }), { maxLength: 3 }),
    lacking: fc.nat(9),
  });
  await fc.assert(
    fc.asyncProperty(history, async ({ before, meanwhile, lacking }) => {
      const importer = new Importer(`import-${(imports += 1)}`);
      await importer.begin();
      const start = parseEventPosition(server.runtime.log.head());
      for (const events of before) await importer.send(events);
      const head = parseEventPosition(server.runtime.log.head());
      const left = [...meanwhile];
      const runtime = behind(formatEventPosition(Math.max(start, head - lacking)), async () => {
        const events = left.shift() ?? 0;
        if (events > 0) await importer.send(events);
      });
      const asked = { id: importer.id, reason: 'wrong files', actor: 'kim' };
      expect(await withdrawImport(runtime, asked)).toMatchObject({ __typename: 'ImportWithdrawn' });
      await server.caughtUp();
      const { runs, imports: listed } = await server.ask<Counted>(COUNTED);
      const state = listed.nodes.find(({ id }) => id === importer.id)?.state;
      expect({ ...runs, state }).toEqual({ totalCount: 0, state: 'withdrawn' });
    }),
    {
      numRuns: 6,
      endOnFailure: true,
      /* A request that the tables lack, and one between the look and the withdrawal. */
      examples: [
        [{ before: [1, 2], meanwhile: [], lacking: 3 }],
        [{ before: [1], meanwhile: [2], lacking: 0 }],
      ],
    },
  );
});

it('waits for tables that lack rows: what an import added is not known then', async () => {
  const importer = new Importer('import-short');
  await importer.begin();
  const { runtime } = server;
  const shortfall = () => 'rows are missing';
  const short = { ...runtime, projector: { ...runtime.projector, shortfall } };
  const asked = { id: importer.id, reason: 'wrong files', actor: 'kim' };
  await expect(withdrawImport(short, asked)).rejects.toMatchObject({ code: 'tables_short', retryable: true });
});

it('is given up where requests of the import keep coming, and can be asked for again', async () => {
  const importer = new Importer('import-alive');
  await importer.begin();
  await importer.send(1);
  const asked = { id: importer.id, reason: 'wrong files', actor: 'kim' };
  const alive = behind(server.runtime.log.head(), () => importer.send(1));
  await expect(withdrawImport(alive, asked)).rejects.toMatchObject({
    code: 'import_goes_on',
    retryable: true,
  });
  expect(await withdrawImport(server.runtime, asked)).toMatchObject({ __typename: 'ImportWithdrawn' });
});

it('says that the import is withdrawn where the look after it fails, and asked again makes sure', async () => {
  const importer = new Importer('import-unseen');
  await importer.begin();
  await importer.send(2);
  let looks = 0;
  const failing = behind(server.runtime.log.head(), async () => {
    looks += 1;
    if (looks === 1) return importer.send(1);
    throw new Error('the tables are away');
  });
  const asked = { id: importer.id, reason: 'wrong files', actor: 'kim' };
  await expect(withdrawImport(failing, asked)).rejects.toMatchObject({
    code: 'withdrawal_unconfirmed',
    retryable: true,
    message: expect.stringMatching(/^import import-unseen is withdrawn, at position .*the tables are away/),
  });
  expect(await withdrawImport(server.runtime, asked)).toMatchObject({ __typename: 'ImportWithdrawn' });
  expect(await withdrawImport(server.runtime, asked)).toMatchObject({
    __typename: 'WithdrawImportRefused',
    refusal: 'already_withdrawn',
  });
});

it('says that the import is withdrawn where withdrawing what it added meanwhile fails, as on a full disk', async () => {
  const importer = new Importer('import-full');
  await importer.begin();
  await importer.send(1);
  let isFull = false;
  const going = behind(server.runtime.log.head(), async () => {
    if (isFull) return;
    await importer.send(1);
    isFull = true;
  });
  const { log } = server.runtime;
  let appends = 0;
  const append: typeof log.append = (...words) => {
    appends += 1;
    if (appends > 1) throw new Fault('disk_full', 'the disk is full');
    return log.append(...words);
  };
  const get = (target: typeof log, key: string | symbol): unknown => {
    if (key === 'append') return append;
    const value: unknown = Reflect.get(target, key, target);
    return typeof value === 'function' ? value.bind(target) : value;
  };
  const full = { ...going, log: new Proxy(log, { get }) };
  const asked = { id: importer.id, reason: 'wrong files', actor: 'kim' };
  await expect(withdrawImport(full, asked)).rejects.toMatchObject({
    code: 'withdrawal_unconfirmed',
    retryable: true,
    message: expect.stringMatching(/^import import-full is withdrawn, at position .*the disk is full/),
  });
  expect(appends).toBe(2);
  expect(await withdrawImport(server.runtime, asked)).toMatchObject({ __typename: 'ImportWithdrawn' });
});

it('keeps what somebody else recorded after the import began, before the request that announced it as well', async () => {
  const importer = new Importer('import-beside');
  await importer.begin();
  await server.record(...importer.next(1));
  await importer.send(2);
  const asked = { id: importer.id, reason: 'wrong files', actor: 'kim' };
  expect(await withdrawImport(server.runtime, asked)).toMatchObject({ __typename: 'ImportWithdrawn' });
  await server.caughtUp();
  const { runs } = await server.ask<Runs>('{ runs { nodes { id } } }');
  expect(runs.nodes).toEqual([{ id: 'import-beside-1-0' }]);
});
