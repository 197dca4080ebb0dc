declare const position: unique symbol;

/**
 * A place in the log: opaque and ordered. Only log adapters look inside.
 * On one machine it is a decimal number; 0 stands before the first event.
 */
export type Position = string & { readonly [position]: true };

/** For log adapters, and for edges that receive a position as text. */
export function positionFromText(text: string): Position {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the one place that makes the brand
  return text as Position;
}
