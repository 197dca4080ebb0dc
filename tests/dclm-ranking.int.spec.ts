import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { rankRecipes } from '@tributary/attribution';
import { attributor } from '@tributary/attribution-jobs';
import type { Estimators, RankingAnswer } from '@tributary/attribution-jobs';
import { corpusProjection } from '@tributary/corpus';
import { evaluationProjection } from '@tributary/evaluation';
import { aFact, openTestStore, project } from '@tributary/fixtures';
import type { TestStore } from '@tributary/fixtures';
import { importers, readFolder } from '@tributary/importers';
import { trainingProjection } from '@tributary/training';
import { afterAll, beforeAll, describe, it, expect } from 'vitest';

const data = process.env['TRIBUTARY_TEST_DATA'] ?? join(import.meta.dirname, '../../shared/data');
const folder = join(data, 'dclm-expdb');
const missing = existsSync(folder) ? '' : `, skipped: ${folder} is absent`;

const SMALL = { parameters: 411_616_256, tokens: 8_232_325_120 };
const MIDDLE = { parameters: 1_439_795_200, tokens: 28_795_904_000 };
const LARGE = { parameters: 6_889_410_560, tokens: 137_788_211_200 };

const never = () => Promise.reject(new Error('not asked'));
const estimators: Estimators = {
  attribute: never,
  predict: never,
  model: never,
  design: never,
  rank: (question, runs) => Promise.resolve(rankRecipes(question, runs)),
  close: () => Promise.resolve(),
};

type Published = Readonly<Record<string, unknown>>;

/** The published records of a folder, read without the importer. */
const published = (of: string): Published[] =>
  readdirSync(join(folder, 'exp_data', of), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.json'))
    .map((name) => JSON.parse(readFileSync(join(folder, 'exp_data', of, name), 'utf8')) as Published);

/** Mean of the first version of Core by dataset, over the models of a scale that are recorded as not failed: of each the last evaluation. */
function publishedMeans({ parameters, tokens }: typeof SMALL): ReadonlyMap<string, number> {
  const evals = new Map(
    published('evals').map((one) => [one['model_uuid'], Number(one['Core_v1'])] as const),
  );
  const means = new Map<string, number[]>();
  for (const { uuid, dataset_name: name, hyperparameters, failed } of published('models')) {
    const { params, tokens: budget } = hyperparameters as Published;
    const core = evals.get(uuid);
    if (params !== parameters || budget !== tokens || failed !== false || core === undefined) continue;
    means.set(String(name), [...(means.get(String(name)) ?? []), core]);
  }
  return new Map([...means].map(([name, of]) => [name, of.reduce((sum, one) => sum + one, 0) / of.length]));
}

describe.skipIf(missing !== '')(`scales of DCLM${missing}`, () => {
  let store: TestStore;
  let events = 0;
  const rank = async (small: object, target: object): Promise<RankingAnswer> => {
    const outcome = { capability: 'Core' };
    const asked = { outcome, small, target } as Parameters<ReturnType<typeof attributor>['rank']>[0];
    const answer = await attributor(store.engine.reader, estimators).rank(asked, [events]);
    if (!answer.ok) throw new Error(answer.text);
    return answer;
  };

  beforeAll(async () => {
    const dclm = importers.find(({ kind }) => kind === 'dclm');
    const { events: read = [] } = (await dclm?.read(await readFolder(join(folder, 'exp_data')), {})) ?? {};
    const facts = read
      .filter(({ data }) => !('capability' in data) || data.capability === 'Core')
      .map(({ type, data, id }) => aFact(type, data, id));
    events = facts.length;
    store = await openTestStore();
    for (const projection of [corpusProjection, trainingProjection, evaluationProjection])
      await project(store, projection, facts);
  });
  afterAll(() => store?.remove());

  it.each([
    ['411 M and 7 B', [SMALL, LARGE], 11],
    ['1.4 B and 7 B', [MIDDLE, LARGE], 13],
    ['411 M and 1.4 B', [SMALL, MIDDLE], 10],
  ] as const)('of %s order datasets as the published scores do', async (_name, [small, target], recipes) => {
    const found = await rank(small, target);
    expect(found.recipes).toHaveLength(recipes);
    const [atSmall, atTarget] = [publishedMeans(small), publishedMeans(target)];
    for (const one of found.recipes) {
      expect(one.small).toBeCloseTo(atSmall.get(one.recipe) ?? NaN, 12);
      expect(one.target).toBeCloseTo(atTarget.get(one.recipe) ?? NaN, 12);
    }
    const pairs = found.recipes.flatMap(({ recipe: left }, index) =>
      found.recipes.slice(index + 1).map(({ recipe: right }) => {
        const [one, other] = [atSmall, atTarget].map((means) => means.get(left)! > means.get(right)!);
        return Number(one === other);
      }),
    );
    expect(found.pairs).toBe(pairs.length);
    expect(found.accuracy).toBeCloseTo(pairs.reduce((sum, one) => sum + one, 0) / pairs.length, 12);
    expect(found.interval.low).toBeLessThan(found.accuracy);
    expect(found.interval.high).toBeGreaterThan(found.accuracy);
  });

  it('say what else differs between their runs, and which datasets only one of them has', async () => {
    const { warnings } = await rank(MIDDLE, LARGE);
    const codes = warnings.map(({ code }) => code);
    expect(codes).toContain('runs_differ');
    expect(codes).toContain('recipes_at_one_scale');
    expect(codes).toContain('several_ways_of_measuring');
  });
});
