import { createHash } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import type { FastifyReply } from 'fastify';
import { SECURITY_HEADERS } from './security-headers.ts';

/** Text of a page in which every name has been escaped. Only `html` makes it. */
export class Markup {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

type Part = string | number | Markup | readonly Markup[];

/** Markup with values between it: texts and numbers are escaped, also for attributes in double quotes. */
export const html = (texts: TemplateStringsArray, ...values: readonly Part[]): Markup =>
  new Markup(texts.map((text, at) => text + rendered(values[at] ?? '')).join(''));

function rendered(value: Part): string {
  if (value instanceof Markup) return value.text;
  if (typeof value === 'string' || typeof value === 'number') return escaped(String(value));
  return value.map(({ text }) => text).join('\n');
}

const ENTITIES: ReadonlyMap<string, string> = new Map([
  ['&', '&amp;'],
  ['<', '&lt;'],
  ['>', '&gt;'],
  ['"', '&quot;'],
  ["'", '&#39;'],
]);

/** Control and bidirectional characters could make a name look like another one. */
const escaped = (text: string): string =>
  text
    .replaceAll(/[\p{Cc}\p{Bidi_Control}]/gu, (mark) => (mark === '\n' ? mark : '\uFFFD'))
    .replaceAll(/[&<>"']/g, (mark) => ENTITIES.get(mark) ?? mark);

export type Page = {
  readonly title: string;
  readonly body: Markup;
  /** Code of the page's own. It is the only one that runs. */
  readonly script?: string;
};

/** Whether the sender shows pages: a browser, not a program. */
export const wantsPage = ({ accept = '' }: Pick<IncomingHttpHeaders, 'accept'>): boolean =>
  accept.toLowerCase().includes('text/html');

/**
 * Sends a page of this server. It runs its own script and style alone, by their digests, asks this server alone, and loads
 * nothing.
 */
export const sendPage = (reply: FastifyReply, page: Page, status = 200): FastifyReply =>
  reply
    .status(status)
    .headers({ ...SECURITY_HEADERS, 'content-security-policy': policyOf(page), 'cache-control': 'no-store' })
    .header('content-type', 'text/html; charset=utf-8')
    .send(documentOf(page));

function policyOf({ script }: Page): string {
  const code = script === undefined ? '' : `; script-src ${digestOf(script)}; connect-src 'self'`;
  return `${SECURITY_HEADERS['content-security-policy']}; style-src ${digestOf(STYLE)}${code}`;
}

const digestOf = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

const STYLE = `
:root { color-scheme: light dark; font: 15px/1.5 system-ui, sans-serif }
body { max-width: 62rem; margin: 2rem auto; padding: 0 1rem }
h1 { font-size: 1.5rem } h2 { font-size: 1.1rem; margin-top: 2rem }
table { border-collapse: collapse } td, th { text-align: left; padding: .15rem 1.2rem .15rem 0; vertical-align: top; overflow-wrap: anywhere }
td.number { text-align: right; font-variant-numeric: tabular-nums }
pre, code, textarea { font: 13px/1.45 ui-monospace, monospace }
pre { overflow: auto; padding: .6rem; border: 1px solid #8886 }
textarea { width: 100%; box-sizing: border-box; min-height: 9rem }
.warning { border-left: 4px solid #c60; padding-left: .8rem }
`;

const documentOf = ({ title, body, script }: Page): string =>
  `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escaped(title)}</title><style>${STYLE}</style></head>
<body>
${body.text}
${script === undefined ? '' : `<script>${script}</script>`}
</body>
</html>
`;
