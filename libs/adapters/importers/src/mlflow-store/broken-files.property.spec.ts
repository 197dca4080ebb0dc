import fc from 'fast-check';
import { expect, it } from 'vitest';
import { dataOf, readBy, sample } from '../import.fixture.ts';
import { mlflowStore } from './mlflow-store.ts';

/** The files of the MLflow sample by path. */
async function sampleFiles(): Promise<[string, Uint8Array][]> {
  const { files } = await sample('mlflow-store');
  const store = files.filter(({ path }) => path.startsWith('mlruns/'));
  return Promise.all(
    store.map(async (file) => [file.path, new Uint8Array(await file.read())] as [string, Uint8Array]),
  );
}

it('reads the other files if any file is truncated, damaged or missing, and every fact matches its schema', async () => {
  const files = await sampleFiles();
  const damage = fc.record({
    file: fc.nat(files.length - 1),
    keep: fc.double({ min: 0, max: 1, noNaN: true }),
    behind: fc.option(fc.uint8Array({ maxLength: 40 })),
  });
  await fc.assert(
    fc.asyncProperty(damage, async ({ file, keep, behind }) => {
      const damaged = files.flatMap(([path, bytes], index): [string, Uint8Array][] => {
        if (index !== file) return [[path, bytes]];
        const kept = bytes.slice(0, Math.floor(bytes.length * keep));
        return behind === null ? [] : [[path, Buffer.concat([kept, behind])]];
      });
      const { events } = await readBy(mlflowStore, Object.fromEntries(damaged));
      expect(new Set(events.map(({ id }) => id)).size).toBe(events.length);
      expect(events.length).toBeGreaterThan(15);
    }),
    { numRuns: 100, seed: 7 },
  );
});

it('imports a prefix of the points if a metric file is truncated anywhere', async () => {
  const text = '1700000000000 4.5 0\n1700000001000 nan 1\n1700000002000 3.25 12\n';
  const meta = { '1/meta.yaml': "artifact_location: s3://a\nexperiment_id: '1'\nname: a\n" };
  for (let length = 0; length <= text.length; length += 1) {
    const whole = text.slice(0, length).split('\n').length - 1;
    const files = { ...meta, '1/aa/metrics/loss': text.slice(0, length) };
    const recorded = dataOf(await readBy(mlflowStore, files), 'training.metrics.recorded');
    const steps = recorded.flatMap((data): unknown[] =>
      'steps' in data && Array.isArray(data.steps) ? data.steps : [],
    );
    expect(steps.slice(0, whole)).toEqual([0, 1, 12].slice(0, whole));
  }
});
