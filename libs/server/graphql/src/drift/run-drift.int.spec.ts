import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { MixtureDrift } from '../generated/schema.ts';
import { fact, startGraphqlServer } from '../graphql-server.fixture.ts';
import type { GraphqlServer, SentEvent } from '../graphql-server.fixture.ts';
import { windowOf } from './drift-model.fixture.ts';
import { decided, phase } from './plans.fixture.ts';
import { randomDrift } from './random-drift.fixture.ts';

const started = (runId: string, more: object = {}): SentEvent =>
  fact('training.run.started', { runId, attempt: 1, model: { name: 'm' }, config: {}, seeds: {}, ...more });

type Steps = readonly [number, number];

const consumed = (runId: string, [firstStep, lastStep]: Steps, amounts: object, unit = 'token'): SentEvent =>
  fact('training.exposure.recorded', {
    runId,
    attempt: 1,
    firstStep,
    lastStep,
    unit,
    method: 'measured',
    amounts: Object.entries(amounts).map(([slice, amount]) => ({ slice, amount })),
  });

/** A run of 40 steps that follows its plan until step 20, and whose mixture changes at step 31. */
const DRIFTING = [
  decided('mix', { web: 0.6, 'code/py': 0.3, 'code/js': 0.1 }),
  started('drifting', { mixtureId: 'mix' }),
  consumed('drifting', [1, 10], { web: 600, 'code/py': 300, 'code/js': 100 }),
  consumed('drifting', [11, 20], { web: 610, 'code/py': 290, 'code/js': 100 }),
  consumed('drifting', [21, 30], { web: 700, 'code/py': 100, 'code/js': 200 }),
  decided('mix', { web: 1 }, { phases: [phase(31, { web: 1, 'code/py': 0 })] }),
  consumed('drifting', [31, 40], { web: 900, 'code/py': 100 }),
];

const RUNS = [
  started('unplanned'),
  consumed('unplanned', [1, 10], { web: 10 }),
  started('unread', { mixtureId: 'mix' }),
  fact('mixture.experiment.assigned', {
    experimentId: 'e',
    design: 'swarm',
    assignment: 'manual',
    arms: [{ arm: 'a', mixtureId: 'samples', role: 'train' }],
  }),
  decided('samples', { web: 1 }, { unit: 'sample_share' }),
  started('by-arm', { experimentId: 'e', arm: 'a' }),
  consumed('by-arm', [1, 10], { web: 10 }),
  decided('coarse', { web: 3, code: 1 }, { missing: [{ description: 'a private crawl', weight: 0.5 }] }),
  started('mixed', { mixtureId: 'coarse' }),
  consumed('mixed', [1, 10], { web: 30, 'code/py': 5, 'code/js': 5 }),
  consumed('mixed', [11, 20], { web: 30 }),
  consumed('mixed', [11, 20], { code: 70 }, 'byte'),
  consumed('mixed', [31, 40], { web: 30, prose: 10 }),
  fact('mixture.plan.superseded', {
    mixtureId: 'coarse',
    supersededBy: 'mix',
    reason: 'better',
    actor: 'd',
  }),
  decided('fine', { 'web/en': 0.5, 'web/de': 0.5 }),
  started('undivided', { mixtureId: 'fine' }),
  consumed('undivided', [1, 10], { web: 10 }),
  started('lost', { mixtureId: 'nowhere' }),
  consumed('lost', [1, 10], { web: 10 }),
];

/** Each is compared as of the end of a part of its log. */
const HISTORIES = [0.6, 1].map((part, seed) => ({
  run: `random-${seed}`,
  part,
  events: randomDrift(seed + 1, `random-${seed}`),
}));

let server: GraphqlServer;
/** Positions of the events of the random histories. */
const positions = new Map<string, string>();
beforeAll(async () => {
  server = await startGraphqlServer();
  await server.record(...DRIFTING, ...RUNS);
  for (const { events } of HISTORIES) {
    const { receipts } = await server.record(...events);
    for (const [at, { position }] of receipts.entries()) positions.set(events[at]?.id ?? '', position);
  }
  await server.caughtUp();
});
afterAll(() => server.remove());

async function driftOf(asked: string): Promise<MixtureDrift> {
  const { mixtureDrift } = await server.ask<{ mixtureDrift: MixtureDrift }>(`{ mixtureDrift(${asked}) {
    outOfToleranceFrom outOfTolerance notCompared complete reason evidence totals { unit amount }
    phases { mixture phase unit sum firstStep lastStep } warnings { code text }
    windows { firstStep lastStep phase l1 kl reason outOfTolerance prorated recordedTo
      rows { slice unit amount realised planned difference unplanned } }
  } }`);
  return mixtureDrift;
}

describe('the drift of a run from its mixture', () => {
  it('has the distance of each window, and the first one out of tolerance', async () => {
    const drift = await driftOf('run: "drifting", windows: 4');
    expect(drift).toMatchObject({
      outOfToleranceFrom: 21,
      outOfTolerance: 2,
      notCompared: 0,
      complete: true,
      totals: [{ unit: 'token', amount: 4000 }],
      warnings: [],
      windows: [
        { firstStep: 1, lastStep: 10, l1: 0, kl: 0, outOfTolerance: false, prorated: false },
        { firstStep: 11, l1: expect.closeTo(0.02, 9), outOfTolerance: false },
        {
          firstStep: 21,
          l1: expect.closeTo(0.2, 9),
          kl: expect.closeTo(0.7 * Math.log(7 / 6) + 0.3 * Math.log(3 / 4), 9),
        },
        { firstStep: 31, lastStep: 40, l1: expect.closeTo(0.2, 9), kl: null, outOfTolerance: true },
      ],
    });
    expect(drift.windows[3]?.reason).toBe('the divergence is infinite: code was planned with 0 and consumed');
  });

  it('compares by slice of the plan too, the largest difference first', async () => {
    const { windows } = await driftOf('run: "drifting", by: slice, every: 30');
    expect(windows.map(({ firstStep, lastStep }) => [firstStep, lastStep])).toEqual([
      [1, 30],
      [31, 40],
    ]);
    expect(windows[0]?.rows).toMatchObject([
      { slice: 'code/py', amount: 690, planned: 0.3, realised: 0.23, unplanned: false },
      { slice: 'web', amount: 1910 },
      { slice: 'code/js', amount: 400 },
    ]);
  });

  it('ends a window where the plan changes, and takes the share of a range that goes beyond it', async () => {
    const { windows, phases } = await driftOf('run: "drifting", every: 15');
    expect(windows).toMatchObject([
      { firstStep: 1, lastStep: 15, prorated: true },
      { firstStep: 16, lastStep: 30, prorated: true },
      { firstStep: 31, lastStep: 40, prorated: false, phase: 'from 31' },
    ]);
    expect(phases).toMatchObject([
      { mixture: 'mix', phase: 'from 1', unit: 'token_share', firstStep: 1, lastStep: 30 },
      { mixture: 'mix', phase: 'from 31', firstStep: 31, lastStep: null },
    ]);
  });

  it.each([
    ['unplanned', 'no planned mixture is recorded'],
    ['lost', 'no planned mixture is recorded; no decision of mixture nowhere is recorded'],
    ['unread', 'no exposure recorded'],
    [
      'by-arm',
      'not comparable: the plan has shares of samples, and samples are not recorded by slice (steps 1 to 10)',
    ],
  ])('answers about %s without distances: %s', async (run, reason) => {
    const drift = await driftOf(`run: "${run}", windows: 1`);
    expect(drift).toMatchObject({ complete: false, reason, outOfToleranceFrom: null, outOfTolerance: 0 });
    expect(drift.windows.map(({ l1 }) => l1)).toEqual(run === 'unread' ? [] : [null]);
  });

  it('names mixed units, gaps, parts that a plan leaves out and what it does not name', async () => {
    const drift = await driftOf('run: "mixed", windows: 4');
    expect(drift.windows.map(({ l1, reason }) => [l1, reason])).toEqual([
      [0, null],
      [
        null,
        'not comparable: the plan has shares of tokens, and what was consumed is recorded in token and byte',
      ],
      [null, 'nothing is recorded as consumed in these steps'],
      [expect.closeTo(0.5, 9), 'the divergence is infinite: prose was planned with 0 and consumed'],
    ]);
    expect(drift.complete).toBe(false);
    expect(drift.reason?.split('; ')).toEqual([
      expect.stringMatching(
        /^the decision of coarse at \d+ leaves out parts of weight 0.5 .*: a private crawl$/,
      ),
      expect.stringMatching(/^not comparable: .* \(steps 11 to 20\)$/),
      'no exposure of run mixed is recorded for steps 21 to 30',
    ]);
    expect(drift.warnings.map(({ code, text }) => [code, text])).toEqual([
      ['plan_superseded', 'Mixture coarse is superseded by mix.'],
      [
        'weights_normalised',
        'The weights of phase from 1 of coarse sum to 4; shares are weights divided by that.',
      ],
      ['slices_not_planned', 'The plan does not name prose.'],
    ]);
  });

  it('cannot tell the slices of a plan apart where only what is around them was recorded', async () => {
    const { windows } = await driftOf('run: "undivided", by: slice, windows: 1');
    expect(windows[0]?.reason).toContain('does not say which');
    expect((await driftOf('run: "undivided", windows: 1')).windows).toMatchObject([{ l1: 0, kl: 0 }]);
  });

  it.each([
    ['windows: 2, every: 3', 'two_resolutions'],
    ['windows: 0', 'not_positive'],
    ['every: -1', 'not_positive'],
    ['tolerance: -0.1', 'not_positive'],
  ])('refuses %s with %s', async (asked, code) => {
    const { body } = await server.reply(`{ mixtureDrift(run: "drifting", ${asked}) { run } }`);
    expect(body.errors).toMatchObject([{ extensions: { code } }]);
  });
});

describe.each(HISTORIES)(
  'in the random history $run with rewinds, corrections and changing mixtures',
  ({ run, part, events }) => {
    it(`equals a loop over the steps of the log that ends at ${part} of it`, async () => {
      const held = events.slice(0, Math.max(3, Math.ceil(part * events.length)));
      const asOf = positions.get(held.at(-1)?.id ?? '');
      const drift = await driftOf(`run: "${run}", by: slice, every: 9, asOf: "${asOf}"`);
      const sums = new Map<string, number>();
      for (const window of drift.windows) {
        const { amounts, l1, kl, isOnePlan } = windowOf(held, window);
        expect(isOnePlan).toBe(true);
        expect(window.l1 ?? -1).toBeCloseTo(l1 ?? -1, 9);
        expect(window.kl ?? -1).toBeCloseTo(kl ?? -1, 9);
        const found = window.rows
          .filter(({ amount }) => amount > 0)
          .map(({ slice, amount }) => [slice, amount]);
        expect(new Map(found as [string, number][])).toEqual(
          new Map([...amounts].filter(([, amount]) => amount > 0)),
        );
        for (const { unit, amount } of window.rows) sums.set(unit, (sums.get(unit) ?? 0) + amount);
      }
      const ends = drift.windows.map(({ lastStep }) => lastStep + 1);
      expect(drift.windows.slice(1).map(({ firstStep }) => firstStep)).toEqual(ends.slice(0, -1));
      const { exposure } = await server.ask<{ exposure: { totals: { unit: string; amount: number }[] } }>(
        `{ exposure(run: "${run}", asOf: "${asOf}") { totals { unit amount } } }`,
      );
      const totals = exposure.totals.map(({ unit, amount }) => [unit, amount] as const);
      expect([...sums].filter(([, amount]) => amount > 0)).toEqual(totals.filter(([, amount]) => amount > 0));
    });
  },
);
