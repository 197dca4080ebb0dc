import { isIP } from 'node:net';

export type Address = {
  readonly host: string;
  /** 0 takes a free port. */
  readonly port: number;
  /** Host names that requests may use besides those of loopback; `.example.org` stands for every name below it, `*` for all. */
  readonly allowedHosts?: readonly string[] | undefined;
  /** Port of the metrics; that of everything else where absent. */
  readonly metricsPort?: number | undefined;
};

/** Which names a server has. Everything else that a request names is another site. */
export type ServerNames = {
  /** Whether a request may name this host, as its Host header does. */
  allows(hostname: string): boolean;
  /** Whether a name was configured for this server, by itself or by the domain above it. */
  isConfigured(hostname: string): boolean;
};

/**
 * The names of a server. Beyond loopback an IP address is one too, because only a domain name can be made to resolve to
 * this machine by somebody else; and so is an absent name, because every browser sends one.
 */
export function serverNames({ host: boundTo, allowedHosts = [] }: Address): ServerNames {
  const isLocal = isLoopback(boundTo);
  const names = new Set(allowedHosts.map((name) => name.toLowerCase()));
  const isConfigured = (hostname: string): boolean => {
    if (hostname.length > LONGEST_NAME) return false;
    const name = hostname.toLowerCase();
    return names.has(name) || domainsAbove(name).some((domain) => names.has(domain));
  };
  return {
    isConfigured,
    allows: (hostname) =>
      isLoopback(hostname.toLowerCase()) ||
      isConfigured(hostname) ||
      names.has('*') ||
      (!isLocal && (hostname === '' || hostname === boundTo || isIP(unbracketed(hostname)) > 0)),
  };
}

/** Longest domain name (RFC 1035). */
const LONGEST_NAME = 253;

/** `.b.c` and `.c` for `a.b.c`. */
const domainsAbove = (name: string): string[] =>
  Array.from(name.matchAll(/\./g), ({ index }) => name.slice(index));

const unbracketed = (hostname: string): string => hostname.replace(/^\[(.*)\]$/, '$1');

const isLoopback = (host: string): boolean =>
  host === 'localhost' || host === '::1' || host === '[::1]' || (isIP(host) === 4 && host.startsWith('127.'));

/** Where a server listens, in words. A wildcard stands for every address of the machine, and `url` names only one of them. */
export function listeningText(host: string, url: string): string {
  if (!WILDCARDS.has(host)) return url;
  return `every address of this machine, port ${new URL(url).port} (here ${url})`;
}

const WILDCARDS: ReadonlySet<string> = new Set(['0.0.0.0', '::']);

/** A path of this machine as a server may show it: beyond loopback only its place in the text is left. */
export const shownPath = ({ host }: Address, path: string): string => (isLoopback(host) ? path : '…');

/** Whether other machines can reach a server. */
export const isExposed = ({ host }: Address): boolean => !isLoopback(host);

/** What a start says beyond loopback: who reaches the server, and under which names. Undefined on loopback. */
export function exposureText(address: Address, authenticates: boolean): string | undefined {
  if (!isExposed(address)) return undefined;
  const names = ['localhost', 'IP addresses', ...(address.allowedHosts ?? [])].join(', ');
  const callers = authenticates
    ? 'Other machines can reach it, and callers need an API key.'
    : 'WARNING: other machines can reach it, and it does not authenticate its callers (TRIBUTARY_AUTH=none): whoever reaches it reads, writes and decides in every name.';
  return `${callers} It answers to ${names} (TRIBUTARY_ALLOWED_HOSTS).`;
}
