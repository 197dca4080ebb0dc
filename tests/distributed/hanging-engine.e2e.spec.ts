import { startTcpProxy } from '@tributary/test-servers';
import type { TcpProxy } from '@tributary/test-servers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { everyQuestion } from '../../libs/server/graphql/src/truncated/every-question.fixture.ts';
import type { Question } from '../../libs/server/graphql/src/truncated/every-question.fixture.ts';
import {
  factsOfEveryType,
  randomFrom,
} from '../../libs/server/graphql/src/truncated/facts-of-every-type.fixture.ts';
import { clusterUnavailable, startCluster } from './cluster.fixture.ts';
import type { Cluster } from './cluster.fixture.ts';
import type { ProcessUnderTest } from './process-under-test.fixture.ts';
import { ask, logPositionWith, send } from './requests.fixture.ts';

const missing = clusterUnavailable();

/** Questions that are asked at a time. */
const AT_A_TIME = 24;
/** No query takes longer, in milliseconds. */
const DEADLINE = 5_000;
const FACTS = 60;

type Lag = { readonly status: { readonly lag: number } };

describe.skipIf(missing)(`an api whose ClickHouse hangs${missing ? `, skipped: ${missing}` : ''}`, () => {
  let cluster: Cluster;
  let proxy: TcpProxy;
  let api: ProcessUnderTest;
  let ingest: ProcessUnderTest;

  beforeAll(async () => {
    cluster = await startCluster({ partitions: 2 });
    proxy = await startTcpProxy({ to: { host: '127.0.0.1', port: cluster.clickhouse.port } });
    const [projector, taking, asked] = await Promise.all([
      cluster.start('projector'),
      cluster.start('ingest'),
      cluster.start('api', {
        CLICKHOUSE_URL: `http://127.0.0.1:${proxy.port}`,
        TRIBUTARY_QUERY_TIMEOUT_MS: String(DEADLINE),
      }),
    ]);
    [api, ingest] = [asked, taking];
    for (const one of [projector, ingest, api]) await one.becomes('ready');
  });
  afterAll(async () => {
    proxy?.blackhole(false);
    await cluster?.stop();
    await proxy?.stop();
  });

  const answerOf = async ({ text, variables }: Question): Promise<string> => {
    const response = await fetch(`${api.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query: text, variables }),
    });
    return response.text();
  };

  async function answersTo(questions: readonly Question[]): Promise<string[]> {
    const answers: string[] = [];
    for (let from = 0; from < questions.length; from += AT_A_TIME)
      for (const answer of await Promise.all(questions.slice(from, from + AT_A_TIME).map(answerOf)))
        answers.push(answer);
    return answers;
  }

  it('answers every question all the same, none as complete, and as before when it goes on', async () => {
    const facts = factsOfEveryType(randomFrom(20_261_202), FACTS);
    const sent = await Promise.allSettled(facts.map((one) => send(ingest, [one])));
    const recorded = sent.filter(({ status }) => status === 'fulfilled').length;
    expect(recorded).toBeGreaterThan(FACTS * 0.9);
    const asOf = await logPositionWith(api, recorded);
    await expect.poll(async () => (await ask<Lag>(api, '{ status { lag } }')).status.lag).toBe(0);
    const questions = everyQuestion(randomFrom(20_261_203), 1).map(({ variables, ...question }) => ({
      ...question,
      variables: { ...variables, asOf },
    }));
    const before = await answersTo(questions);
    expect(before.filter((answer) => answer.startsWith('{"data":{"answer":{')).length).toBeGreaterThan(30);
    proxy.blackhole(true);
    const during = await answersTo(questions);
    const state = await fetch(`${api.url}/ready`);
    proxy.blackhole(false);
    expect(during.filter((answer) => !answer.includes('"errors"'))).toEqual([]);
    expect(during.filter((answer) => answer.includes('"complete":true'))).toEqual([]);
    expect(state.status).toBe(503);
    await api.becomes('ready');
    expect(await answersTo(questions)).toEqual(before);
  });
});
