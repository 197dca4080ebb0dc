import { logitsOfDocuments, scaffoldScore, shippedScaffoldModel } from '@tributary/domain';
import type { ScaffoldCalibration } from '@tributary/domain';
import { appendAll } from '@tributary/kernel';
import { openModel } from '@tributary/onnx';
import type { ModelRunner } from '@tributary/onnx';
import type { Attribute, Instrument, MeasuredDocument, SourcedDocument, Totals } from './attribute.ts';
import { codePoints } from './text-structure.ts';

/** Documents of one batch of the model: at most 256 chunks. */
const BATCH = 32;
/** The paper does not say from which score on a sample is a scaffold, so the density is given for four. */
const THRESHOLDS = [
  { name: '50', least: 0.5 },
  { name: '70', least: 0.7 },
  { name: '90', least: 0.9 },
  { name: '95', least: 0.95 },
] as const;

/** How code-like documents are, after arXiv 2605.19762: of mathematics, what the paper calls a cognitive scaffold. */
export const scaffoldAttribute: Attribute = {
  name: 'scaffold',
  description: 'how code-like a text is, by a calibrated model: of mathematics, structured reasoning',
  values: {
    scaffold_score: 'probability that the model takes the text for code',
    ...Object.fromEntries(
      THRESHOLDS.map(({ name, least }) => [`scaffold_${name}`, `whether the score is at least ${least}`]),
    ),
  },
  totals: Object.fromEntries(
    THRESHOLDS.map(({ name, least }) => [
      `density_${name}`,
      `share of the characters that are in documents with a score of at least ${least}`,
    ]),
  ),
  groups: ({ scaffold_score: score }) => ({ score: tenthOf(Number(score)) }),
  async open() {
    const { bytes, calibration } = shippedScaffoldModel();
    const opened = await openModel(bytes, { sha256: calibration.model });
    return opened.ok ? { ok: true, instrument: instrumentOf(opened.runner, calibration) } : opened;
  },
};

/** The tenth of the scores from 0 to 1, such as `0.3-0.4`, so that shards can be compared by all of their scores. */
function tenthOf(score: number): string {
  const tenth = Math.min(9, Math.floor(score * 10));
  return `${(tenth / 10).toFixed(1)}-${((tenth + 1) / 10).toFixed(1)}`;
}

function instrumentOf(runner: ModelRunner, calibration: ScaffoldCalibration): Instrument {
  const byFile = new Map<string, Characters>();
  const measured = (document: SourcedDocument, score: number): MeasuredDocument => {
    const counted = byFile.get(document.path) ?? new Characters();
    byFile.set(document.path, counted);
    counted.add(codePoints(document.text), score);
    const over = THRESHOLDS.map(({ name, least }) => [`scaffold_${name}`, score >= least]);
    return { values: { scaffold_score: score, ...Object.fromEntries(over) } };
  };
  const measureSome = async (documents: readonly SourcedDocument[]): Promise<MeasuredDocument[]> => {
    const ran = await logitsOfDocuments(
      documents.map(({ text }) => text),
      runner,
    );
    if (!ran.ok) return documents.map(() => ({ code: ran.refusal, reason: ran.text }));
    return documents.map((one, at) =>
      measured(one, scaffoldScore(ran.documents[at]!, calibration.temperature)),
    );
  };
  return {
    name: 'tributary-scaffold/1',
    version: `sha256:${calibration.model.slice(0, 16)}`,
    measure: async (documents) => {
      const all: MeasuredDocument[] = [];
      for (let at = 0; at < documents.length; at += BATCH)
        appendAll(all, await measureSome(documents.slice(at, at + BATCH)));
      return all;
    },
    totals: (path) =>
      densities(path === undefined ? [...byFile.values()] : [byFile.get(path) ?? new Characters()]),
    close: () => runner.close(),
  };
}

/** Characters of documents: all of them, and those of the documents over each threshold. */
class Characters {
  all = 0;
  readonly over = THRESHOLDS.map(() => 0);

  add(characters: number, score: number): void {
    this.all += characters;
    for (const [at, { least }] of THRESHOLDS.entries()) if (score >= least) this.over[at]! += characters;
  }
}

function densities(counted: readonly Characters[]): Totals {
  const all = counted.reduce((sum, one) => sum + one.all, 0);
  return Object.fromEntries(
    THRESHOLDS.map(({ name }, at) => {
      const over = counted.reduce((sum, one) => sum + one.over[at]!, 0);
      return [`density_${name}`, all === 0 ? 0 : over / all];
    }),
  );
}
