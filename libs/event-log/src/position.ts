import type { Position } from '@tributary/kernel';
import { positionFromText } from '@tributary/kernel';

/** Before the first event. */
export const START: Position = positionFromText('0');

/** The position as a number, for a UInt64 column. NaN when the text is no position of a single-machine log. */
export const ordinal = (position: Position): number =>
  /^(0|[1-9]\d{0,15})$/.test(position) ? Number(position) : NaN;

export const positionOf = (number: number): Position => positionFromText(String(number));
