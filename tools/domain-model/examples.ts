import { readFileSync } from 'node:fs';
import { groupBy } from '../../libs/core/kernel/src/index.ts';
import type { Domain, Features } from '../../libs/attributes/domain/src/index.ts';
import { DOMAINS, featuresOfDocument } from '../../libs/attributes/domain/src/index.ts';

/** One labelled document: the features of its chunks, and its label as an index into `DOMAINS`. */
export type Example = {
  readonly source: string;
  readonly family: string;
  /** Not read before the last evaluation. */
  readonly isApart: boolean;
  readonly label: number;
  readonly kind: string;
  /** One weight for each domain, summing to one. */
  readonly target: readonly number[];
  readonly text: string;
  readonly chunks: readonly Features[];
};

type Line = {
  readonly source: string;
  readonly family: string;
  readonly apart: boolean;
  readonly label: Domain;
  readonly kind: string;
  readonly soft: Partial<Record<Domain, number>>;
  readonly text: string;
};

/** Documents of one kind of one package, and characters of each, that are used: more would only take longer. */
const MOST_DOCUMENTS = 45;
const MOST_CHARACTERS = 4_096;

/** Reads `corpus.ndjson`. */
export function readExamples(file: string): Example[] {
  const lines: Line[] = readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line));
  const kinds = groupBy(lines, ({ source, label, kind }) => `${source} ${label} ${kind}`);
  return [...kinds.values()].flatMap((own) => own.slice(0, MOST_DOCUMENTS)).map(exampleOf);
}

const exampleOf = ({ source, family, apart, label, kind, soft, text: whole }: Line): Example => {
  const text = whole.slice(0, MOST_CHARACTERS);
  return {
    source,
    family,
    isApart: apart,
    label: DOMAINS.indexOf(label),
    kind,
    target: DOMAINS.map((domain) => soft[domain] ?? 0),
    text,
    chunks: featuresOfDocument(text),
  };
};

/** Where a document is counted: its label and its source. */
export const groupOf = ({ label, source }: Example): string => `${DOMAINS[label]} ${source}`;
