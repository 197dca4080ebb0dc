import type { Refusal } from './dead-letter.ts';

/** The endpoint of dead letters that the projector parks. */
export const PROJECTION_ENDPOINT = 'projection';

/** The refusal of an event that could not be projected. `value` is its position; the log keeps the event. */
export const projectionRefusal = (event: {
  readonly position: string;
  readonly bytes: Uint8Array;
  readonly fault: { readonly code: string; readonly message: string };
}): Refusal => ({
  endpoint: PROJECTION_ENDPOINT,
  contentType: 'application/cloudevents+json',
  bytes: event.bytes,
  code: event.fault.code,
  message: event.fault.message,
  pointer: '',
  value: event.position,
});
