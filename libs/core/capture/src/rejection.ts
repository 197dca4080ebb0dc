import type { SchemaViolation } from '@tributary/contracts';

export type RejectionCode =
  | 'invalid_utf8'
  | 'invalid_json'
  | 'not_finite'
  | 'number_not_exact'
  | 'duplicate_key'
  | 'invalid_text'
  | 'too_deep'
  | 'invalid_envelope'
  | 'unknown_type'
  | 'unknown_version'
  | 'schema_violation'
  | 'event_too_large'
  | 'unknown_blob'
  | 'clock_skew';

/** Why one event of a request was refused. `index` is its place in the request, from 0. */
export type Rejection = {
  readonly index: number;
  readonly code: RejectionCode;
  readonly message: string;
  /** RFC 6901 pointer into the event; empty where the event as a whole is meant. */
  readonly pointer: string;
  /** The schema keyword that was broken. */
  readonly rule?: string;
  /** What stood there, as JSON text cut to 200 characters, or the kind of container. */
  readonly value?: string;
  readonly id?: string;
};

export type Refused = { readonly ok: false; readonly rejection: Omit<Rejection, 'index'> };

export const reject = (code: RejectionCode, message: string, id?: string): Refused =>
  rejectAt('', code, message, id);

export function rejectAt(pointer: string, code: RejectionCode, message: string, id?: string): Refused {
  return { ok: false, rejection: { code, message, pointer, ...(id === undefined ? {} : { id }) } };
}

type Broken = Omit<SchemaViolation, 'rule'> & { readonly rule?: string };

export function rejectViolation(code: RejectionCode, event: unknown, violation: Broken): Refused {
  return { ok: false, rejection: { code, ...violation, ...foundAt(event, violation.pointer) } };
}

/** What a reader needs to find the place: the value and, where it is readable, the id. */
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

/** Containers are only named: a hostile one can be too deep to print. */
function preview(value: unknown): string {
  if (Array.isArray(value)) return `an array of ${value.length}`;
  if (typeof value === 'object' && value !== null) return `an object of ${Object.keys(value).length}`;
  return JSON.stringify(value).slice(0, 200);
}
