import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { openModel, type ModelRunner } from '@tributary/onnx';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { FEATURISER } from '../features.ts';
import { logitsOfDocuments } from '../tagger.ts';
import { shippedScaffoldModel } from './scaffold-model.ts';
import { SCAFFOLD_LABELS, scaffoldScore } from './scaffold-score.ts';

const { bytes, calibration } = shippedScaffoldModel();
const read = (file: string): Buffer => readFileSync(new URL(`../../${file}`, import.meta.url));
const specimens: readonly { text: string; logits: readonly number[] }[] = JSON.parse(
  read('model/scaffold/specimens.json').toString('utf8'),
);

let runner: ModelRunner;
beforeAll(async () => {
  const opened = await openModel(bytes, { sha256: calibration.model });
  if (!opened.ok) throw new Error(opened.text);
  runner = opened.runner;
});
afterAll(() => runner.close());

const logitsOf = async (texts: readonly string[]): Promise<readonly (readonly (readonly number[])[])[]> => {
  const ran = await logitsOfDocuments(texts, runner);
  if (!ran.ok) throw new Error(ran.text);
  return ran.documents;
};

it('says what it was trained with: labels, featuriser and the digest of the manifest of its packages', () => {
  expect(runner.model.metadata).toMatchObject({
    labels: SCAFFOLD_LABELS.join(','),
    featuriser: FEATURISER,
    manifest_sha256: createHash('sha256').update(read('model/manifest.json')).digest('hex'),
  });
  expect(calibration.featuriser).toBe(FEATURISER);
});

it('computes the logits of the trainer’s own forward pass, within 1e-5', async () => {
  const documents = await logitsOf(specimens.map(({ text }) => text));
  for (const [at, { logits }] of specimens.entries()) {
    expect(documents[at]).toHaveLength(1);
    for (const [label, logit] of logits.entries())
      expect(Math.abs(documents[at]![0]![label]! - logit)).toBeLessThan(1e-5);
  }
});

it('scores a long document the same alone and in a batch, and code above everything else', async () => {
  const texts = specimens.map(({ text }) => text.repeat(20));
  const together = (await logitsOf(texts)).map((one) => scaffoldScore(one, calibration.temperature));
  for (const [at, text] of texts.entries()) {
    const [alone] = await logitsOf([text]);
    expect(alone!.length).toBeGreaterThan(1);
    expect(scaffoldScore(alone!, calibration.temperature)).toBeCloseTo(together[at]!, 6);
  }
  const [code, ...others] = together;
  expect(code).toBeGreaterThan(0.9);
  expect(Math.max(...others)).toBeLessThan(0.9);
});
