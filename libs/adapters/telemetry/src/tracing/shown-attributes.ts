import { shownScalar } from '../log/fields.ts';
import type { SpanAttributes } from './tracing.ts';

/** Attributes as they may leave the process. */
export function shownAttributes(attributes: SpanAttributes): Record<string, string | number | boolean> {
  const shown = Object.entries(attributes).flatMap(([name, value]) => {
    const scalar = shownScalar(name, value);
    return scalar === null ? [] : [[name, scalar] as const];
  });
  return Object.fromEntries(shown);
}
