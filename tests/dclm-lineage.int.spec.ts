import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { attributeAll, design, predictOutcome, rankRecipes } from '@tributary/attribution';
import { attributor } from '@tributary/attribution-jobs';
import type { Estimators } from '@tributary/attribution-jobs';
import { corpusProjection } from '@tributary/corpus';
import { evaluationProjection } from '@tributary/evaluation';
import { importers, readFolder } from '@tributary/importers';
import { lineageProjection, summary } from '@tributary/lineage';
import { trainingProjection } from '@tributary/training';
import { aFact, openTestStore, project } from '@tributary/fixtures';
import { describe, expect, it } from 'vitest';

const data = process.env['TRIBUTARY_TEST_DATA'] ?? join(import.meta.dirname, '../../shared/data');
const folder = join(data, 'dclm-expdb/exp_data');
const isHere = existsSync(folder);

describe.skipIf(!isHere)(
  `the experiment registry of DCLM${isHere ? '' : ' (needs shared data dclm-expdb)'}`,
  () => {
    it('gives a graph of 466 nodes, 85 of them stubs, and 412 edges', async () => {
      const dclm = importers.find(({ kind }) => kind === 'dclm');
      const { events = [] } = (await dclm?.read(await readFolder(folder), {})) ?? {};
      const store = await openTestStore();
      const facts = events.map(({ type, data, id }) => aFact(type, data, id));
      await project(store, lineageProjection, facts);
      const [row] = await store.engine.reader.all(summary, { kinds: [], as_of: [events.length] });
      expect(row).toMatchObject({ nodes: 466, stubs: 85, edges: 412, max_fan_out: 22 });
      await store.remove();
    });

    it('holds 21 comparisons of datasets that nobody assigned, the published one of C4 and RefinedWeb among them, and a set of what differs', async () => {
      const dclm = importers.find(({ kind }) => kind === 'dclm');
      const { events = [] } = (await dclm?.read(await readFolder(folder), {})) ?? {};
      const facts = events
        .filter(({ data }) => !('capability' in data) || data.capability === 'Core')
        .map(({ type, data, id }) => aFact(type, data, id));
      const store = await openTestStore();
      for (const projection of [corpusProjection, trainingProjection, evaluationProjection])
        await project(store, projection, facts);
      const estimators: Estimators = {
        attribute: (questions, experiment) => Promise.resolve(attributeAll(questions, experiment)),
        predict: (request) => Promise.resolve(predictOutcome(request)),
        model: () => Promise.reject(new Error('not asked')),
        design: (question, experiment) => Promise.resolve(design(question, experiment)),
        rank: (question, runs) => Promise.resolve(rankRecipes(question, runs)),
        close: () => Promise.resolve(),
      };
      const jobs = attributor(store.engine.reader, estimators);
      const { experiments, leftOut } = await jobs.experiments([events.length]);
      const [observed, ...others] = experiments.filter(({ id }) => id.startsWith('found:observed-'));
      expect(others).toEqual([]);
      expect(experiments).toHaveLength(21 + 1);
      expect(leftOut.map(({ reason, runs }) => [reason, runs])).toEqual([
        ['unlike_all', 34],
        ['no_start', 23],
        ['not_completed', 17],
        ['no_exposure', 6],
      ]);
      const largest = experiments.find(({ runs }) => runs === 10);
      const asked = { experiment: largest?.id, slices: ['rw_original'], displacement: 'swap:c4_original' };
      const answer = await jobs.attribute(asked, [events.length]);
      expect(answer).toMatchObject({
        effects: [
          {
            effect: expect.closeTo(0.3692 - 0.3422, 4),
            interval: null,
            identification: 'observational_adjusted',
            interpretation: 'inconclusive',
          },
        ],
      });
      expect(observed).toMatchObject({ runs: 110, slices: { length: 51 } });
      const adjusted = await jobs.attribute({ ...asked, experiment: observed?.id }, [events.length]);
      expect(adjusted).toMatchObject({
        effects: [
          {
            effect: expect.closeTo(0.0287, 4),
            identification: 'associational',
            interpretation: 'associated_with_better',
            adjustment: { terms: 78, unadjusted: { effect: expect.closeTo(0.0589, 4) } },
          },
        ],
      });
      await store.remove();
    });
  },
);
