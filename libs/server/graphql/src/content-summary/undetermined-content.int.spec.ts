import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TrainingContentSummary } from '../generated/schema.ts';
import { fact, startGraphqlServer } from '../graphql-server.fixture.ts';
import type { GraphqlServer, SentEvent } from '../graphql-server.fixture.ts';
import { answerTo, askSummary, openOf, statementsOf, tokensOf } from './asked-summary.fixture.ts';
import { factsWithout, measured, registeredAs } from './content-facts.fixture.ts';

let server: GraphqlServer;
beforeAll(async () => {
  server = await startGraphqlServer();
});
afterAll(() => server.remove());

async function recorded(...events: readonly SentEvent[]): Promise<void> {
  await server.record(...events);
  await server.caughtUp();
}

const summaryOf = (asked: string): Promise<TrainingContentSummary> => askSummary(server, asked);

describe('what is recorded as not known', () => {
  const range = { attempt: 1, firstStep: 1, lastStep: 1, method: 'measured' };

  it('answers nothing: a licence without assertion, languages that nobody determined, numbers without a name', async () => {
    const run = 'undetermined';
    const slices = ['a', 'b', 'c'].map((slice) => ({ slice, shardId: `${run}/${slice}`, amount: 10 }));
    await recorded(
      ...factsWithout([], run),
      registeredAs(`${run}/shard`, { licence: 'NOASSERTION' }),
      fact('training.exposure.recorded', {
        ...range,
        runId: run,
        firstStep: 11,
        lastStep: 11,
        unit: 'token',
        amounts: slices,
      }),
      registeredAs(`${run}/a`, {
        licence: 'NOASSERTION',
        origin: { registry: 'pypi', package: 'x', version: '1' },
      }),
      measured('language', `${run}/a`, { und: 1 }),
      measured('modality', `${run}/b`, { unknown: 1, text: 1 }),
      fact('corpus.attribute.measured', {
        attribute: 'language',
        subjectKind: 'shard',
        instrument: { name: 'somebody' },
        method: 'measured',
        values: [{ ref: `${run}/b`, value: 0.93 }],
      }),
    );
    const summary = await summaryOf(`run: "${run}"`);
    const unknown = new Map(
      summary.openQuestions.map(({ field, unknown: of }) => [field as string, of[0]?.tokens ?? 0]),
    );
    const whole = summary.totals[0]?.tokens ?? 0;
    expect(statementsOf(summary, 'licences').map(({ text }) => text)).toEqual(['NOASSERTION', null]);
    expect(tokensOf(summary, 'licences')).toBe(whole);
    expect(answerTo(summary, 'licences')).toBe('partly');
    expect(unknown.get('languages')).toBe(30);
    expect(unknown.get('modalities')).toBe(25);
    expect(statementsOf(summary, 'languages').map(({ text }) => text)).not.toContain('0.93');
    expect(statementsOf(summary, 'size').map(({ range: own }) => own)).toEqual([null]);
  });

  it('answers nothing where somebody states it, or the start names the model so', async () => {
    const tags = { provider: 'Unknown', model_dependencies: ' NOASSERTION', crawlers: ' ', user_data: 'und' };
    const run = 'stated-unknown';
    const start = { runId: run, attempt: 1, model: { name: ' ' }, config: {}, seeds: {} };
    await recorded(
      ...factsWithout(['start', ...Object.keys(tags)], run),
      fact('training.run.started', start),
      ...Object.entries(tags).map(([tag, text]) =>
        fact('training.run.annotated', { runId: run, tags: { [`training_content.${tag}`]: text } }),
      ),
    );
    const summary = await summaryOf(`run: "${run}"`);
    const fields = ['provider', 'modelName', 'modelDependencies', 'crawlers', 'userData'];
    expect(openOf(summary)).toEqual(fields);
    for (const name of fields) expect(statementsOf(summary, name)).toEqual([]);
  });

  it('gives no range of tokens of text to what nobody calls text, or only some of it', async () => {
    const run = 'bytes-only';
    const bytes = { ...range, unit: 'byte', amounts: [{ slice: 'raw', shardId: 'bytes/a', amount: 9 }] };
    const tokens = { ...range, unit: 'token', amounts: [{ slice: 'raw', shardId: 'bytes/b', amount: 5 }] };
    const size = { tokens: { value: 50, method: 'measured' } };
    await recorded(
      registeredAs('bytes/a', size),
      registeredAs('bytes/b', size),
      measured('modality', 'bytes/b', { text: 1 }),
      fact('training.exposure.recorded', { runId: run, ...bytes }),
      fact('training.exposure.recorded', { runId: 'bytes-too', ...bytes }),
      fact('training.exposure.recorded', { runId: 'bytes-too', ...tokens }),
    );
    for (const name of [run, 'bytes-too']) {
      const ranges = statementsOf(await summaryOf(`run: "${name}"`), 'size').map((one) => one.range);
      expect(ranges.length).toBeGreaterThan(1);
      expect(new Set(ranges)).toEqual(new Set([null]));
    }
  });

  it('leaves the size open where only shares are recorded', async () => {
    const amounts = [{ slice: 'a', amount: 1 }];
    await recorded(fact('training.exposure.recorded', { ...range, runId: 'shares', unit: 'share', amounts }));
    const summary = await summaryOf('run: "shares"');
    expect(answerTo(summary, 'size')).toBe('partly');
    expect(summary.openQuestions.find(({ field }) => field === 'size')?.unknown).toMatchObject([
      { unit: 'share' },
    ]);
  });
});
