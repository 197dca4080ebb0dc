import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { FEATURISER, featuresOf, SCAFFOLD_LABELS } from '../../libs/attributes/domain/src/index.ts';
import { writeTables } from '../domain-model/card-file.ts';
import { exportModel } from '../domain-model/export.ts';
import { SPECIMENS } from '../domain-model/specimens.ts';
import { logitsOf, train, type Model } from '../domain-model/train.ts';
import { verify } from '../domain-model/write.ts';
import { card } from './card.ts';
import { temperatureOf, type Held } from './evaluate.ts';
import { readCorpus, type ScaffoldExample } from './examples.ts';
import { byUnseen, leaveOut } from './explore.ts';
import { fitLengthAndIndentation } from './length-and-indentation.ts';

const target = new URL('../../libs/attributes/domain/model/scaffold/', import.meta.url);
const manifest = new URL('../../libs/attributes/domain/model/manifest.json', import.meta.url);

/** Trains on everything that is not kept apart, evaluates, and writes the model with what is known about it. */
export async function write(corpus: string): Promise<void> {
  const { labelled, scored } = readCorpus(corpus);
  const known = labelled.filter(({ isApart }) => !isApart);
  const apart = labelled.filter(({ isApart }) => isApart);
  const { model: held, baseline } = leaveOut(known);
  const temperature = temperatureOf(held);
  const model = train(known);
  const by = (
    logits: (example: ScaffoldExample) => number[][],
    examples: readonly ScaffoldExample[],
  ): Held[] => examples.map((example) => ({ example, logits: logits(example) }));
  const modelLogits = logitsBy(model);

  const bytes = exportModel(model, {
    name: 'scaffold',
    labels: SCAFFOLD_LABELS,
    taxonomy: 'tributary-scaffold/1',
    manifestSha256: createHash('sha256').update(readFileSync(manifest)).digest('hex'),
  });
  await verify(bytes, model, known);
  const calibration = {
    featuriser: FEATURISER,
    model: createHash('sha256').update(bytes).digest('hex'),
    temperature,
  };
  writeFileSync(new URL('scaffold.onnx', target), bytes);
  writeJson('calibration.json', calibration);
  writeJson(
    'specimens.json',
    SPECIMENS.map((text) => ({ text, logits: logitsOf(model, featuresOf(text)) })),
  );
  const tables = card({
    held,
    baseline,
    last: by(modelLogits, apart),
    lastBaseline: by(fitLengthAndIndentation(known), apart),
    scored: byUnseen(known, scored),
    temperature,
  });
  writeTables(target, tables);
}

const logitsBy =
  (model: Model) =>
  ({ chunks }: ScaffoldExample): number[][] =>
    chunks.map((chunk) => logitsOf(model, chunk));

const writeJson = (file: string, value: unknown): void =>
  writeFileSync(new URL(file, target), `${JSON.stringify(value, undefined, 1)}\n`);
