import type { Refusal } from './dead-letter.ts';

/** Where letters of the projector come from. */
export const PROJECTION_ENDPOINT = 'projection';

/** An event of the log that the tables cannot take, as a letter; its `value` is the position. The log keeps the event. */
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
