/* Measures how fast the domain model reads documents: its features alone, and all of it with one worker. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { featuresOfDocument, shippedModel, tagDocuments } from '../../libs/attributes/domain/src/index.ts';
import { openModel } from '../../libs/adapters/onnx/src/index.ts';
import { ownFiles } from '../../tools/vocabulary/find-in-tree.ts';
import { numbersOf } from '../arguments.ts';
import { progress } from '../progress.ts';
import { median, writeResults } from '../results.ts';

const ROOT = join(import.meta.dirname, '../..');
const BATCH = 32;
const MEGABYTE = 1_000_000;

const [rounds = NaN] = numbersOf({ rounds: { standard: 5, least: 1, most: 50 } });

/** The sources and documents of this repository, cut to what is read of each. */
const texts = ownFiles()
  .filter((path) => /\.(ts|md)$/.test(path))
  .map((path) => readFileSync(join(ROOT, path), 'utf8').slice(0, 16_384));
const megabytes = texts.reduce((sum, text) => sum + Buffer.byteLength(text), 0) / MEGABYTE;

const cpuSeconds = (since?: NodeJS.CpuUsage): number => {
  const { user, system } = process.cpuUsage(since);
  return (user + system) / MEGABYTE;
};

function featuresAlone(): number {
  const before = process.cpuUsage();
  for (const text of texts) featuresOfDocument(text);
  return cpuSeconds(before);
}

async function tagging(): Promise<{ readonly own: number; readonly elapsed: number }> {
  const { bytes, calibration } = shippedModel();
  const opened = await openModel(bytes, { sha256: calibration.model });
  if (!opened.ok) throw new Error(opened.text);
  const before = process.cpuUsage();
  const began = performance.now();
  for (let at = 0; at < texts.length; at += BATCH) {
    const tagged = await tagDocuments(texts.slice(at, at + BATCH), opened.runner, calibration);
    if (!tagged.ok) throw new Error(tagged.text);
  }
  const result = { own: cpuSeconds(before), elapsed: (performance.now() - began) / 1000 };
  await opened.runner.close();
  return result;
}

const next = progress(rounds);
const results = [];
for (let round = 1; round <= rounds; round += 1) {
  next('features and model');
  results.push({ features: featuresAlone(), ...(await tagging()) });
}
const rate = (seconds: readonly number[]): string => (megabytes / median(seconds)).toFixed(1);
writeResults('domain', `--rounds ${rounds}`, [
  {
    title: `The domain of ${texts.length} documents of this repository, ${megabytes.toFixed(1)} MB, medians of ${rounds}`,
    columns: ['what', 'MB a second'],
    rows: [
      ['features alone, of CPU time', rate(results.map(({ features }) => features))],
      ['features, batches and messages, of CPU time of the caller', rate(results.map(({ own }) => own))],
      ['all with one worker, of elapsed time', rate(results.map(({ elapsed }) => elapsed))],
    ],
  },
]);
