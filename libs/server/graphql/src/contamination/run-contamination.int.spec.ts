import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fact } from '../graphql-server.fixture.ts';
import type { Contamination } from '../generated/schema.ts';
import type { SentEvent } from '../graphql-server.fixture.ts';
import { outcomes, startContaminationServer } from './contamination-server.fixture.ts';
import type { ContaminationServer } from './contamination-server.fixture.ts';
import { BENCHMARK, consumed, LEAKY, saved, scored, searched, started } from './leaky-run.fixture.ts';

let known: ContaminationServer;
/** The answer about the run of the fixture. */
let leaky: Contamination;
beforeAll(async () => {
  known = await startContaminationServer();
  await recorded(...LEAKY);
  leaky = await answerTo();
});
afterAll(() => known.server.remove());

const recorded = (...events: readonly SentEvent[]) => known.recorded(...events);
const answerTo = (given: object = {}) => known.answerTo(given);

describe('a run that consumed a shard with items before and after its checkpoints', () => {
  it('says of each shard what was found, and in which steps that count it was consumed', () => {
    expect(outcomes(leaky)).toEqual([
      ['late', 'found'],
      ['rewound', 'found'],
      ['never', 'not_searched'],
      ['plain', 'nothing_found'],
    ]);
    const [late, rewound] = leaky.nodes;
    expect(late).toMatchObject({
      consumed: [{ unit: 'token', tokens: 160, firstStep: 11, lastStep: 50, methods: ['measured'] }],
      firstStep: 11,
      lastStep: 50,
      searches: [{ kind: 'ngram', n: 13, of: 'words', itemsCompared: 1000, itemsMatched: 2 }],
    });
    expect(late?.searches[0]?.items.map(({ id }) => id)).toEqual(['item-0', 'item-1']);
    expect(rewound).toMatchObject({ consumed: [], firstStep: null, lastStep: null });
  });

  it('says what each checkpoint holds of it, with its scores; a superseded one what its own attempt had consumed', () => {
    const { checkpoints, nodes } = leaky;
    const seen = checkpoints.map(({ id, counts, scores }, at) => [
      id,
      counts,
      nodes[0]?.atCheckpoints[at],
      nodes[1]?.atCheckpoints[at],
      ...scores.map(({ value }) => value),
    ]);
    expect(seen).toEqual([
      ['leaky@10', true, 'not_yet', 'not_yet', 0.1],
      ['leaky@20', true, 'partly', 'not_yet', 0.5],
      ['leaky@30', true, 'partly', 'not_yet', 0.4],
      ['superseded', false, 'partly', 'wholly', 0.9],
      ['leaky@50', true, 'wholly', 'not_yet'],
    ]);
    expect(checkpoints.map(({ notYet, partly, wholly }) => [notYet, partly, wholly])).toEqual([
      [2, 0, 0],
      [1, 1, 0],
      [1, 1, 0],
      [0, 1, 1],
      [1, 0, 1],
    ]);
  });

  it('is not complete while a consumed shard was not searched, and says how much of the tokens that is', () => {
    const { consumed: amounts, shards, complete, reason } = leaky;
    expect(amounts).toEqual([
      {
        unit: 'token',
        amount: 400,
        found: 160,
        nothingFound: 210,
        nothingFoundInPart: 0,
        notSearched: 30,
        shardUnknown: 0,
      },
    ]);
    expect(shards).toEqual({ found: 2, nothingFound: 1, nothingFoundInPart: 0, notSearched: 1 });
    expect([complete, reason]).toEqual([false, 'not searched: 1 of 4 shards, 7.50 % of the tokens consumed']);
  });

  it('lists one page after the other, in an order that the page does not change', async () => {
    const first = await answerTo({ first: 3 });
    const rest = await answerTo({ first: 3, after: first.pageInfo.endCursor });
    expect([...first.nodes, ...rest.nodes]).toEqual(leaky.nodes);
    expect([first.totalCount, first.pageInfo.hasNextPage, rest.pageInfo.hasNextPage]).toEqual([
      4,
      true,
      false,
    ]);
    expect(rest.checkpoints).toEqual(leaky.checkpoints);
  });
});

describe('searches', () => {
  it('of a part do not make an answer complete, and those of all documents do', async () => {
    await recorded(
      started('fed', 1),
      consumed('fed', 1, 1, { partial: 90, checked: 10 }),
      searched('checked', 0),
    );
    await recorded(searched('partial', 0, { more: { scope: 'part', method: 'sampled' } }));
    expect(await answerTo({ run: 'fed' })).toMatchObject({
      complete: false,
      reason: 'searched only in part: 1 of 2 shards, 90.00 % of the tokens consumed',
      consumed: [{ nothingFoundInPart: 90, nothingFound: 10 }],
    });
    await recorded(searched('partial', 0));
    expect(await answerTo({ run: 'fed' })).toMatchObject({ complete: true, reason: null, checkpoints: [] });
  });

  it('for another benchmark, of another version or of a shard of a similar name say nothing', async () => {
    const twins = [
      searched('twin', 4, { more: { benchmark: `${BENCHMARK}-hard` } }),
      searched('twin', 5, { more: { benchmarkVersion: '2' } }),
      searched('twin/0', 6),
      searched('twi', 7),
    ];
    await recorded(started('twins', 1), consumed('twins', 1, 1, { twin: 10 }), ...twins);
    const found = async (given: object) =>
      (await answerTo({ run: 'twins', ...given })).nodes.map(({ outcome, searches }) => [
        outcome,
        ...searches.map(({ itemsMatched }) => itemsMatched),
      ]);
    expect(await found({})).toEqual([['found', 5]]);
    expect(await found({ version: '2' })).toEqual([['found', 5]]);
    for (const version of ['1', '']) expect(await found({ version })).toEqual([['not_searched']]);
    expect(await found({ benchmark: `${BENCHMARK}-hard` })).toEqual([['found', 4]]);
  });

  it('of the same kind replace each other, others stand beside them, and corrected ones do not count', async () => {
    const wrong = searched('again', 9, { more: { search: { kind: 'exact' } } });
    await recorded(started('again', 1), consumed('again', 1, 1, { again: 10 }));
    await recorded(searched('again', 3), wrong, searched('again', 2));
    const matched = async () =>
      (await answerTo({ run: 'again' })).nodes[0]?.searches.map(({ kind, itemsMatched }) => [
        kind,
        itemsMatched,
      ]);
    expect(await matched()).toEqual([
      ['ngram', 2],
      ['exact', 9],
    ]);
    const envelope = { corrects: wrong.id, correctionreason: 'wrong file', actor: 'ada' };
    await recorded(searched('again', 0, { more: { search: { kind: 'exact' } }, envelope }));
    expect(await matched()).toEqual([
      ['exact', 0],
      ['ngram', 2],
    ]);
  });

  it('of a shard hold for one that is the same data', async () => {
    const names = ['s3://c/part-0', 'file:/copy/part-0'] as const;
    const pair = { kind: 'pair', address: names[0], other: names[1], reason: 'a mirror', actor: 'ada' };
    await recorded(
      started('mirrored', 1),
      consumed('mirrored', 1, 1, { [names[0]]: 10 }),
      searched(names[1], 1),
    );
    expect(outcomes(await answerTo({ run: 'mirrored' }))).toEqual([[names[0], 'not_searched']]);
    await recorded(fact('corpus.alias.declared', pair));
    expect(outcomes(await answerTo({ run: 'mirrored' }))).toEqual([[names[0], 'found']]);
  });

  it('that found 100,000 items list the first hundred of a thousand, and more than a thousand are refused', async () => {
    const items = Array.from({ length: 1_001 }, (_, at) => ({ itemId: `item-${at}`, share: 1 }));
    const many = { itemsCompared: 200_000, matchedItems: items.slice(0, 1_000) };
    await recorded(started('large', 1), consumed('large', 1, 1, { large: 10 }));
    await recorded(searched('large', 100_000, { more: many }));
    const [search] = (await answerTo({ run: 'large' })).nodes[0]?.searches ?? [];
    expect([search?.itemsMatched, search?.items.length]).toEqual([100_000, 100]);
    await expect(
      recorded(searched('large', 100_000, { more: { ...many, matchedItems: items } })),
    ).rejects.toThrow(/matchedItems/);
  });
});

describe('shards and scores that are not recorded in the usual way', () => {
  it('a shard that only a recorded order says was read is listed, and tokens without a shard are not searched', async () => {
    const steps = [[{ shardId: 'read', from: 0, count: 5 }]];
    await recorded(
      started('ordered', 1),
      consumed('ordered', 1, 1, { '': 50 }),
      fact('training.order.recorded', {
        runId: 'ordered',
        attempt: 1,
        firstStep: 4,
        lastStep: 4,
        method: 'measured',
        order: { ranges: { of: 'document', steps } },
      }),
      searched('read', 1),
      saved('ordered', 1, 3),
      saved('ordered', 1, 4),
    );
    expect(await answerTo({ run: 'ordered' })).toMatchObject({
      nodes: [
        {
          shard: 'read',
          outcome: 'found',
          consumed: [],
          firstStep: 4,
          lastStep: 4,
          atCheckpoints: ['not_yet', 'wholly'],
        },
      ],
      consumed: [{ amount: 50, shardUnknown: 50 }],
      complete: false,
      reason: 'no shard recorded, so not searched: 100.00 % of the tokens consumed',
    });
  });

  it('scores of another run or benchmark are not listed; one without a step or checkpoint is counted', async () => {
    await recorded(
      started('judged', 1),
      consumed('judged', 1, 1, { plain: 10 }),
      saved('judged', 1, 10),
      scored('judged', { checkpointId: 'judged@10' }, 0.1),
      scored('judged', { checkpointId: 'judged@10' }, 0.2, `${BENCHMARK}-hard`),
      scored('judged', { checkpointId: 'exported', step: 7 }, 0.3),
      scored('judged', {}, 0.4),
      scored('other', { checkpointId: 'judged@10' }, 0.5),
    );
    const { checkpoints, reason } = await answerTo({ run: 'judged' });
    expect(
      checkpoints.map(({ id, saved: isSaved, scores }) => [id, isSaved, ...scores.map(({ value }) => value)]),
    ).toEqual([
      ['exported', false, 0.3],
      ['judged@10', true, 0.1],
    ]);
    expect(reason).toBe('scores that name neither a step nor a saved checkpoint: 1');
  });

  it('a run that was started from a checkpoint of another one says that what that consumed is not in the answer', async () => {
    await recorded(
      started('tuned', 1, { parentCheckpointId: 'leaky@50' }),
      consumed('tuned', 1, 1, { plain: 10 }),
    );
    expect(await answerTo({ run: 'tuned' })).toMatchObject({
      complete: false,
      reason: 'the run was started from what runs leaky had consumed, which is not in this answer',
    });
  });

  it('a run of which nothing is recorded is not called clean', async () => {
    await recorded(started('unfed', 1));
    expect(await answerTo({ run: 'unfed' })).toMatchObject({
      nodes: [],
      complete: false,
      reason: 'no exposure recorded',
    });
  });
});

describe('what no event mentions', () => {
  it.each([
    [{ run: 'nobody' }, 'unknown_run'],
    [{ benchmark: 'nothing' }, 'unknown_benchmark'],
    [{ benchmark: '' }, 'unknown_benchmark'],
    [{ benchmark: `${BENCHMARK}' OR 1=1 --` }, 'unknown_benchmark'],
    [{ after: 'nowhere' }, 'unknown_cursor'],
  ])('is refused: %j', async (given, code) => {
    const { data, errors } = await known.bodyOf(given);
    expect([data, errors?.map(({ extensions }) => extensions?.['code'])]).toEqual([
      { contamination: null },
      [code],
    ]);
  });

  it('before it is recorded is unknown, and a hostile name is only a name', async () => {
    const benchmark = `a' OR '1'='1\\\u001b[31m\u202e</script>`;
    const before = await known.server.caughtUp();
    await recorded(searched('plain', 1, { more: { benchmark, matchedItems: [{ itemId: benchmark }] } }));
    const answer = await answerTo({ benchmark });
    expect(answer.nodes[0]?.searches[0]?.items).toEqual([{ id: benchmark, share: null }]);
    const { errors } = await known.bodyOf({ benchmark, asOf: before });
    expect(errors?.[0]?.extensions?.['code']).toBe('unknown_benchmark');
  });
});
