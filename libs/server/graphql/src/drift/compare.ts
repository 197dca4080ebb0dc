import { distance, sliceOf } from '@tributary/mixture';
import type { PhaseInForce } from '@tributary/mixture';
import { amountOf } from '@tributary/training';
import type { WindowConsumption } from '@tributary/training';
import type { DriftBy, DriftRow, DriftWindow } from '../generated/schema.ts';

type Compared = Pick<DriftWindow, 'l1' | 'kl' | 'reason' | 'rows'>;

const UNITS = ['token', 'byte', 'share'] as const;

/** Planned and realised shares of one window, with their distance where they can be compared. */
export function compared(
  amounts: WindowConsumption['amounts'],
  phase: PhaseInForce | undefined,
  by: DriftBy,
): Compared {
  const planned = phase && plannedShares(phase, by);
  const consumed = consumedBy(amounts, planned, by);
  const reason = notComparable(consumed, phase, planned);
  if (reason !== undefined || planned === undefined) {
    const rows = rowsOf(consumed, undefined, planned);
    return { l1: null, kl: null, reason: reason ?? null, rows };
  }
  const rows = rowsOf(consumed, planned, planned);
  const { l1, kl } = distance(rows.map((row) => ({ planned: row.planned ?? 0, realised: row.realised })));
  return { l1, kl, reason: kl === null ? infinite(rows) : null, rows };
}

/** Shares of what a plan names: its weights divided by their sum. NaN where every weight is 0. */
function plannedShares({ weights }: PhaseInForce, by: DriftBy): Map<string, number> {
  const total = sumOf(weights);
  const shares = new Map<string, number>();
  for (const [slice, weight] of weights) {
    const name = by === 'domain' ? domainOf(slice) : slice;
    shares.set(name, (shares.get(name) ?? 0) + weight / total);
  }
  return shares;
}

export const sumOf = (weights: PhaseInForce['weights']): number =>
  weights.reduce((sum, [, weight]) => sum + weight, 0);

const domainOf = (slice: string): string => slice.split('/')[0] ?? slice;

type Consumed = { readonly name: string; readonly unit: DriftRow['unit']; whole: bigint };

/** What was consumed by slice of the plan, or by domain. What the plan does not name keeps its own name. */
function consumedBy(
  amounts: WindowConsumption['amounts'],
  planned: ReadonlyMap<string, number> | undefined,
  by: DriftBy,
): Consumed[] {
  const found = new Map<string, Consumed>();
  for (const { slice, unit, whole } of amounts) {
    const known = UNITS.find((each) => each === unit);
    if (known === undefined) continue;
    const name = by === 'domain' ? domainOf(slice) : ((planned && sliceOf(slice, planned)) ?? slice);
    const key = JSON.stringify([name, unit]);
    const group = found.get(key) ?? { name, unit: known, whole: 0n };
    found.set(key, group);
    group.whole += whole;
  }
  return [...found.values()];
}

function notComparable(
  consumed: readonly Consumed[],
  phase: PhaseInForce | undefined,
  planned: ReadonlyMap<string, number> | undefined,
): string | undefined {
  if (consumed.length === 0) return 'nothing is recorded as consumed in these steps';
  if (!phase || !planned) return 'no planned mixture is recorded for these steps';
  if (phase.unit === 'sample_share')
    return 'not comparable: the plan has shares of samples, and samples are not recorded by slice';
  if (phase.unit === 'epochs')
    return 'not comparable: the plan has passes over slices, which are no shares of what is consumed';
  if (sumOf(phase.weights) === 0) return 'not comparable: every weight of the phase is 0';
  const units = UNITS.filter((unit) => consumed.some((one) => one.unit === unit));
  if (units.length > 1 || units[0] !== 'token')
    return `not comparable: the plan has shares of tokens, and what was consumed is recorded in ${units.join(' and ')}`;
  const parents = new Set([...planned.keys()].flatMap(parentsOf));
  const whole = consumed.find(({ name }) => !planned.has(name) && parents.has(name));
  return (
    whole &&
    `not comparable: what was consumed of ${whole.name} does not say which of the plan's slices inside of it; compare by domain`
  );
}

/** The slices that a slice lies in, by its path. */
function parentsOf(slice: string): string[] {
  const parents: string[] = [];
  for (let end = slice.lastIndexOf('/'); end > 0; end = slice.lastIndexOf('/', end - 1))
    parents.push(slice.slice(0, end));
  return parents;
}

/** Rows with planned shares where these are given; `named` is what the plan names. */
function rowsOf(
  consumed: readonly Consumed[],
  planned: ReadonlyMap<string, number> | undefined,
  named: ReadonlyMap<string, number> | undefined,
): DriftRow[] {
  const names = new Set(consumed.map(({ name }) => name));
  const unused = [...(planned?.keys() ?? [])].filter((name) => !names.has(name));
  const all = [...consumed, ...unused.map((name) => ({ name, unit: 'token' as const, whole: 0n }))];
  const totals = new Map<string, bigint>();
  for (const { unit, whole } of all) totals.set(unit, (totals.get(unit) ?? 0n) + whole);
  const rows = all.map(({ name, unit, whole }): DriftRow => {
    const total = totals.get(unit) ?? 0n;
    const realised = total === 0n ? 0 : Number(whole) / Number(total);
    const share = planned && (planned.get(name) ?? 0);
    return {
      slice: name,
      unit,
      amount: amountOf(whole),
      realised,
      planned: share ?? null,
      difference: share === undefined ? null : realised - share,
      unplanned: named !== undefined && !named.has(name),
    };
  });
  return rows.toSorted(
    (left, right) =>
      UNITS.indexOf(left.unit) - UNITS.indexOf(right.unit) ||
      Math.abs(right.difference ?? right.amount) - Math.abs(left.difference ?? left.amount) ||
      (left.slice < right.slice ? -1 : 1),
  );
}

function infinite(rows: readonly DriftRow[]): string {
  const names = rows
    .filter(({ planned, realised }) => planned === 0 && realised > 0)
    .map(({ slice }) => slice);
  const more = names.length > 3 ? ` and ${names.length - 3} more` : '';
  return `the divergence is infinite: ${names.slice(0, 3).join(', ')}${more} was planned with 0 and consumed`;
}
