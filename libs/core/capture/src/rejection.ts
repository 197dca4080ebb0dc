import type { SchemaViolation } from '@tributary/contracts';
import type { MetLimit } from '@tributary/kernel';

export type RejectionCode =
  | 'invalid_utf8'
  | 'invalid_json'
  | 'not_finite'
  | 'number_not_exact'
  | 'duplicate_key'
  | 'invalid_text'
  | 'too_deep'
  | 'too_many_keys'
  | 'invalid_envelope'
  | 'unknown_type'
  | 'unknown_version'
  | 'schema_violation'
  | 'event_too_large'
  | 'unknown_blob'
  | 'clock_skew'
  | 'actor_mismatch'
  | 'scope_missing';

/** Why one event of a request was refused. `index` counts the events of the request from 0. */
export type Rejection = {
  readonly index: number;
  readonly code: RejectionCode;
  readonly message: string;
  /** RFC 6901 pointer into the event; empty where the event as a whole is meant. */
  readonly pointer: string;
  /** The schema keyword that was broken. */
  readonly rule?: string;
  /** The value that was found, as JSON text of at most 200 characters, or the kind and size of a container. */
  readonly value?: string;
  readonly id?: string;
  /** The limit that the event met, if it met one. */
  readonly met?: MetLimit;
};

export type Refused = {
  readonly ok: false;
  readonly rejection: Omit<Rejection, 'index'>;
  /** The event that met a limit: another process may have accepted it. */
  readonly beyond?: EventName | undefined;
};

/** What an event is found by in the log. */
export type EventName = { readonly source: string; readonly id: string };

/** A refusal of the event as a whole. */
export const reject = (code: RejectionCode, message: string, id?: string): Refused =>
  rejectAt('', code, message, id);

/** A refusal of what an RFC 6901 pointer leads to. */
export function rejectAt(pointer: string, code: RejectionCode, message: string, id?: string): Refused {
  return { ok: false, rejection: { code, message, pointer, ...(id === undefined ? {} : { id }) } };
}

type Violation = Omit<SchemaViolation, 'rule'> & { readonly rule?: string };

/** A refusal of what a violation points to, with the value that was found there. */
export function rejectViolation(code: RejectionCode, event: unknown, violation: Violation): Refused {
  return { ok: false, rejection: { code, ...violation, ...foundAt(event, violation.pointer) } };
}

/** The value at a JSON pointer and the event's id, as far as they can be read. */
export function foundAt(event: unknown, pointer: string): { value?: string; id?: string } {
  const value = valueAt(event, pointer);
  const id = valueAt(event, '/id');
  return {
    ...(value === undefined ? {} : { value }),
    ...(id === undefined ? {} : { id: id.replaceAll('"', '') }),
  };
}

/** The value at a JSON pointer as short text, or undefined. */
function valueAt(event: unknown, pointer: string): string | undefined {
  let value = event;
  for (const step of pointer.split('/').slice(1)) {
    const key = step.replaceAll('~1', '/').replaceAll('~0', '~');
    if (typeof value !== 'object' || value === null) return undefined;
    value = Object.getOwnPropertyDescriptor(value, key)?.value;
  }
  return value === undefined ? undefined : preview(value);
}

/** Containers are described and not printed, because a hostile one can be too deep to print. */
function preview(value: unknown): string {
  if (Array.isArray(value)) return `an array of ${value.length}`;
  if (typeof value === 'object' && value !== null) return `an object of ${Object.keys(value).length}`;
  return JSON.stringify(value).slice(0, 200);
}
