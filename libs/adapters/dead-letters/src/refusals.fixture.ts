import type { Refusal } from './dead-letter.ts';

export const aRefusal = (text: string, more: Partial<Refusal> = {}): Refusal => ({
  endpoint: 'POST /v1/events',
  contentType: 'application/cloudevents+json',
  bytes: Buffer.from(text),
  code: 'invalid_json',
  message: 'not JSON',
  pointer: '',
  ...more,
});
