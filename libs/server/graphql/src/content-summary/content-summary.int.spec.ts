import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { randomDrift } from '../drift/random-drift.fixture.ts';
import type { ExposureTotal, TrainingContentSummary } from '../generated/schema.ts';
import { fact, startGraphqlServer } from '../graphql-server.fixture.ts';
import type { GraphqlServer, SentEvent } from '../graphql-server.fixture.ts';
import {
  answerTo,
  askSummary,
  openOf,
  statementsOf,
  summaryQuery,
  tokensOf,
  TOTALS,
} from './asked-summary.fixture.ts';
import {
  ALSO_ASKED,
  ANSWERED_BY,
  factOf,
  factsWithout,
  measured,
  registeredAs,
  withdrawn,
} from './content-facts.fixture.ts';

let server: GraphqlServer;
beforeAll(async () => {
  server = await startGraphqlServer();
});
afterAll(() => server.remove());

async function recorded(...events: readonly SentEvent[]): Promise<string> {
  await server.record(...events);
  return server.caughtUp();
}

const textOf = (asked: string): Promise<string> => server.askText(summaryQuery(asked));
const summaryOf = (asked: string): Promise<TrainingContentSummary> => askSummary(server, asked);

/** What is answered in part is an open question, unless it is added to the template. */
function expectPartsAsked(summary: TrainingContentSummary): void {
  const partly = summary.fields.filter(
    ({ answer, title }) => answer === 'partly' && !title.endsWith('(added)'),
  );
  expect(openOf(summary)).toEqual(expect.arrayContaining(partly.map(({ name }) => name)));
}

describe('a field that no fact answers', () => {
  /* Any two kinds are told apart by one of these sets: it has one of them and not the other. */
  const kinds = ANSWERED_BY.map(([kind]) => kind).filter((kind) => kind !== 'acquisition');
  const bits = [1, 2, 4, 8, 16];
  const halves = bits.flatMap((bit) => [
    kinds.filter((_, at) => ((at + 1) & bit) !== 0),
    kinds.filter((_, at) => ((at + 1) & bit) === 0),
  ]);
  /* What was obtained decides what else is asked, so it is left out alone. */
  const cases = [...halves, ['acquisition']].map((without, at) => {
    const run = `without-${at}`;
    return { without, run, closing: without.map((kind) => factOf(kind, run)) };
  });
  const positions = { open: '', closed: '', reopened: '' };
  beforeAll(async () => {
    positions.open = await recorded(...cases.flatMap(({ without, run }) => factsWithout(without, run)));
    positions.closed = await recorded(...cases.flatMap(({ closing }) => closing));
    positions.reopened = await recorded(...cases.flatMap(({ closing }) => closing.map(withdrawn)));
  });

  const fieldsOf = (some: readonly string[]): string[] =>
    ANSWERED_BY.flatMap(([kind, field]) =>
      some.includes(kind) ? [field, ALSO_ASKED.get(kind) ?? []].flat() : [],
    ).toSorted();

  it.each(cases)(
    'is an open question, each of them that one alone (without $without)',
    async ({ without, run, closing }) => {
      const before = await summaryOf(`run: "${run}", asOf: "${positions.open}"`);
      expect(openOf(before).toSorted()).toEqual(fieldsOf(without));
      expect(new Set(before.openQuestions.map(({ fact: type }) => type))).toEqual(
        new Set(closing.map(({ type }) => type)),
      );
      const said = before.fields.filter(({ answer }) => answer === 'answered').map(({ name }) => name);
      expect(said.filter((name) => fieldsOf(without).includes(name))).toEqual([]);
      expect(before.complete).toBe(false);
      expect(before.reason).toContain(`${fieldsOf(without).length} question`);
      expectPartsAsked(before);
    },
  );

  /* The first two sets and acquisition are all kinds. */
  it.each([0, 1, cases.length - 1])(
    'is closed by its fact, and open again where that is corrected (%d)',
    async (at) => {
      const { without = [], run = '' } = cases[at] ?? {};
      const after = await summaryOf(`run: "${run}", asOf: "${positions.closed}"`);
      expect(after).toMatchObject({ openQuestions: [], complete: true, reason: null });
      const again = await summaryOf(`run: "${run}", asOf: "${positions.reopened}"`);
      expect(openOf(again)).toEqual(expect.arrayContaining(fieldsOf(without)));
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
        [
          'contentTypes',
          'latestAcquisition',
          'continuousTraining',
          'languages',
          'dataSources',
          'acquisition',
        ],
        ['rightsReservation', 'illegalContent'],
      ].flat(),
    );
    expectPartsAsked(bare);
    const divided = bare.openQuestions.filter(({ unknown }) => unknown.length > 0);
    expect(divided.length).toBeGreaterThan(3);
    for (const { unknown } of divided) expect(unknown).toMatchObject([{ unit: 'token', tokens: 5 }]);
    expect(statementsOf(bare, 'contentTypes')).toMatchObject([
      { text: 'web/forum', tokens: 5, method: 'reported', evidenceTotal: 1 },
    ]);
    /* Nothing says that it is text, of which alone the template has ranges; nor that nothing was licensed. */
    expect(statementsOf(bare, 'size')).toMatchObject([{ tokens: 5, range: null }]);
    expect(
      ['size', 'contentTypes', 'languages', 'licences', 'licensedData', 'publicDatasets', 'mixture'].map(
        (name) => answerTo(bare, name),
      ),
    ).toEqual(['answered', 'partly', 'partly', 'partly', 'no_fact', 'no_fact', 'no_fact']);
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
  const SEEDS = [11, 12, 13];
  const shard = (run: string, slice: string) => `${run}/${slice}`;

  /** The history with shards in place of some slices, and what is measured of some of them. */
  function historyOf(seed: number): SentEvent[] {
    const run = `random-${seed}`;
    const events = randomDrift(seed, run).map((event) => withShards(event, run));
    return [
      ...events,
      registeredAs(shard(run, 'a'), { origin: { registry: 'npm', package: 'vue', version: '3.4.38' } }),
      registeredAs(shard(run, 'd'), { uri: 'https://data.example.org/set/part-0', licence: 'MIT' }),
      ...listed(`${run}/set`, shard(run, 'd')),
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

  const listed = (snapshotId: string, shardId: string): SentEvent[] => [
    fact('corpus.snapshot.registered', { snapshotId, uri: 'https://user:secret@data.example.org/set' }),
    fact('corpus.members.listed', { snapshotId, firstIndex: 0, members: [{ shardId, repeats: 1 }] }),
  ];

  const PARTITIONS = [
    'contentTypes',
    'modalities',
    'languages',
    'dataSources',
    'acquisition',
    'licences',
  ] as const;

  const positions = new Map<number, string[]>();
  let whole: TrainingContentSummary;
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
    whole = await summaryOf('run: "random-11"');
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

  it('name datasets by package and by the snapshot that lists them, and what is retracted', () => {
    const sources = statementsOf(whole, 'dataSources');
    expect(sources.map(({ text }) => text)).toEqual(expect.arrayContaining(['npm:vue', null]));
    const ofSet = sources.find(({ text }) => text === 'random-11/set');
    expect(ofSet).toMatchObject({ link: 'https://data.example.org/set' });
    const [retracted] = statementsOf(whole, 'retractedContent');
    expect(retracted).toMatchObject({ text: 'asked to (mara)', tokens: ofSet?.tokens, evidenceTotal: 1 });
    expect(whole.evidence).toEqual(expect.arrayContaining([...(retracted?.evidence ?? [''])]));
  });

  it('are measured only as far as their names are: licences, datasets and retractions are declared', () => {
    for (const name of ['licences', 'dataSources', 'publicDatasets', 'retractedContent']) {
      const methods = statementsOf(whole, name).flatMap(({ text, method }) =>
        text === null ? [] : [method],
      );
      expect(methods.length).toBeGreaterThan(0);
      for (const method of methods) expect(['declared', 'inferred', 'sampled']).toContain(method);
    }
  });

  it('of a part say by which facts it is one, and infer what is distributed in it as in the whole', () => {
    const obtained = statementsOf(whole, 'acquisition').find(({ text }) => text === 'crawled');
    for (const statement of [
      ...statementsOf(whole, 'crawledDomains'),
      ...statementsOf(whole, 'publicDatasets'),
    ])
      expect(statement.evidence).toEqual(expect.arrayContaining([...(obtained?.evidence ?? [''])]));
    expect(statementsOf(whole, 'crawledDomains').map(({ text, method }) => [text, method])).toEqual([
      ['example.com', 'inferred'],
      ['example.org', 'inferred'],
    ]);
    expect(statementsOf(whole, 'publicDatasets')).toMatchObject([{ text: 'npm:vue', method: 'declared' }]);
  });

  it('leave open how data were obtained where the template has no section for it', () => {
    const [borrowed, unknown] = ['borrowed', null].map((text) =>
      statementsOf(whole, 'acquisition').find((one) => one.text === text),
    );
    const open = whole.openQuestions.find(({ field }) => field === 'acquisition');
    expect(open?.unknown[0]?.tokens).toBe((borrowed?.tokens ?? NaN) + (unknown?.tokens ?? 0));
  });

  it('are of slices where their shards are not measured, from the nearest slice that is', () => {
    const licensed = statementsOf(whole, 'acquisition').find(({ text }) => text === 'licensed');
    const bx = statementsOf(whole, 'contentTypes').find(({ text }) => text === 'b/x');
    expect(bx?.tokens).toBeGreaterThan(0);
    expect(licensed).toMatchObject({ tokens: bx?.tokens, method: 'declared' });
  });
});

describe('as of an earlier position', () => {
  it('the summary is the same bytes after more events of every kind', async () => {
    const asOf = await recorded(...factsWithout(['fqdn'], 'earlier'));
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
