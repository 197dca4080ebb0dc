import { beforeAll, describe, expect, it } from 'vitest';
import { windowOf } from '../drift/drift-model.fixture.ts';
import { randomDrift } from '../drift/random-drift.fixture.ts';
import type { ExposureGroups } from '../generated/schema.ts';
import type { GraphqlServer, SentEvent } from '../graphql-server.fixture.ts';
import { LEDGER_FACTS } from './ledger-facts.fixture.ts';

/** What one run and several consumed, on a server that records the facts about them. */
export function describeExposureLedger(served: () => GraphqlServer): void {
  describe('the exposure ledger', () => {
    beforeAll(async () => {
      await served().record(...LEDGER_FACTS);
      await served().caughtUp();
    });

    const rowsOf = async (asked: string, fields: string) => {
      const { exposure } = await served().ask<{ exposure: { rows: object[] } }>(
        `{ exposure(${asked}) { rows { ${fields} } } }`,
      );
      return exposure.rows.map((row) => Object.values(row));
    };

    const checkpoint = 'run: "ledger", checkpoint: "ledger-20"';

    it('counts up to a checkpoint in the attempt that saved it, although the run was rewound', async () => {
      expect(await rowsOf('run: "ledger"', 'slice tokens')).toEqual([
        ['code', 150],
        ['web', 100],
      ]);
      expect(await rowsOf(checkpoint, 'slice tokens')).toEqual([
        ['web', 240],
        ['code', 10],
      ]);
    });

    it.each([
      ['licence', ['MIT', false, 200, 2]],
      ['source', ['pypi:numpy', false, 200, 2]],
    ])('adds up by %s, with the unknown rest and how often shards were read', async (by, known) => {
      expect(await rowsOf(`${checkpoint}, by: ${by}`, 'slice unknown tokens repetition')).toEqual([
        known,
        ['unknown', true, 50, null],
      ]);
    });

    it('adds up by shard, and divides a shard over the values of an attribute to the token', async () => {
      expect(await rowsOf(`${checkpoint}, by: shard`, 'slice shard unknown tokens repetition')).toEqual([
        ['web', 'a', false, 200, 2],
        ['web', 'b', false, 40, null],
        ['code', null, true, 10, null],
      ]);
      const byLanguage = `${checkpoint}, by: attribute, attribute: "language"`;
      expect(await rowsOf(byLanguage, 'slice unknown tokens')).toEqual([
        ['en', false, 134],
        ['de', false, 66],
        ['unknown', true, 50],
      ]);
    });

    it('counts what the parent checkpoint had consumed, and names one that no event knows', async () => {
      expect(await rowsOf('run: "tuned"', 'slice tokens inherited')).toEqual([['code', 50, 0]]);
      expect(await rowsOf('run: "tuned", inherited: true', 'slice tokens inherited')).toEqual([
        ['web', 240, 240],
        ['code', 60, 10],
      ]);
      const { exposure } = await served().ask<{ exposure: object }>(
        '{ exposure(run: "lost", inherited: true) { total complete reason } }',
      );
      const reason = 'no event says which run saved checkpoint nowhere';
      expect(exposure).toEqual({ total: 50, complete: false, reason });
    });

    it('compares two moments by slice', async () => {
      const { exposureDifference } = await served().ask<{ exposureDifference: object }>(
        `{ exposureDifference(run: "ledger", checkpoint: "ledger-20", otherRun: "ledger") {
          complete evidence first { step total } second { step total }
          rows { slice unit first second difference firstShare secondShare }
        } }`,
      );
      expect(exposureDifference).toMatchObject({
        complete: true,
        first: { step: 20, total: 250 },
        second: { step: 20, total: 250 },
        rows: [
          { slice: 'web', unit: 'token', first: 240, second: 100, difference: -140, firstShare: 0.96 },
          { slice: 'code', unit: 'token', first: 10, second: 150, difference: 140, secondShare: 0.6 },
        ],
      });
    });

    it.each([
      ['run: "ledger", checkpoint: "elsewhere"', 'unknown_checkpoint'],
      ['run: "ledger", checkpoint: "ledger-20", step: 3', 'two_moments'],
      ['run: "ledger", by: attribute', 'attribute_missing'],
    ])('refuses exposure(%s) with %s', async (asked, code) => {
      const { body } = await served().reply(`{ exposure(${asked}) { total } }`);
      expect(body.errors).toMatchObject([{ extensions: { code } }]);
    });
  });

  describe('exposure of several runs by groups', () => {
    const groupsOf = async (asked: string): Promise<ExposureGroups> => {
      const { exposureGroups } = await served().ask<{ exposureGroups: ExposureGroups }>(
        `{ exposureGroups(${asked}) { runs firstStep lastStep groupCount prorated complete reason evidence evidenceTotal
          groups { run domain slice shard source licence value firstStep lastStep unknown unit tokens amount share method }
          totals { unit tokens amount } omitted { unit amount } } }`,
      );
      return exposureGroups;
    };
    const runs = 'runs: ["ledger", "tuned"]';

    it('counts what each run consumed itself, with what is not recorded as a group of its own', async () => {
      const { groups, ...answer } = await groupsOf(`${runs}, by: [run, licence]`);
      expect(groups.map(({ run, licence, unknown, tokens }) => [run, licence, unknown, tokens])).toEqual([
        ['ledger', null, ['licence'], 150],
        ['ledger', 'MIT', [], 100],
        ['tuned', null, ['licence'], 50],
      ]);
      expect(answer).toMatchObject({
        runs: 2,
        firstStep: 1,
        lastStep: 20,
        groupCount: 3,
        totals: [{ unit: 'token', tokens: 300 }],
        omitted: [],
        complete: true,
        evidenceTotal: 3,
      });
    });

    it('divides a shard over the values of an attribute, and windows over steps, to the token', async () => {
      const byLanguage = await groupsOf(`${runs}, by: [attribute], attribute: "language"`);
      expect(byLanguage.groups.map(({ value, tokens }) => [value, tokens])).toEqual([
        [null, 200],
        ['en', 67],
        ['de', 33],
      ]);
      const byWindow = await groupsOf(`${runs}, by: [window, slice], every: 8`);
      expect(
        byWindow.groups.map(({ firstStep, lastStep, slice, tokens, method }) => [
          `${firstStep} to ${lastStep}`,
          slice,
          tokens,
          method,
        ]),
      ).toEqual([
        ['1 to 8', 'web', 80, 'inferred'],
        ['1 to 8', 'code', 50, 'measured'],
        ['9 to 16', 'code', 90, 'inferred'],
        ['9 to 16', 'web', 20, 'inferred'],
        ['17 to 20', 'code', 60, 'inferred'],
      ]);
      expect(byWindow.totals).toEqual(byLanguage.totals);
    });

    it.each([
      ['by: [slice], slices: ["code"], domains: ["code"]', 200],
      ['by: [run], sources: ["pypi:numpy"], licences: ["MIT"], toStep: 5', 50],
      ['by: [run], shards: ["a"], fromStep: 3, toStep: 5', 30],
      ['by: [run], attribute: "language", values: ["en"]', 67],
    ])('counts with %s only %i tokens', async (asked, tokens) => {
      const { totals } = await groupsOf(`${runs}, ${asked}`);
      expect(totals.map((total) => total.tokens)).toEqual([tokens]);
    });

    it('says which groups and how much of them are not listed', async () => {
      const { groups, groupCount, omitted, complete, reason } = await groupsOf(
        `${runs}, by: [run, slice], first: 2`,
      );
      expect(groups.map(({ run, slice, share }) => [run, slice, share])).toEqual([
        ['ledger', 'code', 0.5],
        ['ledger', 'web', 100 / 300],
      ]);
      expect([groupCount, omitted, complete]).toEqual([3, [{ unit: 'token', amount: 50 }], false]);
      expect(reason).toContain('2 of 3 groups are listed');
    });

    it.each([
      [`${runs}, by: []`, 'groupings_out_of_range'],
      [`${runs}, by: [run], first: 0`, 'groups_out_of_range'],
      [`${runs}, by: [run], experiment: "e"`, 'two_selections'],
      [`${runs}, by: [window], every: 2, windows: 2`, 'two_resolutions'],
      [`${runs}, by: [attribute]`, 'attribute_missing'],
      ['runs: ["nowhere"], by: [run]', 'unknown_run'],
      ['experiment: "nowhere", by: [run]', 'unknown_experiment'],
    ])('refuses exposureGroups(%s) with %s', async (asked, code) => {
      const { body } = await served().reply(`{ exposureGroups(${asked}) { runs } }`);
      expect(body.errors).toMatchObject([{ extensions: { code } }]);
    });

    describe('in random histories with rewinds, skipped steps and corrections', () => {
      const histories = [11].map((seed) => ({
        run: `grouped-${seed}`,
        events: randomDrift(seed, `grouped-${seed}`),
      }));
      const positions = new Map<string, string>();
      beforeAll(async () => {
        for (const { events } of histories) {
          const { receipts } = await served().record(...events);
          for (const [at, { position }] of receipts.entries()) positions.set(events[at]?.id ?? '', position);
        }
        await served().caughtUp();
      });

      /** Tokens by domain in steps, by a loop over them. */
      function modelOf(events: readonly SentEvent[], steps: { firstStep: number; lastStep: number }) {
        const sums = new Map<string, number>();
        for (const [slice, amount] of windowOf(events, steps).amounts) {
          const [domain = ''] = slice.split('/');
          sums.set(domain, (sums.get(domain) ?? 0) + amount);
        }
        return new Map([...sums].filter(([, amount]) => amount > 0));
      }

      it.each([0.5, 0.8, 1])(
        'equals a loop over the steps of the log that ends at %d of them',
        async (part) => {
          for (const { run, events } of histories) {
            const held = events.slice(0, Math.max(3, Math.ceil(part * events.length)));
            const asOf = positions.get(held.at(-1)?.id ?? '');
            const { groups } = await groupsOf(
              `runs: ["${run}"], by: [window, domain], every: 6, asOf: "${asOf}"`,
            );
            const [first, last] = [groups[0]?.firstStep ?? 0, groups.at(-1)?.lastStep ?? 0];
            for (let firstStep = first; firstStep <= last; firstStep += 6) {
              const own = groups.filter((group) => group.firstStep === firstStep);
              const found = new Map(own.map(({ domain, amount }) => [domain ?? '', amount]));
              expect(found).toEqual(modelOf(held, { firstStep, lastStep: Math.min(last, firstStep + 5) }));
            }
          }
        },
      );
    });
  });
}
