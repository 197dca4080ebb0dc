import type { FastifyReply } from 'fastify';
import { html, sendPage } from '../page.ts';

/** What a browser without a key is shown: how to authenticate, and nothing of what is recorded. */
export const sendKeyPage = (reply: FastifyReply): FastifyReply =>
  sendPage(
    reply,
    {
      title: 'Tributary',
      body: html`<h1>Tributary</h1>
        <p>
          This server records lineage and provenance of language models. It answers callers with an API key,
          so this page shows nothing else.
        </p>
        <p>
          Make a key on the machine of the server, and send it as <code>Authorization: Bearer trb_…</code>:
        </p>
        <pre>
tributary keys create --name NAME --scope read
TRIBUTARY_API_KEY=trb_… tributary status --url ADDRESS</pre>`,
    },
    401,
  );
