import { Fault } from '@tributary/kernel';
import { shortText } from '../secrets/mask-text.ts';

const MESSAGE = 500;
const CODE = /^\w{1,64}$/;

/**
 * The fields of a log record for a thrown value. Only a Fault is logged with its message, because other messages may
 * quote the data that caused them. Those errors are logged with name, code and source line.
 */
export function faultFields(thrown: unknown): Record<string, string | boolean> {
  if (thrown instanceof Fault) {
    const { code, retryable, message, cause } = thrown;
    const causeField = cause === undefined ? {} : { cause: nameOf(cause) };
    return { code, retryable, message: shortText(message, MESSAGE), ...causeField };
  }
  const at = thrown instanceof Error ? sourceLineOf(thrown) : undefined;
  return { code: 'unexpected', error: nameOf(thrown), ...(at === undefined ? {} : { at }) };
}

/** The code or the name of an error, such as `ECONNREFUSED` or `TypeError`. */
export function nameOf(thrown: unknown): string {
  if (!(thrown instanceof Error)) return typeof thrown;
  const code = 'code' in thrown && typeof thrown.code === 'string' ? thrown.code : undefined;
  return [code, thrown.name].find((name) => name !== undefined && CODE.test(name)) ?? 'Error';
}

/** The innermost line of the stack. The message precedes it and may contain similar lines. */
function sourceLineOf({ stack = '', message }: Error): string | undefined {
  const after = stack.slice(Math.max(0, stack.indexOf(message)) + message.length);
  const line = /^\s+at (.+)$/m.exec(after)?.[1];
  return line === undefined ? undefined : shortText(line);
}
