import { setActor } from '@tributary/capture';
import type { Actor, Problem, Scope } from '@tributary/capture';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { wantsPage } from '../page.ts';
import { sendProblem } from '../problem.ts';
import type { Authenticator } from './authenticator.ts';
import { sendKeyPage } from './key-page.ts';
import { requiredOf } from './required-scopes.ts';
import type { Required } from './required-scopes.ts';

/** Makes a server answer callers alone whom it knows, and each what its scopes allow. */
export function guardAccess(
  fastify: Pick<FastifyInstance, 'addHook'>,
  { authenticate }: Authenticator,
): void {
  fastify.addHook('onRequest', (request, reply, done) => {
    const isShown = isPage(request);
    const required = isShown ? READING : requiredOf(request.method, request.routeOptions.url);
    if (required === 'nothing') return done();
    const found = authenticate(request.headers);
    if (!found.ok && isShown) return sendKeyPage(reply.header('www-authenticate', CHALLENGE));
    if (!found.ok) return refuse(reply, unauthenticated(found.code, found.text));
    setActor(request.raw, found.actor);
    const missing = missingScope(found.actor, required);
    return missing ? refuse(reply, missing) : done();
  });
}

const READING: readonly Scope[] = ['read'];

/** Whether a browser asks for a page of this server. */
const isPage = ({ method, headers, routeOptions }: FastifyRequest): boolean =>
  method === 'GET' && wantsPage(headers) && PAGE_ROUTES.has(routeOptions.url ?? '');

const PAGE_ROUTES: ReadonlySet<string> = new Set(['/', '/explore']);

/** A route without a rule is closed to everybody. */
function missingScope({ name, scopes }: Actor, required: Required = []): Problem | undefined {
  if (typeof required === 'string') return undefined;
  if (required.some((scope) => scopes.has(scope))) return undefined;
  return {
    status: 403,
    title: 'not allowed',
    code: 'scope_missing',
    detail: scopeText(name, required),
    scope: required.join(' '),
  };
}

/** Why a caller may not do something, and what to do. */
export const scopeText = (name: string, required: readonly Scope[]): string =>
  `the key of ${JSON.stringify(name)} has not the scope ${required.join(' or ')}; use one that has it (\`tributary keys create --scope …\`)`;

const unauthenticated = (code: string, detail: string): Problem => ({
  status: 401,
  title: 'not authenticated',
  code,
  detail,
});

const CHALLENGE = 'Bearer realm="tributary"';

/** The challenge of RFC 6750, and the problem in the form of the protocol. */
function refuse(reply: FastifyReply, problem: Problem): FastifyReply {
  const { code, scope } = problem;
  const named = typeof scope === 'string' ? scope : undefined;
  const invalid = code === 'credential_invalid' ? ', error="invalid_token"' : '';
  const insufficient = named === undefined ? '' : `, error="insufficient_scope", scope="${named}"`;
  void reply.header('www-authenticate', `${CHALLENGE}${invalid}${insufficient}`);
  return sendProblem(reply, problem);
}
