import { scenario } from '@tributary/fixtures';
import { it } from 'vitest';
import { decide, emptyMixture, evolve } from './mixture.ts';
import type { MixtureFact } from './mixture.ts';

const given = scenario({ initial: emptyMixture, decide, evolve });

const decided: MixtureFact = {
  id: '1',
  source: 'urn:test',
  type: 'mixture.plan.decided',
  data: {
    mixtureId: 'full',
    unit: 'token_share',
    phases: [{ name: 'all', fromStep: 0, weights: [{ slice: 'code', weight: 1 }] }],
    rationale: 'reference',
    decidedBy: 'ada',
  },
};
const approved: MixtureFact = {
  id: '2',
  source: 'urn:test',
  type: 'mixture.plan.approved',
  data: { mixtureId: 'full', approvedBy: 'grace' },
};
const superseded: MixtureFact = {
  id: '3',
  source: 'urn:test',
  type: 'mixture.plan.superseded',
  data: { mixtureId: 'full', supersededBy: 'next', reason: 'better', actor: 'ada' },
};
const approve = { type: 'approve', mixtureId: 'full', approvedBy: 'grace' } as const;
const supersede = {
  type: 'supersede',
  mixtureId: 'full',
  supersededBy: 'next',
  reason: 'better',
  actor: 'ada',
} as const;

it('is approved by somebody other than its decider', () => {
  given(decided)
    .when(approve)
    .yields({ type: 'mixture.plan.approved', data: { mixtureId: 'full', approvedBy: 'grace' } });
});

it('refuses the approval of its decider', () => {
  given(decided)
    .when({ ...approve, approvedBy: 'ada' })
    .refuses('approver_is_decider');
});

it('refuses a second approval before a new decision', () => {
  given(decided, approved).when(approve).refuses('already_approved');
  given(decided, approved, decided).when(approve).accepts();
});

it('is superseded once, and not by itself', () => {
  given(decided, approved).when(supersede).accepts();
  given(decided, superseded).when(supersede).refuses('already_superseded');
  given(decided)
    .when({ ...supersede, supersededBy: 'full' })
    .refuses('superseded_by_itself');
});

it('refuses commands on an unknown mixture', () => {
  given().when(approve).refuses('unknown_mixture');
});
