import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fact, startGraphqlServer } from './graphql-server.fixture.ts';
import type { GraphqlServer } from './graphql-server.fixture.ts';

const planOf = (mixtureId: string, decidedBy: string, slice = 'code') => ({
  mixtureId,
  unit: 'token_share',
  phases: [{ name: 'all', fromStep: 0, weights: [{ slice, weight: 1 }] }],
  rationale: 'r',
  decidedBy,
});

const OUTCOME = '{ __typename ... on MixtureRecorded { isNew } ... on MixtureRefused { refusal } }';
const DECIDE = `mutation ($plan: MixturePlan!) { decideMixture(plan: $plan) ${OUTCOME} }`;
const APPROVE = `mutation ($id: ID!, $by: String!) { approveMixture(id: $id, approvedBy: $by) ${OUTCOME} }`;

let server: GraphqlServer;
beforeAll(async () => (server = await startGraphqlServer()));
afterAll(() => server.remove());

/** Records a plan as one import, and withdraws that. */
async function withdrawn(mixtureId: string): Promise<void> {
  await server.record(
    fact('lineage.import.started', { importId: mixtureId, paths: ['recipes'], program: 'test' }, mixtureId),
  );
  const began = await server.caughtUp();
  await server.record(fact('mixture.plan.decided', planOf(mixtureId, 'ada')));
  const last = await server.caughtUp();
  await server.record(
    fact('lineage.import.progressed', {
      importId: mixtureId,
      began,
      part: 1,
      announced: [],
      stored: [{ first: last, last }],
      repeated: [],
    }),
    fact('lineage.import.withdrawn', {
      importId: mixtureId,
      began,
      stored: [],
      reason: 'templates',
      actor: 'kim',
    }),
  );
  await server.caughtUp();
}

describe('a command to a mixture, whose plan does not count any more,', () => {
  it('decides another one where the import of the first was withdrawn', async () => {
    await withdrawn('taken-back');
    expect(await server.ask(APPROVE, { id: 'taken-back', by: 'bob' })).toEqual({
      approveMixture: { __typename: 'MixtureRefused', refusal: 'unknown_mixture' },
    });
    const plan = planOf('taken-back', 'eve', 'math');
    expect(await server.ask(DECIDE, { plan })).toEqual({
      decideMixture: { __typename: 'MixtureRecorded', isNew: true },
    });
  });

  it('knows who decided by the correction alone', async () => {
    const first = fact('mixture.plan.decided', planOf('corrected', 'ada'));
    const second = {
      ...fact('mixture.plan.decided', planOf('corrected', 'eve')),
      corrects: first.id,
      correctionreason: 'it was eve',
      actor: 'kim',
    };
    await server.record(first, second);
    await server.caughtUp();
    const approved = (by: string) => server.ask(APPROVE, { id: 'corrected', by });
    expect(await approved('eve')).toMatchObject({ approveMixture: { refusal: 'approver_is_decider' } });
    expect(await approved('ada')).toMatchObject({ approveMixture: { isNew: true } });
  });
});
