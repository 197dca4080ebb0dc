import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { randomDrift } from '../drift/random-drift.fixture.ts';
import type { ExposureTotal, TrainingContentSummary } from '../generated/schema.ts';
import { fact, startGraphqlServer } from '../graphql-server.fixture.ts';
import type { GraphqlServer, SentEvent } from '../graphql-server.fixture.ts';
import { ANSWERED_BY, factOf, factsWithout, measured } from './content-facts.fixture.ts';

const TOTALS = 'unit tokens amount inherited';
const ASKED = `run checkpoint step totals { ${TOTALS} } prorated
  fields {
    name section title statementsTotal omitted { ${TOTALS} }
    statements {
      text link unit tokens amount inherited share range isLarge method evidence evidenceTotal
    }
  }
  openQuestions { field section title unknown { ${TOTALS} } fact member advice }
  asOf { position time } complete reason evidence evidenceTotal`;

let server: GraphqlServer;
beforeAll(async () => {
  server = await startGraphqlServer();
});
afterAll(() => server.remove());

async function recorded(...events: readonly SentEvent[]): Promise<string> {
  await server.record(...events);
  return server.caughtUp();
}

const textOf = (asked: string): Promise<string> =>
  server.askText(`{ trainingContentSummary(${asked}) { ${ASKED} } }`);

async function summaryOf(asked: string): Promise<TrainingContentSummary> {
  const { trainingContentSummary } = await server.ask<{ trainingContentSummary: TrainingContentSummary }>(
    `{ trainingContentSummary(${asked}) { ${ASKED} } }`,
  );
  return trainingContentSummary;
}

const statementsOf = ({ fields }: TrainingContentSummary, name: string) =>
  fields.find((field) => field.name === name)?.statements ?? [];

const tokensOf = (summary: TrainingContentSummary, name: string): number =>
  statementsOf(summary, name).reduce((sum, { tokens }) => sum + (tokens ?? 0), 0);

const openOf = ({ openQuestions }: TrainingContentSummary): string[] =>
  openQuestions.map(({ field }) => field);

describe('a field that no fact answers', () => {
  const cases = ANSWERED_BY.map(([kind, field]) => ({ kind, field, run: `without-${kind}` }));
  beforeAll(async () => {
    await recorded(...cases.flatMap(({ kind, run }) => factsWithout(kind, run)));
  });

  it.each(cases)(
    '$field is an open question, and recording $kind closes that one alone',
    async ({ kind, field, run }) => {
      const open = await summaryOf(`run: "${run}"`);
      expect(openOf(open)).toEqual([field]);
      expect(open.complete).toBe(false);
      expect(open.reason).toContain('1 question is open');
      const [{ fact: type } = { fact: '' }] = open.openQuestions;
      const closing = factOf(kind, run);
      expect(type).toBe(closing.type);
      const asOf = await recorded(closing);
      expect(await summaryOf(`run: "${run}", asOf: "${asOf}"`)).toMatchObject({
        openQuestions: [],
        complete: true,
        reason: null,
      });
    },
  );

  it('is asked of all that was consumed where nothing but that is recorded', async () => {
    const amounts = [{ slice: 'web/forum', amount: 5 }];
    const range = { runId: 'bare', attempt: 1, firstStep: 1, lastStep: 1, unit: 'token', method: 'reported' };
    await recorded(fact('training.exposure.recorded', { ...range, amounts }));
    const bare = await summaryOf('run: "bare"');
    expect(openOf(bare)).toEqual(
      [
        ['provider', 'representative', 'modelName', 'modelDependencies', 'placementDate', 'modalities'],
        ['latestAcquisition', 'continuousTraining', 'languages', 'dataSources', 'acquisition', 'licences'],
        ['rightsReservation', 'illegalContent'],
      ].flat(),
    );
    for (const { field, unknown } of bare.openQuestions)
      if (statementsOf(bare, field).length > 0) expect(unknown).toMatchObject([{ unit: 'token', tokens: 5 }]);
    expect(statementsOf(bare, 'contentTypes')).toMatchObject([
      { text: 'web/forum', tokens: 5, method: 'reported', evidenceTotal: 1 },
    ]);
  });

  it('and no amount is made up where no exposure is recorded', async () => {
    await recorded(factOf('start', 'unfed'));
    const unfed = await summaryOf('run: "unfed"');
    expect(unfed).toMatchObject({ step: null, totals: [], complete: false });
    expect(unfed.reason).toContain('no exposure recorded');
    expect(unfed.fields.filter(({ statements }) => statements.length > 0).map(({ name }) => name)).toEqual([
      'modelName',
    ]);
    expect(openOf(unfed)).toEqual(expect.arrayContaining(['size', 'contentTypes', 'acquisition']));
  });
});

describe('the amounts of each field', () => {
  const SEEDS = [11, 12, 13, 14];
  const shard = (run: string, slice: string) => `${run}/${slice}`;

  /** The history with shards in place of some slices, and what is measured of some of them. */
  function historyOf(seed: number): SentEvent[] {
    const run = `random-${seed}`;
    const events = randomDrift(seed, run).map((event) => withShards(event, run));
    return [
      ...events,
      registered(shard(run, 'a'), { origin: { registry: 'npm', package: 'vue', version: '3.4.38' } }),
      registered(shard(run, 'd'), { uri: 'https://user:secret@Data.Example.org/part-0', licence: 'MIT' }),
      measured('language', shard(run, 'a'), { en: 1, de: 2, fr: 3.7 }),
      measured('acquisition', shard(run, 'a'), { public_dataset: 1, crawled: 2 }),
      measured('acquisition', 'b', { licensed: 1 }, { subjectKind: 'slice' }),
      measured('acquisition', shard(run, 'd'), { borrowed: 1 }),
      measured('fqdn', shard(run, 'a'), { 'example.org': 1, 'example.com': 6 }),
      fact('corpus.shard.retracted', { shardId: shard(run, 'd'), reason: 'asked to', actor: 'mara' }),
    ];
  }

  function withShards(event: SentEvent, run: string): SentEvent {
    const data = event['data'] as { amounts?: readonly { slice: string }[] };
    if (!data.amounts) return event;
    const amounts = data.amounts.map((one) =>
      'ad'.includes(one.slice) ? { ...one, shardId: shard(run, one.slice) } : one,
    );
    return { ...event, data: { ...data, amounts } };
  }

  const registered = (shardId: string, more: object): SentEvent => ({
    ...fact('corpus.shard.registered', { shardId, uri: 'local.ndjson', slice: 'a', split: 'train', ...more }),
    dataschema: 'urn:tributary:schema:corpus.shard.registered:2.0',
  });

  const PARTITIONS = [
    'contentTypes',
    'modalities',
    'languages',
    'dataSources',
    'acquisition',
    'licences',
  ] as const;

  const positions = new Map<number, string[]>();
  beforeAll(async () => {
    for (const seed of SEEDS) {
      const events = historyOf(seed);
      const part = Math.ceil(events.length / 2);
      positions.set(seed, [
        await recorded(...events.slice(0, part)),
        await recorded(...events.slice(part)),
        await recorded(
          fact('training.run.started', {
            runId: `random-${seed}-fork`,
            attempt: 1,
            model: { name: 'fork' },
            config: {},
            seeds: {},
            forkedFrom: { runId: `random-${seed}`, step: 7 },
          }),
        ),
      ]);
    }
  });

  it.each(SEEDS)(
    'add up to what the run consumed, to the token, with rewinds, corrections and skipped steps (%d)',
    async (seed) => {
      for (const [at, asOf] of (positions.get(seed) ?? []).entries()) {
        const run = `random-${seed}${at === 2 ? '-fork' : ''}`;
        const asked = `run: "${run}", asOf: "${asOf}"`;
        const summary = await summaryOf(asked);
        const { exposure } = await server.ask<{ exposure: { totals: readonly ExposureTotal[] } }>(
          `{ exposure(${asked}, inherited: true, by: slice) { totals { ${TOTALS} } } }`,
        );
        expect(summary.totals).toEqual(exposure.totals);
        const tokens = exposure.totals[0]?.tokens ?? 0;
        expect(tokens).toBeGreaterThan(0);
        expect(PARTITIONS.map((name) => tokensOf(summary, name))).toEqual(PARTITIONS.map(() => tokens));
        const obtained = new Map(
          statementsOf(summary, 'acquisition').map(({ text, tokens: own }) => [text, own]),
        );
        expect(tokensOf(summary, 'publicDatasets')).toBe(obtained.get('public_dataset') ?? 0);
        expect(tokensOf(summary, 'crawledDomains')).toBe(obtained.get('crawled') ?? 0);
      }
    },
  );

  it('name datasets by package, and by host without credentials, and what is retracted', async () => {
    const summary = await summaryOf('run: "random-11"');
    const sources = statementsOf(summary, 'dataSources').map(({ text }) => text);
    expect(sources).toEqual(expect.arrayContaining(['npm:vue', 'https://data.example.org', null]));
    const ofHost = statementsOf(summary, 'dataSources').find(({ text }) => text?.startsWith('https'));
    expect(statementsOf(summary, 'retractedContent')).toMatchObject([
      { text: 'asked to (mara)', tokens: ofHost?.tokens },
    ]);
  });

  it('leave open how data were obtained where the template has no section for it', async () => {
    const { openQuestions, ...summary } = await summaryOf('run: "random-11"');
    const [borrowed, unknown] = ['borrowed', null].map((text) =>
      statementsOf({ openQuestions, ...summary }, 'acquisition').find((one) => one.text === text),
    );
    const open = openQuestions.find(({ field }) => field === 'acquisition');
    expect(open?.unknown[0]?.tokens).toBe((borrowed?.tokens ?? NaN) + (unknown?.tokens ?? 0));
  });

  it('are of slices where their shards are not measured, from the nearest slice that is', async () => {
    const licensed = statementsOf(await summaryOf('run: "random-11"'), 'acquisition').find(
      ({ text }) => text === 'licensed',
    );
    const bx = statementsOf(await summaryOf('run: "random-11"'), 'contentTypes').find(
      ({ text }) => text === 'b/x',
    );
    expect(bx?.tokens).toBeGreaterThan(0);
    expect(licensed).toMatchObject({ tokens: bx?.tokens, method: 'declared' });
  });
});

describe('as of an earlier position', () => {
  it('the summary is the same bytes after more events of every kind', async () => {
    const asOf = await recorded(...factsWithout('fqdn', 'earlier'));
    const before = await textOf(`run: "earlier", asOf: "${asOf}"`);
    await recorded(
      factOf('fqdn', 'earlier'),
      measured('language', 'earlier/shard', { fr: 1 }),
      fact('training.run.annotated', { runId: 'earlier', tags: { 'training_content.provider': 'another' } }),
      fact('training.run.annotated', { runId: 'earlier', removedTags: ['training_content.crawlers'] }),
      fact('corpus.shard.retracted', { shardId: 'earlier/shard', reason: 'r', actor: 'a' }),
      fact('corpus.members.listed', {
        snapshotId: 'later@1',
        firstIndex: 0,
        members: [{ shardId: 'earlier/shard', repeats: 1 }],
      }),
    );
    expect(await textOf(`run: "earlier", asOf: "${asOf}"`)).toBe(before);
    const now = await summaryOf('run: "earlier"');
    expect(openOf(now)).toEqual(['crawlers']);
    expect(statementsOf(now, 'provider')).toMatchObject([{ text: 'another' }]);
    expect(statementsOf(now, 'languages')).toMatchObject([{ text: 'fr' }]);
  });
});

describe('what the model was made from', () => {
  it('is what its start and its checkpoint name', async () => {
    await recorded(
      fact('training.run.started', {
        runId: 'tuned',
        attempt: 1,
        model: { name: 'tuned' },
        config: {},
        seeds: {},
        parentCheckpointId: 'base@9',
      }),
    );
    expect(statementsOf(await summaryOf('run: "tuned"'), 'modelDependencies')).toMatchObject([
      { text: 'checkpoint base@9', method: 'declared', evidenceTotal: 1 },
    ]);
  });

  it('unknown runs and checkpoints are refused', async () => {
    const nobody = await server.reply('{ trainingContentSummary(run: "nobody") { run } }');
    expect(nobody.body.errors).toMatchObject([{ extensions: { code: 'unknown_run' } }]);
    const unsaved = await server.reply('{ trainingContentSummary(run: "tuned", checkpoint: "x") { run } }');
    expect(unsaved.body.errors).toMatchObject([{ extensions: { code: 'unknown_checkpoint' } }]);
  });
});
