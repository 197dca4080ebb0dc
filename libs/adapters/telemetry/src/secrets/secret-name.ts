/** Found anywhere in a name written together. */
const TELLING = /passw(?:or)?d|passphrase|secret|token|credential|authorization|sasl|apikey|cookie/;

/** Found at the end of one of a name's words: `key`, `accesskey`, `keys`, but not `keyspace`. */
const WORD = /(?:keys?|pass|pwd|auth|jwt|bearer|dsn|signature)$/;

/** Whether what stands under a name is to be kept from logs and screens. Rather one name too many than one too few. */
export function isSecretName(name: string): boolean {
  const words = name
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replaceAll(/([A-Z]+)([A-Z][a-z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .map((word) => word.replace(/\d+$/, ''));
  return TELLING.test(words.join('')) || words.some((word) => WORD.test(word));
}
