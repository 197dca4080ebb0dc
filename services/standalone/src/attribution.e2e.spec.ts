import { afterAll, beforeAll, expect, it } from 'vitest';
import { fact, removeDirectory, startServer, temporaryDirectory } from './server-under-test.fixture.ts';
import type { SentEvent, ServerUnderTest } from './server-under-test.fixture.ts';

const directory = temporaryDirectory();
let server: ServerUnderTest;

/** Arms with their realised shares and the scores of three seeds, which are 0.1 apart around a known mean. */
const ARMS = {
  full: { shares: { code: 25, 'math/plain': 25, text: 50 }, mean: 4.1 },
  wo_code: { shares: { 'math/plain': 25, text: 50 }, mean: 4.7 },
  wo_math: { shares: { code: 25, text: 50 }, mean: 4.1 },
  wo_text: { shares: { code: 25, 'math/plain': 25 }, mean: 3.8 },
};
const SEEDS = [1, 2, 3];

function ablation(experimentId: string, randomisation: object): SentEvent[] {
  const arms = Object.keys(ARMS).map((arm) => ({ arm, mixtureId: `${experimentId}-${arm}`, role: 'train' }));
  const assigned = fact('mixture.experiment.assigned', {
    experimentId,
    design: 'controlled_ablation',
    ...randomisation,
    control: 'full',
    arms,
  });
  const runs = Object.entries(ARMS).flatMap(([arm, { shares, mean }]) =>
    SEEDS.flatMap((seed) => aRun({ experimentId, arm, seed }, shares, mean)),
  );
  return [assigned, ...runs];
}

function aRun(
  { experimentId, arm, seed }: { experimentId: string; arm: string; seed: number },
  shares: object,
  mean: number,
): SentEvent[] {
  const runId = `${experimentId}-${arm}-s${seed}`;
  const total = Object.values(shares).reduce((sum, share) => sum + Number(share), 0);
  const amounts = Object.entries(shares).map(([slice, share]) => ({
    slice,
    amount: (Number(share) / total) * 12_000,
  }));
  const value = mean + 0.1 * (seed - 2);
  return [
    fact('training.run.started', {
      runId,
      attempt: 1,
      experimentId,
      arm,
      mixtureId: `${experimentId}-${arm}`,
      model: { name: 'lm', parameters: 1000 },
      config: { width: 8 },
      seeds: { init: seed, dataOrder: seed },
    }),
    fact('training.exposure.recorded', {
      runId,
      attempt: 1,
      firstStep: 1,
      lastStep: 100,
      unit: 'token',
      method: 'measured',
      amounts,
    }),
    fact('evaluation.score.recorded', {
      runId,
      step: 100,
      capability: 'reasoning',
      benchmark: 'held-out',
      metric: 'bits',
      harness: { name: 'lab', version: '1' },
      value,
      unit: 'bits',
      higherIsBetter: false,
      method: 'measured',
    }),
    fact('training.run.ended', { runId, attempt: 1, status: 'completed', lastStep: 100 }),
  ];
}

const RANDOMISED = { assignment: 'randomised', randomisation: { method: 'shuffled run order', seed: '7' } };

beforeAll(async () => {
  server = await startServer(directory);
  await server.record(
    ...ablation('drawn', RANDOMISED),
    ...ablation('unrecorded', { assignment: 'randomised' }),
    ...ablation('manual', { assignment: 'manual' }),
  );
  await server.caughtUp();
});
afterAll(async () => {
  await server.end('SIGKILL');
  removeDirectory(directory);
});

const QUESTION = `query ($experiment: ID, $slices: [String!], $displacement: String) {
  attribution(experiment: $experiment, capabilities: ["reasoning"], slices: $slices, displacement: $displacement) {
    ... on Attribution {
      questions
      effects {
        estimand { kind contrast { more { mixture share } less { mixture share } } }
        displacement effect interval { low high level method } unit identification verdict interpretation pValue qValue
        n { runs seeds } estimator { id } evidence proxy { model parameters } warnings { code }
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

it("returns the difference of means with Welch's interval, the displacement, and the evidence", async () => {
  const { effects } = await effectsOf({ experiment: 'drawn', slices: ['code'] });
  expect(effects[0]).toMatchObject({
    estimand: {
      kind: 'presence',
      contrast: { more: { mixture: 'full', share: 0.25 }, less: { mixture: 'wo_code', share: 0 } },
    },
    displacement: 'proportional',
    unit: 'bits',
    identification: 'randomised',
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

it('returns each event of the evidence of an effect', async () => {
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
    interpretation: 'undetermined',
  });
});

it.each([
  ['drawn', 'randomised'],
  ['unrecorded', 'controlled_ablation'],
  ['manual', 'controlled_ablation'],
])('calls the effect of experiment %s identified by %s', async (experiment, identification) => {
  const { effects } = await effectsOf({ experiment, slices: ['code'] });
  expect(effects[0]?.identification).toBe(identification);
});

it('corrects p values over all questions of a request', async () => {
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
    'with a rule that nobody knows',
    { experiment: 'drawn', slices: ['code'], displacement: 'evenly' },
    'displacement_unknown',
    /proportional/,
  ],
  [
    'for a slice that nobody trained on',
    { experiment: 'drawn', slices: ['music'], displacement: 'proportional' },
    'unknown_slice',
    /code/,
  ],
  [
    'for an experiment that is not there',
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
])(
  'refuses a question %s in words that say what would be answered',
  async (_what, variables, refusal, text) => {
    expect(await attributed(variables)).toEqual({ refusal, text: expect.stringMatching(text) });
  },
);
