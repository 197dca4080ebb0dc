import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fact } from '../graphql-server.fixture.ts';
import { outcomes, startContaminationServer } from './contamination-server.fixture.ts';
import type { ContaminationServer } from './contamination-server.fixture.ts';
import { consumed, itemsDigest, saved, searched, started } from './leaky-run.fixture.ts';

let asked: ContaminationServer;
beforeAll(async () => {
  asked = await startContaminationServer();
});
afterAll(() => asked.server.remove());

const fed = (run: string, ...shards: readonly string[]) =>
  asked.recorded(
    started(run, 1),
    consumed(run, 1, 1, Object.fromEntries(shards.map((shard) => [shard, 10]))),
  );
const found = async (run: string) => {
  const answer = await asked.answerTo({ run });
  return [...outcomes(answer), answer.complete, answer.reason];
};

const sha256 = (digit: string) => ({ algorithm: 'sha256', value: digit.repeat(64) });
const registered = (shardId: string, digest: object) =>
  fact('corpus.shard.registered', {
    shardId,
    uri: `file:/${shardId}`,
    slice: 'web',
    split: 'train',
    digest,
  });

describe('a search that is not of the whole shard', () => {
  it('and found an item is refuted by no other part without any, and says that there may be more', async () => {
    await fed('parts', 'parts');
    const part = { scope: 'part', method: 'sampled' };
    const [hit, miss] = [searched('parts', 1, { more: part }), searched('parts', 0, { more: part })];
    await asked.recorded(hit, miss);
    const inPart = 'searched only in part: 1 of 1 shards, 100.00 % of the tokens consumed';
    expect(await found('parts')).toEqual([['parts', 'found'], false, inPart]);
    await asked.recorded(
      searched('parts', 0, {
        more: part,
        envelope: { corrects: hit.id, correctionreason: 'other items', actor: 'ada' },
      }),
    );
    expect(await found('parts')).toEqual([['parts', 'nothing_found_in_part'], false, inPart]);
  });

  it('but of one field of its rows does not replace that of another field', async () => {
    await fed('fields', 'fields');
    const of = (field: string) => ({ more: { search: { kind: 'ngram', n: 13, of: 'words', field } } });
    await asked.recorded(
      searched('fields', 2, of('instruction')),
      searched('fields', 0, of('output')),
      searched('fields', 0, of('output')),
    );
    const { nodes } = await asked.answerTo({ run: 'fields' });
    expect(nodes.map(({ outcome }) => outcome)).toEqual(['found']);
    expect(nodes[0]?.searches.map(({ field, itemsMatched }) => [field, itemsMatched])).toEqual([
      ['output', 0],
      ['instruction', 2],
    ]);
  });

  it('but of other bytes than it is registered with says nothing of the whole, whoever is registered with them', async () => {
    await fed('bytes', 'bytes');
    const of = (digit: string) => ({ more: { digest: sha256(digit) } });
    await asked.recorded(searched('bytes', 0, of('a')));
    expect(await found('bytes')).toEqual([['bytes', 'nothing_found'], true, null]);
    const inPart = [
      ['bytes', 'nothing_found_in_part'],
      false,
      'searched only in part: 1 of 1 shards, 100.00 % of the tokens consumed',
    ];
    await asked.recorded(searched('bytes', 0, of('c')));
    expect(await found('bytes')).toEqual(inPart);
    await asked.recorded(registered('bytes', sha256('a')));
    expect(await found('bytes')).toEqual([['bytes', 'nothing_found'], true, null]);
    await asked.recorded(registered('bytes', sha256('b')));
    expect(await found('bytes')).toEqual(inPart);
    const pair = { kind: 'pair', address: 'bytes', other: 'copy', reason: 'a mirror', actor: 'ada' };
    await asked.recorded(fact('corpus.alias.declared', pair), searched('copy', 0, of('a')));
    expect(await found('bytes')).toEqual(inPart);
    await asked.recorded(searched('copy', 0, of('b')));
    expect(await found('bytes')).toEqual([['bytes', 'nothing_found'], true, null]);
    const { nodes } = await asked.answerTo({ run: 'bytes' });
    expect(nodes[0]?.searches.map(({ shard, whole }) => [shard, whole])).toEqual([
      ['copy', true],
      ['copy', false],
      ['bytes', false],
      ['bytes', false],
    ]);
  });

  it('or for nothing but a canary string, does not say that no item is there', async () => {
    await fed('canary', 'canary');
    await asked.recorded(
      searched('canary', 0, { more: { search: { kind: 'canary' }, itemsCompared: 1, matchedItems: [] } }),
    );
    expect(await found('canary')).toEqual([
      ['canary', 'nothing_found_in_part'],
      false,
      'searched only in part: 1 of 1 shards, 100.00 % of the tokens consumed',
    ]);
  });

  it('but of bytes whose digest cannot be compared with the registered one says nothing of the whole', async () => {
    await fed('hashed', 'hashed');
    const md5 = { algorithm: 'md5', value: 'a'.repeat(32) };
    await asked.recorded(registered('hashed', md5), searched('hashed', 0, { more: { digest: sha256('a') } }));
    const inPart = [
      ['hashed', 'nothing_found_in_part'],
      false,
      'searched only in part: 1 of 1 shards, 100.00 % of the tokens consumed',
    ];
    expect(await found('hashed')).toEqual(inPart);
    await asked.recorded(searched('hashed', 0, { more: { digest: sha256('b') } }));
    expect(await found('hashed')).toEqual(inPart);
    await asked.recorded(searched('hashed', 0, { more: { digest: md5 } }));
    expect(await found('hashed')).toEqual([['hashed', 'nothing_found'], true, null]);
  });

  it('but of bytes by two hash functions, of a shard that is not registered, is one of unlike bytes', async () => {
    await fed('unlike', 'unlike');
    const md5 = { algorithm: 'md5', value: 'b'.repeat(32) };
    await asked.recorded(...[sha256('a'), md5].map((digest) => searched('unlike', 0, { more: { digest } })));
    expect((await found('unlike'))[0]).toEqual(['unlike', 'nothing_found_in_part']);
  });

  it('for fewer items, later or by another version of the instrument, does not erase what an earlier one found', async () => {
    await fed('erased', 'erased');
    await asked.recorded(
      searched('erased', 2, { more: { itemsSkipped: 5 } }),
      searched('erased', 0, { more: { itemsCompared: 10 } }),
      searched('erased', 0, { more: { itemsSkipped: 5, instrument: { name: 'word-ngrams', version: '2' } } }),
    );
    expect(await found('erased')).toEqual([
      ['erased', 'found'],
      false,
      'not searched for all items that searches name: 1 of 1 shards, 100.00 % of the tokens consumed',
    ]);
  });

  it('for the items of another shard says nothing of its own, however many they are', async () => {
    await fed('halves', 'first', 'second');
    const of = (shard: string, digit: string) =>
      searched(shard, 0, { more: { itemsCompared: 100, itemsDigest: itemsDigest(digit) } });
    await asked.recorded(of('first', 'a'), of('second', 'b'));
    expect((await found('halves')).slice(2)).toEqual([
      false,
      'not searched for all items that searches name: 2 of 2 shards, 100.00 % of the tokens consumed',
    ]);
    await asked.recorded(of('first', 'b'), of('second', 'a'));
    expect((await found('halves')).slice(2)).toEqual([true, null]);
  });

  it('that does not say how many items it could not look for is not one for all of them', async () => {
    await fed('uncounted', 'uncounted');
    await asked.recorded(searched('uncounted', 0, { more: { itemsSkipped: undefined } }));
    expect((await found('uncounted')).slice(1)).toEqual([
      false,
      'how many items could not be looked for was not counted: 1 of 1 shards, 100.00 % of the tokens consumed',
    ]);
    await asked.recorded(searched('uncounted', 0));
    expect((await found('uncounted')).slice(1)).toEqual([true, null]);
  });

  it('for items of which some were too short, or for fewer than another search, is not one for all of them', async () => {
    await fed('short', 'all', 'some');
    await asked.recorded(
      searched('all', 0, { more: { itemsSkipped: 3 } }),
      searched('some', 0, { more: { itemsCompared: 10 } }),
    );
    const of = (count: number, share: string) =>
      `not searched for all items that searches name: ${count} of 2 shards, ${share} % of the tokens consumed`;
    expect((await found('short')).slice(2)).toEqual([false, of(2, '100.00')]);
    const shorter = { itemsCompared: 1003, search: { kind: 'ngram', n: 5, of: 'words' } };
    await asked.recorded(searched('all', 0, { more: shorter }));
    expect((await found('short')).slice(2)).toEqual([false, of(1, '50.00')]);
    await asked.recorded(searched('some', 0, { more: shorter }));
    expect((await found('short')).slice(2)).toEqual([true, null]);
  });
});

describe('a history of which not all is recorded', () => {
  it('is not called clean where only superseded steps have exposure', async () => {
    await fed('rewound', 'before');
    await asked.recorded(
      searched('before', 0),
      saved('rewound', 1, 10),
      started('rewound', 2, { resumedFrom: { attempt: 1, step: 0 } }),
    );
    expect(await found('rewound')).toEqual([['before', 'nothing_found'], false, 'no exposure recorded']);
  });

  it('does not say what checkpoints hold that are behind a hole in it, nor that the run consumed no more', async () => {
    await fed('holed', 'early');
    await asked.recorded(
      searched('early', 0),
      consumed('holed', 1, 21, { early: 10 }),
      saved('holed', 1, 10),
      saved('holed', 1, 20),
      saved('holed', 1, 30),
    );
    const hole = 'no exposure that counts is recorded of 10 steps, of which the first is 11';
    const behind = 'no exposure that counts is recorded up to the steps of 2 of 3 checkpoints';
    expect(await found('holed')).toEqual([['early', 'nothing_found'], false, `${hole}; ${behind}`]);
    const skipped = Array.from({ length: 5 }, (_, at) => 11 + at);
    const rest = Array.from({ length: 5 }, () => [{ shardId: 'early', from: 0, count: 5 }]);
    await asked.recorded(
      fact('training.steps.skipped', { runId: 'holed', attempt: 1, steps: skipped, reason: 'overflow' }),
      fact('training.order.recorded', {
        runId: 'holed',
        attempt: 1,
        firstStep: 16,
        lastStep: 20,
        method: 'measured',
        order: { ranges: { of: 'document', steps: rest } },
      }),
    );
    expect(await found('holed')).toEqual([['early', 'nothing_found'], true, null]);
  });

  it('does not begin behind step 1', async () => {
    await asked.recorded(started('headless', 1), consumed('headless', 1, 11, { early: 10 }));
    expect((await found('headless')).slice(1)).toEqual([
      false,
      'no exposure that counts is recorded of 10 steps, of which the first is 1',
    ]);
  });

  it('does not say what checkpoints hold whose steps are behind it', async () => {
    await fed('behind', 'early');
    await asked.recorded(searched('early', 1), saved('behind', 1, 10), saved('behind', 1, 20));
    expect(await asked.answerTo({ run: 'behind' })).toMatchObject({
      complete: false,
      reason:
        'no exposure that counts is recorded of 10 steps, of which the first is 11; no exposure that counts is recorded up to the steps of 1 of 2 checkpoints',
    });
  });
});

describe('what checkpoints hold', () => {
  it('of one superseded attempt differs by their steps: part of what it consumed, and all of it', async () => {
    await fed('twice', 'plain');
    await asked.recorded(
      consumed('twice', 1, 11, { lost: 10 }),
      saved('twice', 1, 20),
      consumed('twice', 1, 21, { lost: 10 }),
      saved('twice', 1, 30),
      started('twice', 2, { resumedFrom: { attempt: 1, step: 10 } }),
      searched('lost', 1),
    );
    const { nodes, checkpoints } = await asked.answerTo({ run: 'twice' });
    expect(checkpoints.map(({ id, counts }) => [id, counts])).toEqual([
      ['twice@20', false],
      ['twice@30', false],
    ]);
    expect([nodes[0]?.shard, nodes[0]?.atCheckpoints]).toEqual(['lost', ['partly', 'wholly']]);
  });

  it('of a fork begins with what it inherits, and has nothing that the other run consumed later', async () => {
    await fed('trunk', 'shared');
    await asked.recorded(
      consumed('trunk', 1, 11, { later: 10 }),
      started('branch', 1, { forkedFrom: { runId: 'trunk', step: 10 } }),
      consumed('branch', 1, 11, { own: 30 }),
      saved('branch', 1, 10),
      saved('branch', 1, 20),
      ...['shared', 'later', 'own'].map((shard) => searched(shard, 1)),
    );
    const { nodes, complete } = await asked.answerTo({ run: 'branch' });
    expect(complete).toBe(true);
    expect(nodes.map(({ shard, firstStep, atCheckpoints }) => [shard, firstStep, ...atCheckpoints])).toEqual([
      ['own', 11, 'not_yet', 'wholly'],
      ['shared', 1, 'wholly', 'wholly'],
    ]);
  });

  it('changes with a correction of what was consumed', async () => {
    const wrong = consumed('corrected', 1, 1, { wrong: 10 });
    await asked.recorded(started('corrected', 1), wrong, saved('corrected', 1, 10), searched('wrong', 1));
    const held = async () => {
      const { nodes } = await asked.answerTo({ run: 'corrected' });
      return nodes.map(({ shard, outcome, atCheckpoints }) => [shard, outcome, ...atCheckpoints]);
    };
    expect(await held()).toEqual([['wrong', 'found', 'wholly']]);
    const right = consumed('corrected', 1, 1, { right: 10 });
    await asked.recorded({ ...right, corrects: wrong.id, correctionreason: 'other shard', actor: 'ada' });
    expect(await held()).toEqual([['right', 'not_searched', 'wholly']]);
  });
});
