export { MAX_EVENT_BYTES, MAX_TELEMETRY_BYTES } from './admit.ts';
export { capture, MAX_BATCH_EVENTS } from './capture.ts';
export type { Captured } from './capture.ts';
export type { Rejection, RejectionCode } from './rejection.ts';
export { acceptedMediaTypes, modeOf } from './split.ts';
export type { Mode } from './split.ts';
