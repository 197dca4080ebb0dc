/** The credentials of this process by the origin of the server that knows them. */
const credentials = new Map<string, string>();

/** Sends a credential with every request to a server from now on. None is sent where it is empty or undefined. */
export function useCredential(url: string, credential: string | undefined): void {
  if (credential === undefined || credential === '') credentials.delete(originOf(url));
  else credentials.set(originOf(url), credential);
}

/** The header that says who asks; none where this process has no credential for the server. */
export function credentialHeader(url: string): Readonly<Record<string, string>> {
  const credential = credentials.get(originOf(url));
  return credential === undefined ? {} : { authorization: `Bearer ${credential}` };
}

/**
 * The name to act in. A server that knows who asks takes no other name, so the user of this machine is named only where this
 * process has no credential for it.
 */
export const actorFor = (url: string, given: string | undefined, user: () => string): string | undefined =>
  given ?? (credentials.has(originOf(url)) ? undefined : user());

/** The help of `--actor`. */
export const WHO_ACTS =
  'who says so; the history records it (default: whose key is used, or the user of this machine)';

const originOf = (url: string): string => (URL.canParse(url) ? new URL(url).origin : url);
