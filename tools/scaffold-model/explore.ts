import { groupBy, largest } from '@tributary/kernel';
import { FOLDS, fitModel } from '../domain-model/explore.ts';
import { foldsOf, heldOut } from '../domain-model/folds.ts';
import { atThreshold, precisionAtRecall, scored, temperatureOf, type Held } from './evaluate.ts';
import { readCorpus, type ScaffoldExample } from './examples.ts';
import { fitLengthAndIndentation } from './length-and-indentation.ts';

/** Thresholds of the density; that of the paper was not published. */
export const THRESHOLDS = [0.5, 0.7, 0.9, 0.95];
/** The recall at which precision has a bar. */
export const RECALL = 0.8;

export function explore(corpus: string): void {
  const labelled = readCorpus(corpus).labelled.filter(({ isApart }) => !isApart);
  console.log(`${labelled.length} documents, ${new Set(labelled.map(({ family }) => family)).size} families`);
  const { model, baseline } = leaveOut(labelled);
  report('length and indentation', baseline);
  report('model', model);
  worst(model);
}

/**
 * Logits of documents that no model is trained on, by one that has not seen their families: that of the fold in which the
 * family is left out, or the one of all folds where none has it.
 */
export function byUnseen(
  labelled: readonly ScaffoldExample[],
  scored: readonly ScaffoldExample[],
): readonly Held[] {
  const folds = foldsOf(labelled, FOLDS);
  const foldOf = new Map(folds.flatMap((fold, at) => fold.map(({ family }) => [family, at] as const)));
  return [...folds.keys(), undefined].flatMap((at) => {
    const own = scored.filter(({ family }) => foldOf.get(family) === at);
    const out = new Set(at === undefined ? [] : folds[at]);
    const logits = fitModel(labelled.filter((example) => !out.has(example)));
    return own.map((example) => ({ example, logits: logits(example) }));
  });
}

/** Each document by models that have not seen its family. */
export function leaveOut(labelled: readonly ScaffoldExample[]): {
  readonly model: readonly Held[];
  readonly baseline: readonly Held[];
} {
  const folds = foldsOf(labelled, FOLDS);
  return {
    model: heldOut(labelled, folds, fitModel),
    baseline: heldOut(labelled, folds, fitLengthAndIndentation),
  };
}

function report(name: string, held: readonly Held[]): void {
  const temperature = temperatureOf(held);
  const documents = scored(held, temperature);
  const at = precisionAtRecall(documents, RECALL);
  console.log(
    `${name}: temperature ${temperature}, precision ${at.precision.toFixed(4)} at recall ${at.recall.toFixed(3)}`,
  );
  for (const threshold of THRESHOLDS) {
    const { precision, recall } = atThreshold(documents, threshold);
    console.log(`  ${threshold}: precision ${precision.toFixed(4)}, recall ${recall.toFixed(4)}`);
  }
}

function worst(held: readonly Held[]): void {
  const documents = scored(held, temperatureOf(held));
  const groups = groupBy(documents, ({ example }) => `${example.domain} ${example.source} ${example.kind}`);
  for (const [group, own] of [...groups].toSorted(([left], [right]) => (left < right ? -1 : 1))) {
    const over = THRESHOLDS.map((threshold) =>
      (own.filter(({ score }) => score >= threshold).length / own.length).toFixed(2),
    );
    console.log(
      `  ${group.padEnd(52)} ${own.length} ${over.join(' ')} largest ${largest(own.map(({ score }) => score)).toFixed(2)}`,
    );
  }
}
