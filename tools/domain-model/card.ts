import { DOMAINS } from '../../libs/attributes/domain/src/index.ts';
import {
  abstentionCurve,
  calibrationError,
  groupsOf,
  predictionsOf,
  score,
  type Group,
  type Held,
} from './evaluate.ts';

type Evaluation = {
  readonly temperature: number;
  readonly held: readonly Held[];
  readonly baseline: readonly Held[];
  readonly last: readonly Held[];
  readonly lastBaseline: readonly Held[];
};

const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [head, head.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n');

/** The tables of the model's card, in Markdown. */
export function card({ temperature, held, baseline, last, lastBaseline }: Evaluation): string {
  const heldPredictions = predictionsOf(held, temperature);
  const groups = groupsOf(heldPredictions);
  const summary = ([name, one, at]: readonly [string, readonly Held[], number]): string[] => {
    const predictions = predictionsOf(one, at);
    const { macroF1, f1 } = score(groupsOf(predictions));
    return [
      name,
      macroF1.toFixed(3),
      ...f1.map((value) => value.toFixed(2)),
      calibrationError(predictions).toFixed(3),
    ];
  };
  return [
    table(
      ['', 'macro-F1', ...DOMAINS.map((domain) => `\`${domain}\``), 'calibration error'],
      (
        [
          ['**model, package left out**', held, temperature],
          ['rules and syntax, package left out', baseline, 1],
          ['**model, packages kept apart**', last, temperature],
          ['rules and syntax, packages kept apart', lastBaseline, 1],
        ] as const
      ).map(summary),
    ),
    'Each package left out in turn with its family, labels given by the model:',
    sources(groups),
    'Packages kept apart, evaluated once by the model that ships:',
    sources(groupsOf(predictionsOf(last, temperature))),
    'Documents of packages left out that are answered when the model abstains below a probability:',
    table(
      ['abstain below', 'answered', 'of those right'],
      abstentionCurve(heldPredictions).map(({ threshold, answered, accuracy }) => [
        threshold.toFixed(1),
        percent(answered),
        percent(accuracy),
      ]),
    ),
  ].join('\n\n');
}

const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;

function sources(groups: readonly Group[]): string {
  return table(
    ['domain', 'package', 'documents', 'right', 'called otherwise'],
    groups.map(({ domain, source, documents, counts }) => [
      `\`${DOMAINS[domain]}\``,
      source,
      String(documents),
      percent(counts[domain]! / documents),
      counts
        .map((count, label) => ({ count, label }))
        .filter(({ count, label }) => count > 0 && label !== domain)
        .toSorted((a, b) => b.count - a.count)
        .slice(0, 3)
        .map(({ count, label }) => `\`${DOMAINS[label]}\` ${count}`)
        .join(', '),
    ]),
  );
}
