declare const position: unique symbol;

/**
 * A place in the log, or a state of it: opaque. Only log adapters look inside. On one machine both are one decimal
 * number, and 0 stands before the first event. Where the log has several partitions, a place names its partition
 * (`3:17`), and a state says how far each of them counts (`4,0,9,17`).
 */
export type Position = string & { readonly [position]: true };

/** A state of the log for SQL: the last place that counts, by partition. */
export type Places = number[];

/** For log adapters, and for edges that receive a position as text. */
export function positionFromText(text: string): Position {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the one place that makes the brand
  return text as Position;
}
