import { normaliserFile, normaliserFrom, normaliserId, NormaliserOfCorpus } from '@tributary/complexity';
import type { CodeFeatures, Normaliser } from '@tributary/complexity';
import type { RelativeScores, Values } from './attribute.ts';

type Scores = Pick<RelativeScores, 'names'> & {
  /** The values of a document from what was measured of it. */
  readonly valuesOf: (measured: Values, features: CodeFeatures, normaliser: Normaliser) => Values;
};

type Relative =
  | { readonly ok: true; readonly relative: RelativeScores }
  | { readonly ok: false; readonly refusal: string; readonly text: string };

/**
 * Scores by a normaliser that a user gave, or else by the documents at hand, which are the corpus then, as in the
 * reference code. Refused with `normaliser_invalid`.
 */
export function relativeScores(given: unknown, scores: Scores): Relative {
  if (given === undefined) return { ok: true, relative: ofCorpus(scores) };
  const read = normaliserFrom(given);
  return read.ok ? { ok: true, relative: frozen(scores, read.normaliser) } : read;
}

const frozen = ({ names, valuesOf }: Scores, normaliser: Normaliser): RelativeScores => ({
  names,
  isFrozen: true,
  observe: () => undefined,
  score: (values) => valuesOf(values, featuresIn(values), normaliser),
  normaliser: () => ({ id: normaliserId(normaliser), from: 'file', ...normaliserFile(normaliser) }),
});

function ofCorpus({ names, valuesOf }: Scores): RelativeScores {
  const corpus = new NormaliserOfCorpus();
  return {
    names,
    isFrozen: false,
    observe: (values) => corpus.add(featuresIn(values)),
    score: (values) => valuesOf(values, featuresIn(values), corpus.normaliser()),
    normaliser: () => ({ id: normaliserId(corpus.normaliser()), from: 'corpus', ...corpus.file() }),
  };
}

function featuresIn(values: Values): CodeFeatures {
  const { node_count, max_depth, node_types, n1, N2, n2, cyclomatic } = values;
  return {
    node_count: Number(node_count),
    max_depth: Number(max_depth),
    node_types: Number(node_types),
    n1: Number(n1),
    N2: Number(N2),
    n2: Number(n2),
    cyclomatic: Number(cyclomatic),
  };
}
