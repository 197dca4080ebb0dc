import { EXIT, Exit } from '../exit.ts';
import type { TypedDocument } from '../generated/documents.ts';
import { credentialHeader } from './credential.ts';

type Reply<Answer> = { data?: Answer | null; errors?: readonly AnswerError[] };

type AnswerError = { readonly message: string; readonly extensions?: { readonly code?: string } };

/** Sends a document with its variables to the server at `url` and returns the answer. Throws Exit where there is none. */
export async function ask<Answer, Variables>(
  url: string,
  document: TypedDocument<Answer, Variables>,
  variables: Variables,
): Promise<Answer> {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/json', ...credentialHeader(url) },
    body: JSON.stringify({ query: document.text, variables }),
  }).catch((error: unknown) => {
    throw new Exit(EXIT.failed, `no answer from ${url}: ${reasonOf(error)}. Is the server running?`);
  });
  const text = await response.text();
  const reply: Reply<Answer> | undefined = jsonOf(text);
  const [error] = reply?.errors ?? [];
  if (error) throw refusalOf(url, error);
  if (response.status === 503) throw notReady(url, text);
  if (!reply?.data) throw new Exit(EXIT.failed, `${url} answered ${response.status} without data`);
  return reply.data;
}

/** A field of an answer that is null only beside an error. `ask` throws that, so null here is a fault of the server. */
export function present<Value>(value: Value | null, url: string): Value {
  if (value !== null) return value;
  throw new Exit(EXIT.failed, `${url} answered null without a reason`);
}

/** A command that is told so asks again. */
export const REBUILD_RUNNING = 'rebuild_running';

/** A question about what no event mentions is refused by its code; any other error is the server's. */
function refusalOf(url: string, { message, extensions }: AnswerError): Exit {
  const code = extensions?.code ?? '';
  if (code === REBUILD_RUNNING) return new Exit(EXIT.failed, message, code);
  if (NO_ROOM.has(code)) return new Exit(EXIT.failed, `${url} cannot answer: ${message}`, code);
  if (CALLER.has(code)) return new Exit(EXIT.failed, `${url} refuses: ${message}`, code);
  if (!/^unknown_|_unknown$/.test(code)) return new Exit(EXIT.failed, `${url} cannot answer: ${message}`);
  const hint = code === 'unknown_run' ? '. Give its id or an unambiguous prefix of it.' : '.';
  return new Exit(EXIT.failed, `${message}${hint}`, code);
}

/** The disk of the server takes no more: it can answer, and records nothing. */
export const NO_ROOM: ReadonlySet<string> = new Set(['disk_full', 'disk_low']);

/** What is wrong is who asks. */
const CALLER: ReadonlySet<string> = new Set([
  'credential_missing',
  'credential_invalid',
  'scope_missing',
  'actor_mismatch',
  'actor_missing',
]);

type NotReady = {
  readonly conditions?: readonly { readonly code: string; readonly detail: string }[];
  readonly code?: string;
  readonly detail?: string;
};

/** A server that is not ready lists the readiness conditions, and one that is busy says so. */
function notReady(url: string, text: string): Exit {
  const { conditions = [], code, detail } = jsonOf<NotReady>(text) ?? {};
  if (code === 'busy') return new Exit(EXIT.failed, `${url} cannot answer: ${detail}`, code);
  const listed = conditions.map(({ code, detail }) => `\n  ${code}: ${detail}`).join('');
  return new Exit(EXIT.failed, `${url} is not ready${listed || ': try again later'}`);
}

export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? error.cause.message : error.message;
}

/** Undefined where the text is not JSON. */
export function jsonOf<Value>(text: string): Value | undefined {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
