const WORD = /^[a-z0-9_]{1,64}$/;
const MOST_WORDS = 100;
const MOST_PARTITIONS = 10_000;

/** Where a value goes that is none of those that a label may have. */
const OTHER = 'other';

/** Lets a metric have the first 100 words it meets as label values; what is no word of ours, or comes later, is `other`. */
export function wordLabels(): (text: string) => string {
  const met = new Set<string>();
  return (text) => {
    if (met.has(text)) return text;
    if (!WORD.test(text) || met.size >= MOST_WORDS) return OTHER;
    met.add(text);
    return text;
  };
}

/** Lets a metric have the values that its service names. */
export function listedLabels(listed: readonly string[]): (text: string) => string {
  return (text) => (listed.includes(text) ? text : OTHER);
}

/** The number of a partition as a label. */
export function partitionLabel(partition: number): string {
  return Number.isInteger(partition) && partition >= 0 && partition < MOST_PARTITIONS
    ? String(partition)
    : OTHER;
}
