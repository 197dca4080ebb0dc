import { DOMAINS } from '../../libs/attributes/domain/src/index.ts';
import { fitBaseline } from './baseline.ts';
import type { Held } from './evaluate.ts';
import {
  abstentionCurve,
  calibrationError,
  groupsOf,
  predictionsOf,
  score,
  temperatureOf,
} from './evaluate.ts';
import { readExamples, type Example } from './examples.ts';
import { foldsOf, heldOut } from './folds.ts';
import { logitsOf, train } from './train.ts';

export const FOLDS = 5;

export function fitModel(examples: readonly Example[]): (example: Example) => number[][] {
  const model = train(examples);
  return ({ chunks }) => chunks.map((chunk) => logitsOf(model, chunk));
}

export function explore(corpus: string): void {
  const examples = readExamples(corpus).filter(({ isApart }) => !isApart);
  const folds = foldsOf(examples, FOLDS);
  console.log(`${examples.length} documents, ${new Set(examples.map(({ family }) => family)).size} families`);
  report('rules and syntax', heldOut(examples, folds, fitBaseline));
  report('model', heldOut(examples, folds, fitModel), true);
}

export function report(name: string, held: readonly Held[], inDetail = false): void {
  const temperature = temperatureOf(held);
  const predictions = predictionsOf(held, temperature);
  const groups = groupsOf(predictions);
  const { macroF1, f1 } = score(groups);
  const error = calibrationError(predictions);
  console.log(
    `${name}: macro-F1 ${macroF1.toFixed(3)} calibration error ${error.toFixed(3)} temperature ${temperature}`,
  );
  console.log(`  ${DOMAINS.map((domain, index) => `${domain} ${f1[index]!.toFixed(2)}`).join(', ')}`);
  if (!inDetail) return;
  for (const { domain, source, documents, counts } of groups)
    console.log(
      `  ${DOMAINS[domain]!.padEnd(16)} ${source.padEnd(38)} ${String(documents).padStart(4)} ${(counts[domain]! / documents).toFixed(2)} ${counts.join(' ')}`,
    );
  for (const { threshold, answered, accuracy } of abstentionCurve(predictions))
    console.log(`  above ${threshold}: ${answered.toFixed(3)} answered, ${accuracy.toFixed(3)} right`);
}
