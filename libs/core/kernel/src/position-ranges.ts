import { formatEventPosition } from './position.ts';
import type { EventPosition, Position } from './position.ts';

/** Positions that follow each other in one partition. */
export type PositionRange = { readonly first: Position; readonly last: Position };

/** The positions as ranges, in their order and each position once. */
export function rangesOf(positions: readonly EventPosition[]): PositionRange[] {
  const ranges: { first: EventPosition; last: EventPosition }[] = [];
  for (const position of [...new Set(positions)].toSorted((left, right) => left - right)) {
    const range = ranges.at(-1);
    if (range?.last === position - 1) range.last = position;
    else ranges.push({ first: position, last: position });
  }
  return ranges.map(({ first, last }) => ({
    first: formatEventPosition(first),
    last: formatEventPosition(last),
  }));
}
