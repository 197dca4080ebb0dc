import { parseEventPosition, partitionOf, positionFromText } from '@tributary/kernel';
import type { SchemaViolation } from './catalogue.ts';

type Range = { readonly first: string; readonly last: string };

type Ranges = {
  readonly began: string;
  readonly stored: readonly Range[];
  readonly repeated?: readonly Range[];
};

/** As many events as a request can have: the fact after it names them. */
const MAX_POSITIONS = 5_000;

/** The first violation of what an import says of positions: ranges must ascend, stay in a partition and have few positions. */
export function checkImportRanges({ began, ...lists }: Ranges): SchemaViolation | undefined {
  if (Number.isNaN(positionOf(began))) return { pointer: '/data/began', ...NO_POSITION };
  for (const name of ['stored', 'repeated'] as const) {
    const violation = checkRanges(lists[name] ?? [], `/data/${name}`);
    if (violation) return violation;
  }
  return undefined;
}

const NO_POSITION = { rule: 'position', message: 'must be the position of an event' };

function checkRanges(ranges: readonly Range[], pointer: string): SchemaViolation | undefined {
  let positions = 0;
  for (const [index, range] of ranges.entries()) {
    const [first, last] = [positionOf(range.first), positionOf(range.last)];
    const at = `${pointer}/${index}`;
    if (Number.isNaN(first) || Number.isNaN(last)) return { pointer: at, ...NO_POSITION };
    if (last < first || partitionOf(first) !== partitionOf(last))
      return { pointer: at, rule: 'range', message: 'must end in the partition and not before it begins' };
    positions += last - first + 1;
  }
  return positions > MAX_POSITIONS
    ? {
        pointer,
        rule: 'range',
        message: `must have at most ${MAX_POSITIONS} positions; record them in parts`,
      }
    : undefined;
}

const positionOf = (text: string): number => parseEventPosition(positionFromText(text));
