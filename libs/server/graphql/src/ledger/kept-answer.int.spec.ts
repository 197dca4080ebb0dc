import { afterAll, beforeAll, expect, it } from 'vitest';
import { attributor } from '@tributary/attribution-jobs';
import type { Attributor } from '@tributary/attribution-jobs';
import { ablation } from '../ablation.fixture.ts';
import { estimators, fact, startGraphqlServer } from '../graphql-server.fixture.ts';
import type { GraphqlServer } from '../graphql-server.fixture.ts';
import { keepAnswer } from './keep-answer.ts';

let server: GraphqlServer;

beforeAll(async () => {
  server = await startGraphqlServer();
  const manual = { assignment: 'manual' };
  await server.record(...['drawn', 'manual', 'unrecorded'].flatMap((name) => ablation(name, manual)));
  await server.caughtUp();
});
afterAll(() => server.remove());

const KEEP = `mutation (
  $experiment: ID, $slices: [String!], $family: ID, $asOf: Position, $negativeControlOutcomes: [String!]
) {
  keepAnswer(
    experiment: $experiment, slices: $slices, displacement: "proportional", family: $family, asOf: $asOf
    negativeControlOutcomes: $negativeControlOutcomes
  ) {
    ... on AnswerKept {
      id isNew inputPosition
      attribution {
        family { name tests earlier decisions { before level } }
        effects { pValue qValue }
        evidence asOf { position }
      }
    }
    ... on AttributionRefused { refusal }
  }
}`;
const ANSWER = `query ($id: ID!, $asOf: Position) {
  answer(id: $id, asOf: $asOf) {
    id state verification laterAnswer changes { changed by type reason actor } evidence result
    familyNow { name testsThen tests effects { qValue qValueNow } }
    rerun { same resultDigest differencesTotal }
  }
}`;
type Kept = {
  id: string;
  isNew: boolean;
  inputPosition: string;
  attribution: {
    family: {
      name: string;
      tests: number;
      earlier: number;
      decisions: { before: number; level: number }[];
    };
    asOf: { position: string };
    effects: { pValue: number; qValue: number }[];
    evidence: string[];
  };
};
const keep = async (variables: object) =>
  (await server.ask<{ keepAnswer: Kept }>(KEEP, variables)).keepAnswer;
const found = async (id: string, asOf?: string) =>
  (await server.ask<{ answer: { result: string; changes: object[] } }>(ANSWER, { id, asOf })).answer;

/** The score of a run of the fixture, with another value. */
const scoreOf = (runId: string, value: number) => ({
  runId,
  step: 100,
  capability: 'reasoning',
  benchmark: 'held-out',
  metric: 'bits',
  value,
  harness: {
    name: 'lab',
    version: '1',
  },
  unit: 'bits',
  higherIsBetter: false,
  method: 'measured',
});

it('records an answer once, finds it by the beginning of its id, and gives the same bytes again', async () => {
  const first = await keep({ experiment: 'drawn', slices: ['code'] });
  expect(first).toMatchObject({ isNew: true, attribution: { family: { name: 'drawn', tests: 1 } } });
  const head = server.runtime.log.head();
  expect(await keep({ experiment: 'dra', slices: ['code', 'code'] })).toMatchObject({
    id: first.id,
    isNew: false,
    inputPosition: first.inputPosition,
  });
  expect(server.runtime.log.head()).toBe(head);
  expect(await found(`answer:${first.id.slice(0, 8)}`)).toMatchObject({
    id: first.id,
    state: 'current',
    changes: [],
    evidence: first.attribution.evidence,
    rerun: { same: true, differencesTotal: 0 },
  });
  expect(await server.reply(ANSWER, { id: first.id, asOf: first.inputPosition })).toMatchObject({
    body: { errors: [{ extensions: { code: 'unknown_answer' } }] },
  });
  expect(await server.reply(ANSWER, { id: 'answer:000000' })).toMatchObject({
    body: { errors: [{ extensions: { code: 'unknown_answer' } }] },
  });
  expect(await keep({ experiment: 'drawn', slices: ['music'] })).toEqual({ refusal: 'unknown_slice' });
});

it('tests one slice after the other in their order, and a repeated question as it was tested first', async () => {
  const slices = ['code', 'math', 'text'];
  const together = await keep({ experiment: 'manual', slices, family: 'together' });
  const apart: Kept[] = [];
  for (const slice of slices)
    apart.push(await keep({ experiment: 'manual', slices: [slice], family: 'apart' }));
  expect(apart.map(({ attribution }) => attribution.family)).toMatchObject([
    { name: 'apart', tests: 1, earlier: 0 },
    { name: 'apart', tests: 2, earlier: 1 },
    { name: 'apart', tests: 3, earlier: 2 },
  ]);
  const levels = apart.map(({ attribution }) => attribution.family.decisions[0]?.level ?? 1);
  expect(levels).toEqual(levels.toSorted((left, right) => right - left));
  expect(together.attribution.family.decisions.map(({ before }) => before)).toEqual([0, 0, 0]);
  const head = server.runtime.log.head();
  const again = await keep({ experiment: 'manual', slices: ['code'], family: 'apart' });
  expect(again).toEqual({ ...apart[0], isNew: false });
  expect(server.runtime.log.head()).toBe(head);
  expect(await found(apart[0]?.id ?? '')).toMatchObject({
    state: 'current',
    rerun: { same: true },
    familyNow: {
      name: 'apart',
      testsThen: 1,
      tests: 3,
      effects: [{ qValueNow: apart[0]?.attribution.effects[0]?.qValue }],
    },
  });
  const both = ['code', 'math'].map((slice) =>
    keep({ experiment: 'manual', slices: [slice], family: 'at once' }),
  );
  const earlier = (await Promise.all(both)).map(({ attribution }) => attribution.family.earlier);
  expect(earlier.toSorted((left, right) => left - right)).toEqual([0, 1]);
});

it('gives a question that is not recorded the q value that it has where it is recorded', async () => {
  const UNRECORDED = `query ($slices: [String!], $family: ID) {
    attribution(experiment: "manual", slices: $slices, displacement: "proportional", family: $family) {
      ... on Attribution { family { name tests } effects { qValue } }
    }
  }`;
  for (const family of [undefined, 'read']) {
    for (const [earlier, slice] of ['code', 'math', 'text'].entries()) {
      const of = { slices: [slice], family };
      const unrecorded = await server.ask<{ attribution: Kept['attribution'] }>(UNRECORDED, of);
      const { attribution } = await keep({ ...of, experiment: 'manual' });
      expect(unrecorded.attribution).toEqual({
        family: { name: family ?? 'manual', tests: earlier + 1 },
        effects: attribution.effects.map(({ qValue }) => ({ qValue })),
      });
    }
  }
});

/** The attributor of two processes of which neither records before both have computed. */
function computedAtOnce(): Pick<Attributor, 'attribute'> {
  const real = attributor(server.runtime.engine.reader, estimators);
  let computed = 0;
  let release = (): void => undefined;
  const both = new Promise<void>((resolve) => {
    release = resolve;
  });
  return {
    attribute: async (request, asOf) => {
      const answer = await real.attribute(request, asOf);
      computed += 1;
      if (computed === 2) release();
      await both;
      return answer;
    },
  };
}

it('counts the tests of another process that keeps at the same time, and answers again where those came first', async () => {
  const of = { experiment: 'manual', displacement: 'proportional', family: 'two processes' };
  const answering = { runtime: server.runtime, attributor: computedAtOnce() };
  const kept = await Promise.all(
    ['code', 'math'].map((slice) => keepAnswer(answering, { ...of, slices: [slice] }, undefined)),
  );
  const earlier = kept.map((one) => (one.ok ? one.answer.family.earlier : -1));
  expect(earlier.toSorted((left, right) => left - right)).toEqual([0, 1]);
  const again = kept.find((one) => one.ok && one.answer.family.earlier === 1);
  if (!again?.ok) throw new Error('no answer counts the other one');
  const asked = { question: again.row.question_id };
  const { givenAnswers } = await server.ask<{ givenAnswers: { nodes: object[] } }>(
    'query ($question: ID!) { givenAnswers(question: $question) { nodes { result } } }',
    asked,
  );
  expect(givenAnswers.nodes).toMatchObject([
    { result: expect.stringContaining('"earlier":0') },
    { result: expect.stringContaining('"earlier":1') },
  ]);
  expect(await found(again.row.answer_id)).toMatchObject({
    state: 'current',
    verification: 'verified',
    familyNow: { testsThen: 2, tests: 2 },
  });
});

it('says of an answer that was recorded by hand that it is not what the estimators compute', async () => {
  const genuine = await keep({ experiment: 'manual', slices: ['code'], family: 'forged' });
  const { result } = await found(genuine.id);
  const { answer } = await server.ask<{ answer: Record<string, string> }>(
    'query ($id: ID!) { answer(id: $id) { question estimator estimatorVersion resultDigest inputPosition } }',
    { id: genuine.id },
  );
  const changed = JSON.parse(result);
  changed.effects[0].effect = 99;
  const forged = (over: object) =>
    fact('attribution.question.answered', {
      questionId: answer['question'],
      estimator: { id: answer['estimator'], version: answer['estimatorVersion'] },
      inputPosition: answer['inputPosition'],
      result: changed,
      resultDigest: answer['resultDigest'],
      ...over,
    });
  await server.record(
    forged({}),
    forged({ estimator: { id: answer['estimator'], version: '1' } }),
    forged({ inputPosition: '999999999' }),
  );
  await server.caughtUp();
  const LIST = `query ($after: String) { answers(experiment: "manual", first: 1000, after: $after) {
    nodes { id question verification }
  } }`;
  const listed = async () => {
    const { answers } = await server.ask<{
      answers: { nodes: { id: string; question: string; verification: string }[] };
    }>(LIST);
    return answers.nodes.filter(({ question }) => question === answer['question']);
  };
  const states = (nodes: Awaited<ReturnType<typeof listed>>) => nodes.map(({ verification }) => verification);
  expect(states(await listed())).toEqual(['verified', 'not_checked', 'not_checked', 'not_checked']);
  for (const { id } of await listed()) await found(id);
  expect(states(await listed())).toEqual(['verified', 'differs', 'other_version', 'not_computable']);
});

it('names the events that change what an answer rests on, from when they are recorded', async () => {
  const { id, inputPosition } = await keep({ experiment: 'unrecorded', slices: ['code'] });
  const before = server.runtime.log.head();
  const scored = fact('evaluation.score.recorded', scoreOf('unrecorded-full-s1', 4.05));
  const { receipts } = await server.record(
    scored,
    fact('evaluation.score.invalidated', {
      runId: 'unrecorded-full-s2',
      capability: 'reasoning',
      benchmark: 'held-out',
      metric: 'bits',
      reason: 'leaked',
      actor: 'mara',
    }),
    fact('evaluation.score.recorded', scoreOf('drawn-full-s1', 9)),
  );
  await server.caughtUp();
  const [replaced, invalidated] = receipts.map(({ position }) => position);
  const changes = [
    { type: 'evaluation.score.recorded', by: replaced, reason: '' },
    { type: 'evaluation.score.invalidated', by: invalidated, reason: 'leaked', actor: 'mara' },
  ];
  expect(await found(id)).toMatchObject({ state: 'superseded', changes, rerun: { same: true } });
  expect(await found(id, before)).toMatchObject({ state: 'current', changes: [] });
  const corrected = fact('evaluation.score.recorded', scoreOf('unrecorded-full-s1', 4));
  await server.record({ ...corrected, corrects: scored.id, correctionreason: 'typo', actor: 'eve' });
  await server.caughtUp();
  const later = await keep({ experiment: 'unrecorded', slices: ['code'] });
  expect(await found(id)).toMatchObject({ state: 'superseded', laterAnswer: later.id });
  expect(await found(later.id)).toMatchObject({ state: 'current', laterAnswer: null });
  expect(await keep({ experiment: 'unrecorded', slices: ['code'], asOf: inputPosition })).toMatchObject({
    id,
    isNew: false,
  });
  const again = fact('evaluation.score.recorded', scoreOf('unrecorded-full-s1', 4.01));
  await server.record({ ...again, corrects: scored.id, correctionreason: 'rounded', actor: 'eve' });
  await server.caughtUp();
  expect(await found(later.id)).toMatchObject({ state: 'superseded', changes: [{ reason: 'rounded' }] });
});

it('names a later assignment that states an arm otherwise, and not one that adds an arm', async () => {
  const { id } = await keep({ experiment: 'drawn', slices: ['code'] });
  const assigned = (arms: object[], control = 'full') =>
    fact('mixture.experiment.assigned', {
      experimentId: 'drawn',
      design: 'controlled_ablation',
      assignment: 'manual',
      control,
      arms,
    });
  const anArm = (arm: string, mixtureId = `drawn-${arm}`) => ({ arm, mixtureId, role: 'train' });
  await server.record(assigned([anArm('full'), anArm('another')]));
  await server.caughtUp();
  expect(await found(id)).toMatchObject({ state: 'current' });
  const { receipts } = await server.record(assigned([anArm('wo_code', 'drawn-other')]));
  await server.caughtUp();
  expect(await found(id)).toMatchObject({
    state: 'superseded',
    changes: [
      {
        by: receipts[0]?.position,
        type: 'mixture.experiment.assigned',
        reason: 'arm wo_code is assigned otherwise',
      },
    ],
    rerun: { same: true },
  });
});

it('lists answers, whoever recorded them, and names the retraction of a shard that a run consumed or was started on', async () => {
  const run = { runId: 'foreign', attempt: 1 };
  const amounts = [{ slice: 'code', amount: 1, shardId: 'shard-1' }];
  const { receipts } = await server.record(
    fact('training.run.started', { ...run, model: { name: 'm' }, config: {}, seeds: {}, snapshotId: 'made' }),
    fact('training.exposure.recorded', {
      ...run,
      firstStep: 1,
      lastStep: 2,
      unit: 'token',
      method: 'measured',
      amounts,
    }),
  );
  const evidence = receipts.map(({ position }) => position);
  const from = (kind: string, ref: string) => ({ sources: [{ kind, ref, multiplicity: 1 }] });
  await server.record(
    fact('corpus.snapshot.registered', { snapshotId: 'raw', ...from('shard', 'shard-1') }),
    fact('corpus.snapshot.registered', { snapshotId: 'made', ...from('snapshot', 'raw') }),
    fact('attribution.question.answered', {
      questionId: 'theirs',
      estimator: { id: 'x', version: '1' },
      inputPosition: evidence[1],
      result: { effect: 1 },
      resultDigest: '0'.repeat(64),
      evidence,
    }),
    fact('corpus.shard.retracted', { shardId: 'shard-1', reason: 'licence', actor: 'mara' }),
  );
  await server.caughtUp();
  const { answers } = await server.ask<{ answers: { nodes: { id: string; question: string }[] } }>(
    '{ answers { nodes { id question asked laterAnswer } totalCount } }',
  );
  expect(answers).toMatchObject({ totalCount: 24 });
  const theirs = answers.nodes.at(-1);
  expect(theirs).toMatchObject({ question: 'theirs', asked: '', laterAnswer: null });
  const retraction = { type: 'corpus.shard.retracted', reason: 'shard shard-1: licence' };
  expect(await server.ask(ANSWER, { id: theirs?.id })).toMatchObject({
    answer: {
      state: 'superseded',
      result: '{"effect":1}',
      familyNow: null,
      changes: evidence.map((changed) => ({ ...retraction, changed })),
      verification: 'not_computable',
      rerun: { same: false, resultDigest: null },
    },
  });
  expect(await server.ask('{ answers(experiment: "drawn") { totalCount } }')).toEqual({
    answers: { totalCount: 2 },
  });
});

it('controls its effects on the outcomes that are named, and computes them again', async () => {
  const typing = ['full', 'wo_code'].flatMap((arm) =>
    [1, 2, 3].map((seed) => {
      const score = scoreOf(`manual-${arm}-s${seed}`, 2 + ((seed * arm.length) % 5) / 10);
      return fact('evaluation.score.recorded', { ...score, capability: 'typing' });
    }),
  );
  await server.record(...typing);
  await server.caughtUp();
  const question = { experiment: 'manual', slices: ['code'] };
  const kept = await keep({ ...question, negativeControlOutcomes: ['typing'] });
  const { result, ...answer } = await found(kept.id);
  expect(answer).toMatchObject({ rerun: { same: true } });
  const [effect, ...others] = JSON.parse(result).effects;
  expect(others).toEqual([]);
  expect(effect.negativeControls.at(-1)).toMatchObject({
    name: 'negative_control_outcome',
    controlOutcome: { capability: 'typing', unit: 'bits', interval: { method: 'paired_t' } },
  });
  const itself = { ...question, capabilities: ['reasoning'], negativeControlOutcomes: ['reasoning'] };
  const REFUSED = `query ($experiment: ID, $slices: [String!], $capabilities: [String!], $negativeControlOutcomes: [String!]) {
    attribution(
      experiment: $experiment, slices: $slices, capabilities: $capabilities, displacement: "proportional"
      negativeControlOutcomes: $negativeControlOutcomes
    ) { ... on AttributionRefused { refusal } }
  }`;
  expect(await server.ask(REFUSED, itself)).toEqual({
    attribution: { refusal: 'negative_control_is_outcome' },
  });
});
