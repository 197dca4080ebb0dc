import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { openModel, type ModelRunner } from '@tributary/onnx';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { batchOf } from './classify.ts';
import { shippedModel } from './domain-model.ts';
import { FEATURISER, featuresOf } from './features.ts';
import { DOMAINS, TAXONOMY } from './labels.ts';
import { tagDocuments } from './tagger.ts';

const { bytes, calibration } = shippedModel();
const read = (file: string): Buffer => readFileSync(new URL(`../model/${file}`, import.meta.url));
const specimens: readonly { text: string; logits: number[] }[] = JSON.parse(
  read('specimens.json').toString('utf8'),
);

let runner: ModelRunner;
beforeAll(async () => {
  const opened = await openModel(bytes, { sha256: calibration.model });
  if (!opened.ok) throw new Error(opened.text);
  runner = opened.runner;
});
afterAll(() => runner.close());

it('says what it was trained with: labels, featuriser, taxonomy and the digest of its manifest', () => {
  expect(runner.model).toMatchObject({
    opset: 17,
    operators: ['Add', 'Flatten', 'Gather', 'MatMul'],
    metadata: {
      labels: DOMAINS.join(','),
      taxonomy: TAXONOMY,
      featuriser: FEATURISER,
      manifest_sha256: createHash('sha256').update(read('manifest.json')).digest('hex'),
    },
  });
  expect(calibration.featuriser).toBe(FEATURISER);
  expect(bytes.length).toBeLessThan(4 * 1024 * 1024);
});

it('computes the logits of the trainer’s own forward pass, within 1e-5', async () => {
  const { chunks, width, ids, weights } = batchOf(specimens.map(({ text }) => featuresOf(text)));
  const ran = await runner.run({
    ids: { dims: [chunks, width], data: ids },
    weights: { dims: [chunks, 1, width], data: weights },
  });
  const logits = ran.ok ? [...ran.outputs['logits']!.data] : [];
  const expected = specimens.flatMap((one) => one.logits);
  expect(logits).toHaveLength(expected.length);
  expect(Math.max(...logits.map((logit, index) => Math.abs(logit - expected[index]!)))).toBeLessThan(1e-5);
});

it('gives a document the same domain alone and in a batch', async () => {
  const texts = specimens.map(({ text }) => text.repeat(3));
  const together = await tagDocuments(texts, runner, calibration);
  expect(together).toMatchObject({ ok: true });
  for (const [index, text] of texts.entries()) {
    const alone = await tagDocuments([text], runner, calibration);
    if (!alone.ok || !together.ok) throw new Error('refused');
    const [one] = alone.documents;
    const other = together.documents[index]!;
    expect(one!.domain).toBe(other.domain);
    for (const domain of DOMAINS)
      expect(one!.probabilities[domain]).toBeCloseTo(other.probabilities[domain], 5);
  }
});
