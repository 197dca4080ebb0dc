import type { DesignQuery } from '../generated/documents.ts';
import { WORDS } from './effects.ts';
import type { Attribution } from './effects.ts';
import { commandWord } from './command-word.ts';
import { aligned, brief, count, counted, footer, printable } from './format.ts';

export type Design = Extract<DesignQuery['design'], { readonly __typename: 'ExperimentDesign' }>;
type Plan = Design['plans'][number];
type Runs = Plan['runs'][number];

/** schemas/answers/design.json */
export function designAnswer(design: Design) {
  const { __typename: _, ...answer } = design;
  return answer;
}

export function designText(design: Design): string {
  const { experiment, slice, capability, displacement, power, level, plans, warnings } = design;
  const question = `${slice} on ${capability}, ${displacement}`;
  return [
    printable(
      `${experiment}: runs to launch next for ${question} (power ${brief(100 * power)} % at level ${brief(100 * level)} %)`,
    ),
    '',
    ...plans.flatMap((plan) => [...planLines(plan, design), '']),
    ...assumptionsOf(plans),
    ...warnings.map(({ code, text }) => printable(`! ${code}: ${text}`)),
    '',
    footer(design),
  ].join('\n');
}

function planLines(plan: Plan, design: Design): string[] {
  const { estimator, contrast, cost, identification, assignment } = plan;
  const launched = plan.runs.length > 0 ? [runsTable(plan.runs, cost.unit)] : ['no further runs'];
  return [
    printable(`${estimator}: ${contrast}`),
    printable(`  now: ${nowText(plan, design)}`),
    printable(`  noise: ${noiseText(plan, design)}`),
    '',
    ...launched,
    '',
    printable(`  cost: ${counted(cost.runs, 'run')}${amountText(cost)}: ${cost.text}`),
    printable(`  identified, where recorded as below, by: ${identification}`),
    ...(assignment
      ? [printable(`  assign first, in mixture.experiment.assigned: ${assignmentText(assignment)}`)]
      : []),
    '',
    detectableTable(plan, design),
    ...effectLines(plan, design),
    ...decompositionLines(plan),
  ];
}

/** What the plans take for granted, each once, with the plan where it concerns one alone. */
function assumptionsOf(plans: readonly Plan[]): string[] {
  const concerned = new Map<string, string[]>();
  for (const { estimator, assumptions } of plans) {
    for (const { code, text } of assumptions) {
      const line = `${code}: ${text}`;
      concerned.set(line, [...(concerned.get(line) ?? []), estimator]);
    }
  }
  return [...concerned].map(([line, of]) =>
    printable(`! ${line}${of.length < plans.length ? ` (${of.join(', ')})` : ''}`),
  );
}

/** The amount, where the recorded runs say more than shares. */
const amountText = ({ amount, unit }: Plan['cost']) => (unit === 'share' ? '' : `, ${count(amount)} ${unit}`);

function nowText({ now, contrast }: Plan, { unit }: Design): string {
  if (!now || now.effect === null) return 'no answer';
  const { effect, interval, interpretation, identification, n, minimumDetectableEffect: least } = now;
  const bounds = interval
    ? `[${brief(interval.low)}, ${brief(interval.high)}] ${brief(100 * interval.level)} %`
    : 'no interval';
  const part = now.estimand.text === contrast ? '' : `; this is of ${now.estimand.text}`;
  const detectable = least === null ? '' : `, detects ${brief(least)}`;
  return `${brief(effect)} ${bounds} ${unit ?? ''}, ${WORDS[interpretation]}, ${identification}, ${counted(n.runs, 'run')}${detectable}${part}`;
}

const noiseText = ({ noise }: Plan, { unit }: Design): string =>
  noise
    ? `standard deviation ${brief(noise.standardDeviation)} ${unit ?? ''} of a run, ${noise.text}`
    : 'not known: no mixture was run with several seeds';

const right = { align: 'right' as const };

const indented = (text: string) => text.replaceAll(/^/gm, '  ');

const mixtureText = ({ shares }: Runs) =>
  shares
    .filter(({ share }) => share > 0)
    .map(({ slice, share }) => `${slice} ${(100 * share).toFixed(1)} %`)
    .join(', ');

function runsTable(runs: readonly Runs[], unit: string): string {
  const columns = [
    { title: 'why' },
    { title: 'arm' },
    { title: 'runs', ...right },
    { title: 'seeds' },
    { title: unit, ...right },
    { title: 'mixture' },
  ];
  const rows = runs.map((of) => [
    of.purpose,
    of.arm,
    count(of.runs),
    briefly(of.seeds),
    count(of.runs * of.amountPerRun),
    `${mixtureText(of)} (${of.reason})`,
  ]);
  return indented(aligned(columns, rows));
}

const SHOWN_SEEDS = 8;

function briefly(seeds: readonly string[]): string {
  const more = seeds.length > SHOWN_SEEDS ? ` and ${count(seeds.length - SHOWN_SEEDS)} more` : '';
  return `${seeds.slice(0, SHOWN_SEEDS).join(', ')}${more}`;
}

/** Rows that a terminal shows at most. */
const SHOWN_ROWS = 12;

/** The first row, the last one, and every k-th between them. */
function thinned<Row>(rows: readonly Row[]): Row[] {
  const step = Math.ceil((rows.length - 1) / SHOWN_ROWS) || 1;
  return rows.filter((_, index) => index % step === 0 || index === rows.length - 1);
}

function detectableTable({ detectable }: Plan, { effect, unit }: Design): string {
  const columns = [
    { title: 'further runs', ...right },
    { title: `detectable effect${unit === null ? '' : ` in ${unit}`}`, ...right },
    ...(effect === null ? [] : [{ title: `power for ${brief(effect)}`, ...right }]),
  ];
  const rows = thinned(detectable).map((row) => [
    count(row.addedRuns),
    brief(row.minimumDetectableEffect),
    ...(effect === null ? [] : [row.power === null ? '-' : `${brief(100 * Number(row.power.toFixed(3)))} %`]),
  ]);
  return indented(aligned(columns, rows));
}

function effectLines({ runsForEffect, detectable }: Plan, { effect, power }: Design): string[] {
  if (effect === null) return [];
  const asked = `an effect of ${brief(effect)} with a power of ${brief(100 * power)} %`;
  if (runsForEffect === 0) return ['', `  the recorded runs find ${asked}: no further run is needed for it`];
  if (runsForEffect !== null) return ['', `  found with ${counted(runsForEffect, 'further run')}: ${asked}`];
  const last = detectable.at(-1)?.addedRuns ?? 0;
  return ['', `  no number up to ${counted(last, 'further run')} finds ${asked}`];
}

function decompositionLines({ decomposition, cost }: Plan): string[] {
  if (decomposition.length === 0) return [];
  return [
    '',
    '  beside these, arms that would split the effect into its parts (not in the cost):',
    '',
    runsTable(decomposition, cost.unit),
  ];
}

function assignmentText({
  design,
  assignment,
  randomisation,
  arms,
}: NonNullable<Plan['assignment']>): string {
  const named = arms.map(({ arm, mixture }) => `${arm} (mixture ${mixture})`).join(', ');
  const how = randomisation ? `, randomisation seed ${randomisation.seed}: ${randomisation.method}` : '';
  return `design ${design}, assignment ${assignment}, ${named}${how}`;
}

/** The command that plans runs for the first question that no effect answers; empty where all are answered. */
export function designHint({ experiment, effects }: Attribution): string {
  const open = effects.find(
    ({ estimand }) =>
      !effects.some(
        (other) =>
          other.estimand.slice === estimand.slice &&
          other.estimand.capability === estimand.capability &&
          (other.verdict === 'positive' || other.verdict === 'negative'),
      ),
  );
  if (!open) return '';
  const { slice, capability } = open.estimand;
  const options = Object.entries({ experiment, slice, capability, displacement: open.displacement });
  const question = options.map(([name, value]) => `--${name} ${commandWord(value)}`).join(' ');
  return `${printable(`runs that would answer: tributary design ${question}`)}\n`;
}
