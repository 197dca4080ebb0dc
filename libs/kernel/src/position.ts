declare const position: unique symbol;

/**
 * A place in the log: opaque and ordered. Only log adapters look inside.
 * On one machine it is a decimal number; 0 stands before the first event.
 */
export type Position = string & { readonly [position]: true };

/** For log adapters, and for edges that receive a position as text. */
export const positionFromText = (text: string): Position => text as Position;
