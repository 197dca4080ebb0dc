import type { Fact } from '@tributary/contracts';

/** A fact of a log, and the position of the fact that it corrects. */
export type Recorded = { readonly position: number; readonly fact: Fact; readonly corrects?: number };

type Exposure = Fact<'training.exposure.recorded'>['data'];

/** What counts of a log, step by step and without any table. Amounts by run, slice, shard and unit. */
export type Counted = { readonly amounts: ReadonlyMap<string, bigint>; readonly stepTokens: bigint };

/** The facts that a log holds up to a position, without those that it corrects by then. */
export function countedFacts(log: readonly Recorded[], position: number): Recorded[] {
  const held = log.filter((one) => one.position <= position);
  const corrected = new Set(held.map(({ corrects }) => corrects));
  return held.filter((one) => !corrected.has(one.position));
}

/** What a run consumed up to a step, with what it inherited, by the definition of `counted-exposure.sql`. */
export function countedIn(facts: readonly Recorded[], run: string, step = Infinity): Counted {
  const amounts = new Map<string, bigint>();
  let stepTokens = 0n;
  for (const { run: owner, counts } of partsOf(facts, run, step)) {
    for (const { fact } of facts) {
      if (fact.type === 'training.steps.recorded' && fact.data.runId === owner)
        fact.data.steps.forEach((one, index) => {
          if (owner === run && counts(fact.data.attempt, one))
            stepTokens += BigInt(fact.data.columns['tokens']?.[index] ?? 0);
        });
      if (fact.type === 'training.exposure.recorded' && fact.data.runId === owner)
        addAmounts(amounts, fact.data, counts);
    }
  }
  return { amounts, stepTokens };
}

type Counts = (attempt: number, step: number) => boolean;

/** The run and the runs that it was forked from, each with which of its steps count. */
export function partsOf(
  facts: readonly Recorded[],
  run: string,
  step: number,
): { run: string; counts: Counts }[] {
  const starts = facts.flatMap(({ position, fact }) =>
    fact.type === 'training.run.started' && fact.data.runId === run ? [{ position, ...fact.data }] : [],
  );
  const own = { run, counts: countsIn(facts, run, step) };
  const fork = starts.find(({ forkedFrom }) => forkedFrom);
  if (!fork?.forkedFrom) return [own];
  const before = facts.filter(
    ({ position, fact }) => fact.type !== 'training.run.started' || position < fork.position,
  );
  const end = Math.min(step, fork.forkedFrom.step);
  const parents = partsOf(before, fork.forkedFrom.runId, end);
  return [own, ...parents];
}

/** A step counts if its attempt is continued by all later ones of the line, none of which begins at or before it. */
function countsIn(facts: readonly Recorded[], run: string, last: number): Counts {
  const own = facts.flatMap(({ fact }) => ('runId' in fact.data && fact.data.runId === run ? [fact] : []));
  const started = own.flatMap((fact) => (fact.type === 'training.run.started' ? [fact.data] : []));
  const first = (attempt: number) => Math.min(...own.map((fact) => firstStepOf(fact, attempt)));
  const known = [...new Set(started.map(({ attempt }) => attempt))].toSorted((left, right) => right - left);
  const begins = (attempt: number) => {
    const resumed = started.find((one) => one.attempt === attempt)?.resumedFrom;
    return resumed ? resumed.step + 1 : first(attempt);
  };
  const skipped = new Set(
    own.flatMap((fact) =>
      fact.type === 'training.steps.skipped'
        ? fact.data.steps.map((step) => `${fact.data.attempt} ${step}`)
        : [],
    ),
  );
  const line: number[] = [];
  for (let next = known[0]; next !== undefined;) {
    line.push(next);
    const from = started.find((one) => one.attempt === next)?.resumedFrom?.attempt ?? next - 1;
    next = known.find((attempt) => attempt <= Math.min(from, (line.at(-1) ?? 0) - 1));
  }
  return (attempt, step) =>
    step <= last &&
    line.includes(attempt) &&
    line.slice(0, line.indexOf(attempt)).every((later) => begins(later) > step) &&
    !skipped.has(`${attempt} ${step}`);
}

function firstStepOf(fact: Fact, attempt: number): number {
  if (fact.type === 'training.exposure.recorded' && fact.data.attempt === attempt) return fact.data.firstStep;
  if (fact.type === 'training.steps.recorded' && fact.data.attempt === attempt)
    return fact.data.steps[0] ?? Infinity;
  return Infinity;
}

function addAmounts(amounts: Map<string, bigint>, data: Exposure, counts: Counts): void {
  const steps = Array.from(
    { length: data.lastStep - data.firstStep + 1 },
    (_, index) => data.firstStep + index,
  );
  const counted = BigInt(steps.filter((step) => counts(data.attempt, step)).length);
  if (counted === 0n) return;
  let before = 0n;
  for (const { slice, shardId = '', amount } of inOrder(data.amounts)) {
    const after = before + BigInt(amount);
    const part = (after * counted) / BigInt(steps.length) - (before * counted) / BigInt(steps.length);
    const key = [data.runId, slice, shardId, data.unit].join(' ');
    amounts.set(key, (amounts.get(key) ?? 0n) + part);
    before = after;
  }
}

const inOrder = (amounts: Exposure['amounts']) =>
  amounts.toSorted(
    (left, right) =>
      compare(left.slice, right.slice) ||
      compare(left.shardId ?? '', right.shardId ?? '') ||
      left.amount - right.amount,
  );

const compare = (left: string, right: string): number => (left < right ? -1 : Number(left > right));
