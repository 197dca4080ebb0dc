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
  successors: [],
  reason: 'better',
  actor: 'ada',
} as const;
const redecided = { ...decided.data, rationale: 'checked' };

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

it('is superseded by none that it supersedes in turn', () => {
  given(decided)
    .when({ ...supersede, successors: ['other', 'full'] })
    .refuses('superseded_in_a_cycle');
  given(decided)
    .when({ ...supersede, successors: ['other'] })
    .yields({
      type: 'mixture.plan.superseded',
      data: { mixtureId: 'full', supersededBy: 'next', reason: 'better', actor: 'ada' },
    });
});

it('is decided, and decided otherwise only where the other plan is to be replaced', () => {
  const decideFull = { type: 'decide', plan: decided.data, replace: false } as const;
  given().when(decideFull).yields({ type: 'mixture.plan.decided', data: decided.data });
  given(decided)
    .when({ ...decideFull, plan: redecided })
    .refuses('already_decided');
  given(decided)
    .when({ ...decideFull, plan: redecided, replace: true })
    .yields({ type: 'mixture.plan.decided', data: redecided });
});

it('yields nothing where its newest plan is decided again, whatever the order of members', () => {
  const { mixtureId, ...others } = decided.data;
  given(decided, approved)
    .when({ type: 'decide', plan: { ...others, mixtureId }, replace: true })
    .yields();
  given(decided, { ...decided, data: redecided })
    .when({ type: 'decide', plan: decided.data, replace: true })
    .accepts();
});

it('refuses to approve and to supersede an unknown mixture', () => {
  given().when(approve).refuses('unknown_mixture');
  given().when(supersede).refuses('unknown_mixture');
});
