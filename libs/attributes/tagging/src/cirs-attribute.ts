import {
  cirsValues,
  codeParser,
  normaliserFile,
  normaliserFrom,
  normaliserId,
  NormaliserOfCorpus,
  stratumOf,
} from '@tributary/complexity';
import type { CodeFeatures, CodeParser, Normaliser } from '@tributary/complexity';
import type { Attribute, Instrument, MeasureOptions, RelativeScores, Values } from './attribute.ts';

/** Complexity of Python code, exactly as the reference code computes it; the science is in `@tributary/complexity`. */
export const cirsAttribute: Attribute = {
  name: 'cirs',
  description:
    'complexity-impacted reasoning score of the Python code in a text, as EasyInstruct computes it',
  values: {
    node_count: 'nodes of the syntax tree',
    max_depth: 'depth of the syntax tree; the root is 1',
    node_types: 'kinds of nodes',
    n1: 'distinct operators',
    N2: 'operands',
    n2: 'distinct operands',
    halstead_difficulty: 'n1 / 2 times N2 / n2',
    cyclomatic: '1 and the branches, loops, jumps and handlers',
    structure_score: 'logistic of the mean standardised size, depth and variety of the tree',
    logic_score: 'logistic of standardised difficulty times cyclomatic complexity',
    cirs: 'structure_score times logic_score: low below 0.125, high above 0.5',
  },
  groups: ({ cirs }) => ({ strata: stratumOf(Number(cirs)) }),
  async open({ normaliser, isCode }: MeasureOptions) {
    const parser = codeParser();
    if (normaliser === undefined) return opened(parser, isCode ?? false, ofCorpus());
    const read = normaliserFrom(normaliser);
    return read.ok ? opened(parser, isCode ?? false, frozen(read.normaliser)) : read;
  },
};

function opened(parser: CodeParser, isCode: boolean, relative: RelativeScores) {
  const instrument: Instrument = {
    name: 'cirs',
    version: 'easyinstruct-2024-12',
    measure: async (documents) => {
      const texts = documents.map(({ text }) => text);
      const measured = await parser.measure(texts, isCode ? 'whole' : 'fenced');
      return measured.map((features) => ('code' in features ? features : { values: features }));
    },
    relative,
    close: () => parser.close(),
  };
  return { ok: true, instrument } as const;
}

const SCORES = ['structure_score', 'logic_score', 'cirs'];

const frozen = (normaliser: Normaliser): RelativeScores => ({
  names: SCORES,
  isFrozen: true,
  observe: () => undefined,
  score: (values) => cirsValues(featuresIn(values), normaliser),
  normaliser: () => ({ id: normaliserId(normaliser), from: 'file', ...normaliserFile(normaliser) }),
});

/** The documents at hand are the corpus, as in the reference code. */
function ofCorpus(): RelativeScores {
  const corpus = new NormaliserOfCorpus();
  const normaliser = () => corpus.normaliser();
  return {
    names: SCORES,
    isFrozen: false,
    observe: (values) => corpus.add(featuresIn(values)),
    score: (values) => cirsValues(featuresIn(values), normaliser()),
    normaliser: () => ({ id: normaliserId(normaliser()), from: 'corpus', ...corpus.file() }),
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
