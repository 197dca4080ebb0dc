/** The result of a pure decision: events to append, or a code of refusal that the caller can act on. */
export type Decision<Event, Refusal extends string> =
  | { readonly ok: true; readonly events: readonly Event[] }
  | { readonly ok: false; readonly refusal: Refusal };

/** A decision to append events. */
export const accept = <Event>(...events: Event[]) => ({ ok: true, events }) as const;
/** A decision to refuse, with a code. */
export const refuse = <Refusal extends string>(refusal: Refusal) => ({ ok: false, refusal }) as const;
