import { metLimit, orSet, REQUEST_LIMITS } from '@tributary/capture';
import type { IngestEndpoint } from '@tributary/capture';
import { Fault } from '@tributary/kernel';
import { filterOf, ordersOf } from '@tributary/training';
import { invalid, MlflowFault } from '../errors.ts';

/** What a search asks of every candidate. */
export type Conditions = ReturnType<typeof filterOf>;

type Limited = Pick<IngestEndpoint, 'limits'>;

const mostOf = ({ limits = REQUEST_LIMITS }: Limited): number => limits.filterConditions;

/** The conditions of a filter. Throws Fault `filter_invalid`, and MlflowFault where it has too many. */
export function conditionsOf(endpoint: Limited, filter: string | undefined): Conditions {
  const most = mostOf(endpoint);
  try {
    return filterOf(filter, most);
  } catch (error) {
    if (error instanceof Fault && error.code === 'filter_too_long') throw tooMany(error.message, most);
    throw error;
  }
}

/** The orders of a list, and those that decide where these do not. Throws Fault `filter_invalid`, and MlflowFault. */
export function ordersFor(
  endpoint: Limited,
  given: readonly string[],
  last: readonly string[],
): ReturnType<typeof ordersOf> {
  const most = mostOf(endpoint);
  if (given.length > most) throw tooMany(`a list has at most ${most} orders`, most);
  return ordersOf(given, last);
}

function tooMany(what: string, most: number): MlflowFault {
  const met = metLimit('filterConditions', most);
  return invalid(`${what}; ask for less at once${orSet(met)}`, met);
}
