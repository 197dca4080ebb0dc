import { Fault } from '@tributary/kernel';
import { shortText } from '../secrets/mask-text.ts';

const MESSAGE = 500;
const CODE = /^\w{1,64}$/;

/**
 * What a log may say about something that was thrown. The message only of our own faults, since other messages quote
 * what they stumbled over; those are told by name, code and the place in the source.
 */
export function faultFields(thrown: unknown): Record<string, string | boolean> {
  if (thrown instanceof Fault) {
    const { code, retryable, message, cause } = thrown;
    const because = cause === undefined ? {} : { cause: nameOf(cause) };
    return { code, retryable, message: shortText(message, MESSAGE), ...because };
  }
  const at = thrown instanceof Error ? placeOf(thrown) : undefined;
  return { code: 'unexpected', error: nameOf(thrown), ...(at === undefined ? {} : { at }) };
}

/** Such as `ECONNREFUSED` or `TypeError`. */
export function nameOf(thrown: unknown): string {
  if (!(thrown instanceof Error)) return typeof thrown;
  const code = 'code' in thrown && typeof thrown.code === 'string' ? thrown.code : undefined;
  return [code, thrown.name].find((name) => name !== undefined && CODE.test(name)) ?? 'Error';
}

/** The innermost line of the stack. What stands before it is the message, which may have lines that look like one. */
function placeOf({ stack = '', message }: Error): string | undefined {
  const after = stack.slice(Math.max(0, stack.indexOf(message)) + message.length);
  const line = /^\s+at (.+)$/m.exec(after)?.[1];
  return line === undefined ? undefined : shortText(line);
}
