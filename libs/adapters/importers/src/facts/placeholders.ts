/**
 * What stands in templates in place of a value: `???` of OmegaConf, `<path>`, `/path/to/data`, `your-data`, `s3://my-bucket`, `{{ data }}`,
 * `TODO`. A variable such as `${root}/web` is none where it leaves a name, `part-???.npy` is a pattern of files, and
 * `know-your-customer` a name.
 */
const PLACEHOLDER =
  /(?:^|\/)\?{3}(?:\/|$)|<[^<>\s][^<>]*>|(?:^|\/)path[-_/]to(?:[-_/]|$)|(?:^|[/:])your[-_]\w|(?:^|[/:])my[-_]bucket(?:[-_/]|$)|\{\{[^{}]*\}\}|^(?:todo|fixme|changeme|tbd|xxx+)$|^\$\{[^{}]*\}$/i;

/** Whether a name or an address is a placeholder that a user of the file has to fill in. */
export const isPlaceholder = (text: string): boolean => PLACEHOLDER.test(text.trim());

/** A part of a mixture: what it says it reads, and its weight as the file has it. */
type Part = { readonly source: string; readonly weight?: unknown };

/** The first placeholder among the sources and weights of a blend. Where there is one, the file is a template. */
export const placeholderIn = (parts: readonly Part[]): string | undefined =>
  parts
    .flatMap(({ source, weight }) => [source, ...(typeof weight === 'string' ? [weight] : [])])
    .find(isPlaceholder);
