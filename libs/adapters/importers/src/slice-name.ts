const ILLEGAL = /[^a-z0-9_.-]+/g;

/** A label of a source as a path of slices: lower case, `/` kept, everything else that a slice cannot hold as `-`. */
export function sliceName(label: string): string {
  const parts = label
    .normalize('NFKD')
    .toLowerCase()
    .split('/')
    .map((part) => part.replace(ILLEGAL, '-').replace(/^[^a-z0-9]+|-+$/g, ''))
    .filter((part) => part !== '');
  return parts.join('/').slice(0, 128).replace(/\/$/, '') || 'unnamed';
}
