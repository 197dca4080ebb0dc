import { groupBy } from '@tributary/kernel';
import { spearman } from '../../libs/contexts/attribution/src/numerics/moments.ts';
import { textStructure } from '../../libs/attributes/tagging/src/text-structure.ts';
import { atThreshold, precisionAtRecall, scored, temperatureOf, type Held, type Scored } from './evaluate.ts';
import { RECALL, THRESHOLDS } from './explore.ts';

type Evaluation = {
  readonly held: readonly Held[];
  readonly baseline: readonly Held[];
  readonly last: readonly Held[];
  readonly lastBaseline: readonly Held[];
  /** Mathematics, and code with prose. */
  readonly scored: readonly Held[];
  readonly temperature: number;
};

/** The tables of the model's card, in Markdown. */
export function card({ held, baseline, last, lastBaseline, scored: asked, temperature }: Evaluation): string {
  const own = temperatureOf(baseline);
  const rows = (
    [
      ['**model, package left out**', held, temperature],
      ['length and indentation, package left out', baseline, own],
      ['**model, packages kept apart**', last, temperature],
      ['length and indentation, packages kept apart', lastBaseline, own],
    ] as const
  ).map(([name, documents, at]) => [name, ...figuresOf(scored(documents, at))]);
  const documents = scored(held, temperature);
  return [
    table(
      ['', `precision at recall ${RECALL}`, ...THRESHOLDS.map((one) => `precision, recall at ${one}`)],
      rows,
    ),
    'Documents that are called code, by package left out with its family:',
    sources(documents),
    'The same of packages kept apart, by the model that ships:',
    sources(scored(last, temperature)),
    'Mathematics and code with prose, on which the model was not trained:',
    sources(scored(asked, temperature)),
    'Spearman correlation of the score with plain measures, in mathematics of both kinds:',
    correlations(scored(asked, temperature).filter(({ example }) => example.domain.startsWith('math/'))),
  ].join('\n\n');
}

const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;

function figuresOf(documents: readonly Scored[]): string[] {
  return [
    percent(precisionAtRecall(documents, RECALL).precision),
    ...THRESHOLDS.map((threshold) => {
      const { precision, recall } = atThreshold(documents, threshold);
      return `${percent(precision)}, ${percent(recall)}`;
    }),
  ];
}

function sources(documents: readonly Scored[]): string {
  const groups = groupBy(documents, ({ example }) => `\`${example.domain}\` | ${example.source}`);
  return table(
    ['domain', 'package', 'documents', 'mean score', ...THRESHOLDS.map((one) => `≥ ${one}`)],
    [...groups]
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, own]) => [
        name,
        String(own.length),
        (own.reduce((sum, { score }) => sum + score, 0) / own.length).toFixed(2),
        ...THRESHOLDS.map((one) => percent(own.filter(({ score }) => score >= one).length / own.length)),
      ]),
  );
}

/** The paper reports of its scaffolds a higher density of symbols, more steps, more indentation and greater length. */
function correlations(documents: readonly Scored[]): string {
  const measured = documents.map(({ example, score }) => ({ ...textStructure(example.text), score }));
  const scores = measured.map(({ score }) => score);
  const names = ['symbol_density', 'derivation_steps', 'indentation_ratio', 'n_chars'] as const;
  return table(
    names.map((name) => `\`${name}\``),
    [
      names.map((name) =>
        spearman(
          scores,
          measured.map((one) => one[name]),
        ).toFixed(2),
      ),
    ],
  );
}

const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [head, head.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n');
