import { parseEventPosition, positionFromText } from '@tributary/kernel';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { decided } from '../drift/plans.fixture.ts';
import { fact, startGraphqlServer } from '../graphql-server.fixture.ts';
import type { GraphqlServer, SentEvent } from '../graphql-server.fixture.ts';
import { readRetractions } from './read-retractions.ts';
import { retractedEvidence } from './retracted-evidence.ts';
import { retractedStarts } from './retracted-starts.ts';

const TOO_FAR = 'only 16 steps from snapshot to snapshot are followed';

let server: GraphqlServer;
beforeAll(async () => {
  server = await startGraphqlServer();
});
afterAll(() => server.remove());

/** Snapshots that are each made from the one before; the first one lists a shard. */
const chain = (name: string, length: number): SentEvent[] => [
  ...Array.from({ length }, (_, at) =>
    fact('corpus.snapshot.registered', {
      snapshotId: `${name}@${at}`,
      sources: at === 0 ? [] : [{ kind: 'snapshot', ref: `${name}@${at - 1}`, multiplicity: 1 }],
    }),
  ),
  fact('corpus.members.listed', {
    snapshotId: `${name}@0`,
    firstIndex: 0,
    members: [{ shardId: `shard of ${name}`, repeats: 1 }],
  }),
];

const started = (snapshotId: string): SentEvent =>
  fact('training.run.started', {
    runId: `run on ${snapshotId}`,
    attempt: 1,
    model: { name: 'm' },
    config: {},
    seeds: {},
    snapshotId,
  });
const why = { reason: 'licence', actor: 'mara' };
const retracted = (ref: string): SentEvent =>
  fact('corpus.source.retracted', { kind: 'snapshot', ref, ...why });

/** Records facts; gives the position of the last one. */
async function recorded(...events: SentEvent[]): Promise<number> {
  const { receipts } = await server.record(...events);
  await server.caughtUp();
  return parseEventPosition(positionFromText(receipts.at(-1)?.position ?? ''));
}

it.each([
  [17, undefined],
  [19, TOO_FAR],
])(
  'says whether a shard may lie in snapshots that are too many steps away: of %d',
  async (length, reason) => {
    const name = `held ${length}`;
    const since = await recorded(...chain(name, length), started(`${name}@${length - 1}`));
    const shardId = `shard of ${name}`;
    const as_of = [await recorded(fact('corpus.shard.retracted', { shardId, ...why }))];
    const { reader } = server.runtime.engine;
    const { changes, ...found } = await retractedEvidence(reader, {
      positions: [since],
      since: [since],
      as_of,
    });
    expect({ ...found, changes: changes.length }).toEqual({ reason, changes: reason ? 0 : 1 });
    const asked = `{ shardImpact(shard: "${shardId}") { complete reason snapshots { id } } }`;
    const { shardImpact } = await server.ask<{ shardImpact: { complete: boolean; reason: string | null } }>(
      asked,
    );
    expect(shardImpact).toMatchObject({ complete: !reason, reason: reason ?? null });
  },
);

it.each([
  [17, undefined],
  [19, TOO_FAR],
])('says whether more snapshots may be made from a retracted one: of %d', async (length, reason) => {
  const name = `made ${length}`;
  const since = await recorded(...chain(name, length), started(`${name}@${length - 1}`));
  const as_of = [await recorded(retracted(`${name}@0`))];
  const { reader } = server.runtime.engine;
  const { changes, ...found } = await retractedStarts(reader, { positions: [since], since: [since], as_of });
  expect({ ...found, changes: changes.length }).toEqual({ reason, changes: reason ? 0 : 1 });
});

it.each([
  [17, undefined],
  [19, TOO_FAR],
])('says whether a retracted snapshot may have more shards: of %d', async (length, reason) => {
  const name = `lists ${length}`;
  const mixture = `mixture ${length}`;
  const since = [await recorded(decided(mixture, { web: 1 }), ...chain(name, length))];
  const as_of = [await recorded(retracted(`${name}@${length - 1}`))];
  const { retractions, lacks } = await readRetractions(server.runtime.engine.reader, {
    since,
    until: as_of,
    as_of,
  });
  expect(retractions.map(({ shard_id }) => shard_id)).toEqual(reason ? [] : [`shard of ${name}`]);
  expect(lacks).toEqual(reason ? [reason] : []);
  const { plannedExposure } = await server.ask<{ plannedExposure: { reason: string } }>(
    `{ plannedExposure(mixture: "${mixture}", tokens: 10) { reason } }`,
  );
  expect(plannedExposure.reason.includes(TOO_FAR)).toBe(reason !== undefined);
});
