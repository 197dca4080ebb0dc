import { checkFact } from '@tributary/contracts';
import { describe, expect, it } from 'vitest';
import { hasShared, shared } from '../import.fixture.ts';
import { importers, recognise } from '../index.ts';

describe.skipIf(!hasShared('pythia-evals'))('pythia-evals (needs shared data pythia-evals)', () => {
  it('become scores of 112 files with the published numbers, zero-shot and five-shot apart', async () => {
    const { sources } = await recognise(importers, await shared('pythia-evals'));
    const evals = sources.filter(({ importer }) => importer.kind === 'lm-eval');
    expect(evals).toHaveLength(112);
    const events = [];
    for (const { importer, folder } of evals) {
      const { rejected, events: read } = await importer.read(folder, {});
      expect(rejected).toEqual([]);
      events.push(...read.map((event) => ({ ...event, path: folder.files[0]?.path ?? '' })));
    }
    const scores = events.flatMap((event) => {
      expect(checkFact(event.type, event.data)).toBeUndefined();
      return event.type === 'evaluation.score.recorded' && 'benchmark' in event.data
        ? [{ path: event.path, ...event.data }]
        : [];
    });
    expect(scores).toHaveLength(5360 + 5084 + 2134 + 2134 + 112);
    const value = (folder: string, step: number, benchmark: string, metric: string) => {
      const found = scores.filter(
        (score) =>
          score.path.includes(`/${folder}/`) &&
          score.step === step &&
          score.benchmark === benchmark &&
          'metric' in score &&
          score.metric === metric,
      );
      expect(found).toHaveLength(1);
      return found[0];
    };
    const base = { runId: 'EleutherAI/pythia-v1.1-1.4b-deduped', step: 143_000 };
    expect(value('zero-shot', 143_000, 'lambada_openai', 'acc')).toMatchObject({
      ...base,
      shots: 0,
      value: 0.6186687366582573,
      stderr: 0.0067669405969527155,
    });
    expect(value('zero-shot', 143_000, 'lambada_openai', 'ppl')).toMatchObject({
      value: 6.106885353215226,
    });
    expect(value('zero-shot', 143_000, 'piqa', 'acc')).toMatchObject({ value: 0.720348204570185 });
    expect(value('zero-shot', 143_000, 'piqa', 'acc_norm')).toMatchObject({ value: 0.7252448313384113 });
    expect(value('zero-shot', 0, 'lambada_openai', 'acc')).toMatchObject({ value: 0 });
    expect(value('zero-shot', 0, 'lambada_openai', 'ppl')).toMatchObject({ value: 3594272.663948744 });
    expect(value('five-shot', 143_000, 'lambada_openai', 'acc')).toMatchObject({
      ...base,
      shots: 5,
      value: 0.5676305065010674,
    });
    expect(value('five-shot', 143_000, 'piqa', 'acc')).toMatchObject({ value: 0.7252448313384113 });
  });
});
