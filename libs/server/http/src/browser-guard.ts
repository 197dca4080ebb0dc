import type { IncomingHttpHeaders } from 'node:http';
import type { Problem } from '@tributary/capture';
import type { FastifyInstance } from 'fastify';
import { serverNames } from './address.ts';
import type { Address, ServerNames } from './address.ts';
import { pathOf, sendProblem } from './problem.ts';

/**
 * Makes a server refuse what a page of another site sends through the browser of somebody who can reach this server,
 * reads included: a resource isolation policy over Fetch metadata, and over Origin for browsers that send no metadata.
 * Programs that are no browsers send neither and pass.
 */
export function guardBrowser(fastify: Pick<FastifyInstance, 'addHook'>, address: Address): void {
  const names = serverNames(address);
  fastify.addHook('onRequest', (request, reply, done) => {
    const { method, headers } = request;
    const refusal = foreignSite(method, pathOf(request), headers) ?? foreignOrigin(headers, names);
    return refusal ? sendProblem(reply, refusal) : done();
  });
}

/** Paths that a person opens in a browser. A link to them may be followed from any page, which cannot read the answer. */
const PAGES: ReadonlySet<string> = new Set(['/', '/explore', '/health', '/ready', '/metrics', '/graphql']);

/** The person (`none`) and pages of this server. A site beside it, such as another port of localhost, is not trusted. */
const OWN_SITES: ReadonlySet<string> = new Set(['none', 'same-origin']);

function foreignSite(method: string, path: string, headers: IncomingHttpHeaders): Problem | undefined {
  const site = headers['sec-fetch-site'];
  if (site === undefined || OWN_SITES.has(String(site))) return undefined;
  const isFollowedLink =
    method === 'GET' &&
    headers['sec-fetch-mode'] === 'navigate' &&
    headers['sec-fetch-dest'] === 'document' &&
    PAGES.has(path);
  if (isFollowedLink) return undefined;
  return refusal(
    'foreign_site',
    `the header Sec-Fetch-Site is ${quoted(site)}: a page of another site sent this request. ` +
      'Send it from a program or from a page of this server; behind a proxy, serve page and API under one host, and name it in TRIBUTARY_ALLOWED_HOSTS',
  );
}

/** Behind a proxy that replaces the Host header, an origin counts that has a configured name and the usual port. */
function foreignOrigin(headers: IncomingHttpHeaders, names: ServerNames): Problem | undefined {
  const { origin, host = '' } = headers;
  if (origin === undefined) return undefined;
  const url = urlOf(origin);
  const own = url && urlOf(`${url.protocol}//${host}`);
  if (url && own && url.host === own.host) return undefined;
  if (url && url.port === '' && names.isConfigured(url.hostname)) return undefined;
  return refusal(
    'foreign_origin',
    `the header Origin is ${quoted(origin)}, which is not this server (Host ${quoted(host)}). ` +
      'Send the request from a program or from a page of this server; behind a proxy that replaces Host, name the host of the page in TRIBUTARY_ALLOWED_HOSTS',
  );
}

const refusal = (code: string, detail: string): Problem => ({
  status: 403,
  title: 'request of a foreign page',
  code,
  detail,
});

const urlOf = (text: string): URL | undefined => (URL.canParse(text) ? new URL(text) : undefined);

const quoted = (value: unknown): string => JSON.stringify(String(value).slice(0, 100));
