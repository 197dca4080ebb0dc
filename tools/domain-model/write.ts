import { largest } from '@tributary/kernel';
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { openModel } from '../../libs/adapters/onnx/src/index.ts';
import {
  batchOf,
  DOMAINS,
  FEATURISER,
  featuresOf,
  TAXONOMY,
} from '../../libs/attributes/domain/src/index.ts';
import { fitBaseline } from './baseline.ts';
import { card } from './card.ts';
import { writeTables } from './card-file.ts';
import { abstentionCurve, groupsOf, predictionsOf, temperatureOf, type Held } from './evaluate.ts';
import { readExamples, type Example } from './examples.ts';
import { fitModel, FOLDS, report } from './explore.ts';
import { exportModel } from './export.ts';
import { foldsOf, heldOut } from './folds.ts';
import { SPECIMENS } from './specimens.ts';
import { logitsOf, train, type Model } from './train.ts';

const target = new URL('../../libs/attributes/domain/model/', import.meta.url);
const ACCURACY_WHEN_ANSWERED = 0.9;
const MOST_DIFFERENCE = 1e-5;

/** Trains on everything that is not kept apart, evaluates, and writes the model with what is known about it. */
export async function write(corpus: string): Promise<void> {
  const examples = readExamples(corpus);
  const known = examples.filter(({ isApart }) => !isApart);
  const apart = examples.filter(({ isApart }) => isApart);
  const folds = foldsOf(known, FOLDS);
  const baseline = heldOut(known, folds, fitBaseline);
  const held = heldOut(known, folds, fitModel);
  const model = train(known);
  const last: Held[] = apart.map((example) => ({
    example,
    logits: example.chunks.map((chunk) => logitsOf(model, chunk)),
  }));
  const baselineOf = fitBaseline(known);
  const lastBaseline = apart.map((example) => ({
    example,
    logits: baselineOf(example),
  }));
  const temperature = temperatureOf(held);
  report('held out', held, true);
  report('apart', last, true);

  const manifest = readFileSync(new URL('manifest.json', target));
  const bytes = exportModel(model, {
    name: 'domain',
    labels: DOMAINS,
    taxonomy: TAXONOMY,
    manifestSha256: createHash('sha256').update(manifest).digest('hex'),
  });
  await verify(bytes, model, known);
  const predictions = predictionsOf(held, temperature);
  const curve = abstentionCurve(predictions);
  const calibration = {
    taxonomy: TAXONOMY,
    featuriser: FEATURISER,
    model: createHash('sha256').update(bytes).digest('hex'),
    temperature,
    abstainBelow: curve.find(({ accuracy }) => accuracy >= ACCURACY_WHEN_ANSWERED)?.threshold ?? 0.9,
    confusion: groupsOf(predictions).map(({ source, domain, counts }) => ({
      source,
      domain: DOMAINS[domain]!,
      counts,
    })),
  };
  writeFileSync(new URL('domain.onnx', target), bytes);
  writeFileSync(new URL('calibration.json', target), `${JSON.stringify(calibration, undefined, 1)}\n`);
  const specimens = SPECIMENS.map((text) => ({
    text,
    logits: logitsOf(model, featuresOf(text)),
  }));
  writeFileSync(new URL('specimens.json', target), `${JSON.stringify(specimens, undefined, 1)}\n`);
  writeTables(target, card({ temperature, held, baseline, last, lastBaseline }));
}

/** The runtime gives the logits of the trainer's own forward pass, within 1e-5. */
export async function verify(bytes: Uint8Array, model: Model, examples: readonly Example[]): Promise<void> {
  const opened = await openModel(bytes, {
    sha256: createHash('sha256').update(bytes).digest('hex'),
  });
  if (!opened.ok) throw new Error(opened.text);
  const chunks = examples.filter((_, index) => index % 40 === 0).flatMap((example) => example.chunks);
  const { chunks: count, width, ids, weights } = batchOf(chunks);
  const ran = await opened.runner.run({
    ids: { dims: [count, width], data: ids },
    weights: { dims: [count, 1, width], data: weights },
  });
  await opened.runner.close();
  if (!ran.ok) throw new Error(ran.text);
  const expected = chunks.flatMap((chunk) => logitsOf(model, chunk));
  const { data } = ran.outputs['logits']!;
  const difference = largest(expected.map((logit, index) => Math.abs(logit - data[index]!)));
  console.log(`${count} chunks in the runtime: the largest difference of a logit is ${difference}`);
  if (!(difference <= MOST_DIFFERENCE)) throw new Error('the exported model computes other logits');
}
