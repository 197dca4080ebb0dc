const met = new WeakMap<object, string>();

/** Says which limit refused a request, for the metric that counts refusals. `raw` is Node's own request. */
export const setMetLimit = (raw: object, limit: unknown): void => {
  if (typeof limit === 'string') met.set(raw, limit);
};

/** The limit that refused a request; undefined where none did. */
export const metLimitOf = (raw: object): string | undefined => met.get(raw);
