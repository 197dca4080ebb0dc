import { DOMAINS, SCAFFOLD_LABELS, type Domain } from '../../libs/attributes/domain/src/index.ts';
import { readExamples, type Example } from '../domain-model/examples.ts';

/** A document of the corpus, labelled as code or not. */
export type ScaffoldExample = Example & { readonly domain: Domain };

type Corpus = {
  readonly labelled: readonly ScaffoldExample[];
  /** Mathematics and code with prose: what the model is asked about, and is trained on neither side of. */
  readonly scored: readonly ScaffoldExample[];
};

/** What is neither code nor prose around it. Formal and worked mathematics are left out: they are what is scored. */
const NOT_CODE: ReadonlySet<Domain> = new Set(['math_text', 'knowledge', 'other']);

export function readCorpus(file: string): Corpus {
  const all = readExamples(file).map((example) => ({ ...example, domain: DOMAINS[example.label]! }));
  const isLabelled = ({ domain }: ScaffoldExample): boolean => domain === 'code' || NOT_CODE.has(domain);
  return {
    labelled: all.filter(isLabelled).map(asCodeOrNot),
    scored: all.filter((example) => !isLabelled(example)),
  };
}

const asCodeOrNot = (example: ScaffoldExample): ScaffoldExample => {
  const label = SCAFFOLD_LABELS.indexOf(example.domain === 'code' ? 'code' : 'not_code');
  return { ...example, label, target: SCAFFOLD_LABELS.map((_, index) => Number(index === label)) };
};
