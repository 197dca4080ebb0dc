import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ablation } from './ablation.fixture.ts';
import { startGraphqlServer } from './graphql-server.fixture.ts';
import type { GraphqlServer } from './graphql-server.fixture.ts';

let server: GraphqlServer;

const RANDOMISED = { assignment: 'randomised', randomisation: { method: 'shuffled run order', seed: '7' } };

beforeAll(async () => {
  server = await startGraphqlServer();
  await server.record(
    ...ablation('drawn', RANDOMISED),
    ...ablation('unrecorded', { assignment: 'randomised' }),
    ...ablation('manual', { assignment: 'manual' }),
    ...ablation('past', {}).filter(({ type }) => type !== 'mixture.experiment.assigned'),
  );
  await server.caughtUp();
});
afterAll(() => server.remove());

const QUESTION = `query ($experiment: ID, $slices: [String!], $displacement: String) {
  attribution(experiment: $experiment, capabilities: ["reasoning"], slices: $slices, displacement: $displacement) {
    ... on Attribution {
      questions
      effects {
        estimand { kind contrast { more { mixture share } less { mixture share } } }
        displacement effect interval { low high level method } unit identification verdict interpretation pValue qValue
        n { runs seeds } estimator { id } evidence proxy { model parameters } differences { field state values { value more less } } warnings { code }
      }
    }
    ... on AttributionRefused { refusal text }
  }
}`;

type Effect = {
  effect: number;
  interval: { low: number; high: number };
  identification: string;
  evidence: string[];
  pValue: number;
};
const attributed = async (variables: object) =>
  (await server.ask<{ attribution: object }>(QUESTION, { ...variables })).attribution;
const effectsOf = async (variables: object) =>
  (await attributed({ displacement: 'proportional', ...variables })) as {
    questions: number;
    effects: Effect[];
  };

it("gives the difference of means with Welch's interval, what the slice displaces, and the events behind it", async () => {
  const { effects } = await effectsOf({ experiment: 'drawn', slices: ['code'] });
  expect(effects[0]).toMatchObject({
    estimand: {
      kind: 'presence',
      contrast: { more: { mixture: 'full', share: 0.25 }, less: { mixture: 'wo_code', share: 0 } },
    },
    displacement: 'proportional',
    unit: 'bits',
    identification: 'controlled_ablation',
    differences: [],
    verdict: 'negative',
    interpretation: 'improves',
    n: { runs: 6, seeds: 3 },
    estimator: { id: 'controlled_ablation.welch' },
    proxy: { model: 'lm', parameters: 1000 },
  });
  /* Two arms of three seeds with variance 0.01 each: 4 degrees of freedom, t = 2.7764. */
  const reach = 2.776_445_105 * Math.sqrt((2 * 0.01) / 3);
  expect(effects[0]?.effect).toBeCloseTo(-0.6, 12);
  expect(effects[0]?.interval).toMatchObject({
    level: 0.95,
    method: 'welch',
    low: expect.closeTo(-0.6 - reach, 6),
    high: expect.closeTo(-0.6 + reach, 6),
  });
  expect(effects[0]?.evidence).toHaveLength(24);
});

it('shows each event behind an effect', async () => {
  const { effects } = await effectsOf({ experiment: 'drawn', slices: ['code'] });
  const positions = effects[0]?.evidence ?? [];
  const events = await Promise.all(
    positions.map((position) =>
      server.ask<{ event: { type: string; json: string } }>(
        'query ($position: Position!) { event(position: $position) { type json } }',
        { position },
      ),
    ),
  );
  expect(events.filter(({ event }) => !/"runId":"drawn-(full|wo_code)-s[123]"/.test(event.json))).toEqual([]);
  expect(new Set(events.map(({ event }) => event.type))).toEqual(
    new Set([
      'training.run.started',
      'training.run.ended',
      'training.exposure.recorded',
      'evaluation.score.recorded',
    ]),
  );
});

it('is inconclusive where the arms do not differ', async () => {
  const { effects } = await effectsOf({ experiment: 'drawn', slices: ['math'] });
  expect(effects[0]).toMatchObject({
    effect: expect.closeTo(0, 12),
    verdict: 'inconclusive',
    interpretation: 'inconclusive',
  });
});

it.each([
  ['drawn', 'controlled_ablation'],
  ['unrecorded', 'controlled_ablation'],
  ['manual', 'controlled_ablation'],
])('calls the effect of experiment %s identified by %s', async (experiment, identification) => {
  const { effects } = await effectsOf({ experiment, slices: ['code'] });
  expect(effects[0]?.identification).toBe(identification);
});

it('corrects over all questions of one query', async () => {
  const { questions, effects } = await effectsOf({ experiment: 'drawn', slices: ['code', 'math', 'text'] });
  expect(questions).toBe(3);
  const ablations = effects.filter((effect) => effect.pValue !== null);
  expect(ablations.length).toBeGreaterThanOrEqual(3);
  for (const effect of ablations)
    expect((effect as Effect & { qValue: number }).qValue).toBeGreaterThanOrEqual(effect.pValue);
});

it.each<[string, object, string, RegExp]>([
  [
    'without a displacement',
    { experiment: 'drawn', slices: ['code'] },
    'displacement_missing',
    /proportional.*swap:<slice>.*within:<domain>.*added_budget/s,
  ],
  [
    'with an unknown rule',
    { experiment: 'drawn', slices: ['code'], displacement: 'evenly' },
    'displacement_unknown',
    /proportional/,
  ],
  [
    'for an unknown slice',
    { experiment: 'drawn', slices: ['music'], displacement: 'proportional' },
    'unknown_slice',
    /code/,
  ],
  [
    'for an unknown experiment',
    { experiment: 'nowhere', displacement: 'proportional' },
    'unknown_experiment',
    /drawn.*manual.*unrecorded/,
  ],
  [
    'without an experiment where there are several',
    { displacement: 'proportional' },
    'unknown_experiment',
    /Name an experiment/,
  ],
])('refuses a question %s and says what is accepted', async (_what, variables, refusal, text) => {
  expect(await attributed(variables)).toEqual({ refusal, text: expect.stringMatching(text) });
});

it('splits a proportional effect, or names the arms that would', async () => {
  const query = `query ($displacement: String!) {
    attribution(experiment: "drawn", capabilities: ["reasoning"], slices: ["code"], displacement: $displacement) {
      ... on Attribution {
        effects {
          effect
          decomposition {
            bundle { estimate interval { method } identification }
            receivers { receiver weight arm own { estimate } needed { displacement shares { slice share } runs seeds } }
            remainder { estimate } notSeparated notIdentified { code text } evidence
          }
        }
      }
    }
  }`;
  const asked = async (displacement: string) =>
    (await server.ask<{ attribution: object }>(query, { displacement })).attribution;
  expect(await asked('proportional')).toMatchObject({
    effects: [
      {
        decomposition: {
          bundle: { estimate: expect.closeTo(-0.6, 12), interval: { method: 'welch' } },
          receivers: [
            { receiver: 'math', weight: expect.closeTo(1 / 3, 12), arm: null, own: null },
            { receiver: 'text', needed: { displacement: 'swap:text', runs: 3, seeds: ['1', '2', '3'] } },
          ],
          remainder: { estimate: expect.closeTo(-0.6, 12) },
          notSeparated: ['math', 'text'],
          notIdentified: { code: 'decomposition_not_identified' },
          evidence: expect.arrayContaining([expect.any(String)]),
        },
      },
    ],
  });
  expect(await asked('swap:text')).toMatchObject({ effects: [{ decomposition: null }] });
});

describe('a prediction', () => {
  const PREDICTION = `query ($experiment: ID!, $mixtures: [MixtureInput!]!, $model: String) {
    prediction(experiment: $experiment, mixtures: $mixtures, model: $model) {
      ... on Prediction {
        experiment outcomes rows { key mean } warnings { code } complete evidence evidenceTotal
      }
      ... on PredictionRefused { refusal text }
    }
  }`;
  const predicted = async (experiment: string, shares: object[], model?: string) => {
    const variables = { experiment, mixtures: [{ key: 'm', shares }], model };
    return (await server.ask<{ prediction: object }>(PREDICTION, variables)).prediction;
  };

  it('has no outcomes where too few mixtures were trained, and names the facts behind the runs', async () => {
    expect(await predicted('drawn', [{ slice: 'code', share: 1 }])).toMatchObject({
      experiment: 'drawn',
      outcomes: [],
      rows: [{ key: 'm', mean: [] }],
      complete: true,
      evidenceTotal: 48,
    });
  });

  it.each([
    ['unknown_slice', 'drawn', [{ slice: 'music', share: 1 }]],
    ['negative_share', 'drawn', [{ slice: 'code', share: -1 }]],
    ['empty_mixture', 'drawn', [{ slice: 'code', share: 0 }]],
    ['unknown_experiment', 'nowhere', [{ slice: 'code', share: 1 }]],
    ['unknown_capability', 'drawn', [{ slice: 'code', share: 1 }], 'music'],
  ])('is refused with %s', async (refusal, experiment, shares, model?: string) => {
    expect(await predicted(experiment, shares, model)).toEqual({ refusal, text: expect.any(String) });
  });
});

describe('a design', () => {
  const DESIGN = `query ($experiment: ID, $slice: String!, $displacement: String, $effect: Float, $runs: Count) {
    design(
      experiment: $experiment, capability: "reasoning", slice: $slice, displacement: $displacement, effect: $effect, runs: $runs
    ) {
      ... on ExperimentDesign {
        experiment slice capability displacement unit level power effect complete evidenceTotal
        plans {
          estimator contrast identification runsForEffect
          now { effect identification decomposition { notSeparated } evidence }
          noise { standardDeviation degreesOfFreedom source text }
          runs { purpose arm mixture shares { slice share } runs seeds amountPerRun reason }
          decomposition { purpose arm }
          detectable { addedRuns minimumDetectableEffect power }
          cost { runs amount unit text }
          assignment { design assignment randomisation { method seed } arms { arm mixture displacement } }
          assumptions { code }
        }
        warnings { code }
      }
      ... on DesignRefused { refusal text }
    }
  }`;
  const designed = async (variables: object) =>
    (
      await server.ask<{ design: object }>(DESIGN, {
        experiment: 'drawn',
        slice: 'code',
        displacement: 'proportional',
        ...variables,
      })
    ).design;

  it('has a plan with its noise, its runs, what they cost and what they would find', async () => {
    expect(await designed({ effect: 0.3 })).toMatchObject({
      experiment: 'drawn',
      unit: 'bits',
      level: 0.95,
      power: 0.8,
      complete: true,
      evidenceTotal: 48,
      plans: [
        {
          estimator: 'controlled_ablation',
          now: { effect: expect.closeTo(-0.6, 12), identification: 'controlled_ablation' },
          noise: { standardDeviation: expect.closeTo(0.1, 9), source: 'within_arms' },
          runs: [
            { purpose: 'replicate', arm: 'full' },
            { purpose: 'replicate', arm: 'wo_code' },
          ],
          assignment: null,
        },
      ],
    });
  });

  it('names the arm that is missing, and its assignment', async () => {
    expect(await designed({ displacement: 'swap:text', runs: 3 })).toMatchObject({
      plans: [
        {
          now: null,
          runs: [{ purpose: 'complete', runs: 3, seeds: ['1', '2', '3'] }],
          cost: { runs: 3 },
          assignment: {
            design: 'controlled_ablation',
            assignment: 'manual',
            randomisation: null,
            arms: [
              { arm: 'wo_code_swap_text', mixture: 'drawn-wo_code_swap_text', displacement: 'swap:text' },
            ],
          },
        },
      ],
    });
  });

  it.each([
    ['unknown_experiment', { experiment: 'nowhere' }],
    ['unknown_slice', { slice: 'music' }],
    ['displacement_missing', { displacement: null }],
    ['effect_out_of_range', { effect: -1 }],
    ['runs_out_of_range', { runs: 1000 }],
  ])('is refused with %s', async (refusal, variables) => {
    expect(await designed(variables)).toEqual({ refusal, text: expect.any(String) });
  });
});

it('lists experiments by their id, with the facts behind their runs', async () => {
  const { experiments } = await server.ask<{ experiments: object }>(
    '{ experiments(first: 2, origin: assigned) { nodes { id runs arms { arm design assignment role control } } pageInfo { hasNextPage endCursor } totalCount evidenceTotal } }',
  );
  expect(experiments).toMatchObject({
    nodes: [
      {
        id: 'drawn',
        runs: 12,
        arms: expect.arrayContaining([
          {
            arm: 'full',
            design: 'controlled_ablation',
            assignment: 'randomised',
            role: 'train',
            control: true,
          },
        ]),
      },
      { id: 'manual' },
    ],
    pageInfo: { hasNextPage: true, endCursor: 'manual' },
    totalCount: 3,
    evidenceTotal: 96,
  });
  expect(await server.reply('{ experiments(after: "lost") { totalCount } }')).toMatchObject({
    body: { errors: [{ extensions: { code: 'unknown_cursor' } }] },
  });
});

it('lists what was found among runs that nobody assigned with the reason, and answers it', async () => {
  const { experiments } = await server.ask<{ experiments: { nodes: { id: string }[] } }>(
    '{ experiments(origin: found) { nodes { id origin runs why { text agree { field value } notRecorded differ pairs { more less slice displacement sharedSeeds } pairsTotal leftOut { reason runs text } } } leftOut { reason runs text } totalCount } }',
  );
  expect(experiments).toMatchObject({
    nodes: [
      {
        origin: 'found',
        runs: 12,
        why: {
          text: expect.stringContaining('12 runs agree in 15 recorded facts'),
          agree: expect.arrayContaining([{ field: 'tokenizer', value: 'byte' }]),
          notRecorded: [],
          differ: ['seed'],
          pairs: expect.arrayContaining([
            {
              more: 'past-full',
              less: 'past-wo_code',
              slice: 'code',
              displacement: 'proportional',
              sharedSeeds: 3,
            },
          ]),
          leftOut: [],
        },
      },
    ],
    leftOut: [],
    totalCount: 1,
  });
  const asked = { slices: ['code'], experiment: experiments.nodes[0]?.id };
  const [found, manual] = [await effectsOf(asked), await effectsOf({ ...asked, experiment: 'manual' })];
  expect(found.effects[0]).toMatchObject({
    effect: manual.effects[0]?.effect,
    identification: 'controlled_ablation',
    warnings: expect.arrayContaining([{ code: 'found_by_comparison' }]),
  });
});
