const KNOWN = /^\d{4}[-_]\d{1,2}[-_]\d{1,2}[-_ T]\d{1,2}[:_]\d{1,2}[:_]\d{1,2}(\.\d+)?$/;
const ZONED = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/;

export type CreationDate = {
  /** As the store writes it. */
  readonly text: string;
  /** UTC, RFC 3339; only where the store names the zone. */
  readonly time?: string;
  readonly readable: boolean;
};

/**
 * `2024_05_06-22_26_34` or `2023-11-29 20:06:41`, the hour sometimes of one digit. Neither names a zone, so neither
 * becomes a time.
 */
export function creationDate(value: unknown): CreationDate | undefined {
  if (typeof value !== 'string' || value.trim() === '') return undefined;
  const text = value.trim().slice(0, 64);
  const instant = ZONED.test(text) ? Date.parse(text) : Number.NaN;
  if (!Number.isNaN(instant)) return { text, time: new Date(instant).toISOString(), readable: true };
  return { text, readable: KNOWN.test(text) };
}
