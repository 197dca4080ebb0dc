/** What a pure decision yields: facts to append, or a reason the caller can act on. */
export type Decision<Event, Refusal extends string> =
  | { readonly ok: true; readonly events: readonly Event[] }
  | { readonly ok: false; readonly refusal: Refusal };

export const accept = <Event>(...events: Event[]) => ({ ok: true, events }) as const;
export const refuse = <Refusal extends string>(refusal: Refusal) => ({ ok: false, refusal }) as const;
