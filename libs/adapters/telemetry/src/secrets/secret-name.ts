/** Found anywhere in the name without separators. */
const SECRET_PART = /passw(?:or)?d|passphrase|secret|token|credential|authorization|sasl|apikey|cookie/;

/** Found at the end of a word of the name: `key`, `accesskey`, `keys`, but not `keyspace`. */
const SECRET_ENDING = /(?:keys?|pass|pwd|auth|jwt|bearer|dsn|signature)$/;

/** Whether the value with this name must not be printed. If in doubt, it must not. */
export function isSecretName(name: string): boolean {
  const words = name
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replaceAll(/([A-Z]+)([A-Z][a-z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .map((word) => word.replace(/\d+$/, ''));
  return SECRET_PART.test(words.join('')) || words.some((word) => SECRET_ENDING.test(word));
}
