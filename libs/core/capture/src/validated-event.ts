import { referencedDigest } from '@tributary/blobs';
import { admit } from './admit.ts';
import type { Actor } from './http/actor.ts';
import type { EventLimits } from './http/content-limits.ts';
import { orSet } from './http/limit-keys.ts';
import type { EventName, Rejection } from './rejection.ts';
import { repeatIn } from './repeat-of.ts';
import type { Repeat } from './repeat-of.ts';
import type { RawEvent } from './split.ts';
import { storedForm } from './stored-form.ts';
import type { StoredForm } from './stored-form.ts';

/**
 * `latest` is the last time that an event may state; `by` is who sends it, where callers are authenticated; `limits` are
 * those of CONTENT_LIMITS where they are absent.
 */
export type Circumstances = {
  readonly latest: string;
  readonly by?: Actor | undefined;
  readonly limits?: EventLimits | undefined;
};

/** An event in the form in which it is stored, or why it is not, with all that can be said without log and blobs. */
export type ValidatedEvent = ({ readonly ok: true } & StoredForm) | RefusedRaw;

export type RefusedRaw = {
  readonly ok: false;
  readonly raw: RawEvent;
  readonly rejection: Omit<Rejection, 'index'>;
  /** The blob that the event refers to, where it is refused because that was not given. */
  readonly neededBlob?: string | undefined;
  readonly repeat?: Repeat | undefined;
  /** The event, where it met a limit that another process may not have. */
  readonly beyond?: EventName | undefined;
};

/** Validates one event as `admit` does. `content` is the blob that it refers to. */
export function validateEvent(
  raw: RawEvent,
  { latest, by, limits }: Circumstances,
  content?: Buffer,
): ValidatedEvent {
  const admission = admit(raw, latest, { content, by, limits });
  if (admission.ok) return { ok: true, ...storedForm(admission.event) };
  const { rejection, beyond } = admission;
  if (rejection.code === 'unknown_blob') {
    const neededBlob = referencedDigest(JSON.parse(raw.bytes.toString('utf8')));
    return { ok: false, raw, rejection, neededBlob };
  }
  if (beyond) return { ok: false, raw, rejection: withAdvice(rejection), beyond };
  return { ok: false, raw, rejection, repeat: repeatIn(raw, rejection.code) };
}

/** Names the variable: what is refused here is refused by the limits of this process. */
const withAdvice = (rejection: RefusedRaw['rejection']): RefusedRaw['rejection'] => ({
  ...rejection,
  message: `${rejection.message}${rejection.met ? orSet(rejection.met) : ''}`,
});
