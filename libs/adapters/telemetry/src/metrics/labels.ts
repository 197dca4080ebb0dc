const LABEL = /^[a-z0-9_]{1,64}$/;
const MAX_LABELS = 100;
const MAX_PARTITIONS = 10_000;

/** The label of all values that a label must not have. */
const OTHER = 'other';

/** Maps the first 100 codes to themselves, and later ones and invalid ones to `other`, so that a label stays bounded. */
export function codeLabels(): (text: string) => string {
  const known = new Set<string>();
  return (text) => {
    if (known.has(text)) return text;
    if (!LABEL.test(text) || known.size >= MAX_LABELS) return OTHER;
    known.add(text);
    return text;
  };
}

/** Maps the listed values to themselves, and all others to `other`. */
export function listedLabels(listed: readonly string[]): (text: string) => string {
  return (text) => (listed.includes(text) ? text : OTHER);
}

/** The label of a partition number. */
export function partitionLabel(partition: number): string {
  return Number.isInteger(partition) && partition >= 0 && partition < MAX_PARTITIONS
    ? String(partition)
    : OTHER;
}

/** A count for a counter. An invalid count counts as 0, because a metric must not make the work fail. */
export const amount = (count: number): number => (count > 0 && Number.isFinite(count) ? count : 0);
