import { importers, MAP_KIND } from '@tributary/importers';
import { excerptOf } from '../excerpt.ts';
import { EXIT, Exit } from '../exit.ts';
import { EventAtDocument, EventByIdDocument } from '../generated/documents.ts';
import type { EventAtQuery } from '../generated/documents.ts';
import type { AddCommand } from '../program.ts';
import { credentialHeader } from '../server/credential.ts';
import { ask, jsonOf } from '../server/graphql.ts';
import { withServer } from '../server/reach.ts';
import type { CommonOptions, CliContext } from '../context.ts';
import { TAG_KIND } from '../tag/tag-kind.ts';
import { printable } from '../text/format.ts';

type Recorded = NonNullable<EventAtQuery['event']>;

/** schemas/answers/source.json */
export type SourceAnswer = Omit<Recorded, 'json'> & {
  readonly sha256: string;
  readonly pointer: string;
  /** Whether the server keeps the file. */
  readonly kept: boolean;
  readonly excerpt: string | null;
};

export function addSource(add: AddCommand, context: CliContext): void {
  add('source', 'show the file and the part of it that a fact was imported from')
    .argument('<event>', 'id of an imported event, or a position of the log')
    .action(async (event: string, options: CommonOptions) => {
      const answer = await withServer(options, (url) => sourceOf(url, event));
      context.print(`${options.json ? JSON.stringify(answer) : sourceText(answer)}\n`);
    });
}

async function sourceOf(url: string, event: string): Promise<SourceAnswer> {
  const recorded = await find(url, event);
  if (!recorded) throw new Exit(EXIT.failed, `there is no imported event ${event}`, 'unknown_event');
  const { json, ...named } = recorded;
  const origin: { importedsha256?: unknown; importedpointer?: unknown } = jsonOf(json) ?? {};
  const { importedsha256: sha256, importedpointer: pointer } = origin;
  if (typeof sha256 !== 'string' || typeof pointer !== 'string' || !/^[0-9a-f]{64}$/.test(sha256))
    throw new Exit(EXIT.failed, `the event ${event} was not imported from a file`, 'not_imported');
  const response = await fetch(`${url}/v1/blobs/${sha256}`, { headers: credentialHeader(url) });
  if (!response.ok && response.status !== 404)
    throw new Exit(EXIT.failed, `${url} does not give the file: ${response.status}`);
  const bytes = new Uint8Array(await response.arrayBuffer());
  const excerpt = response.ok ? ((await excerptOf(bytes, pointer)) ?? null) : null;
  return { ...named, sha256, pointer, kept: response.ok, excerpt };
}

async function find(url: string, event: string): Promise<Recorded | null> {
  if (/^\d{1,20}$/.test(event))
    return (await orNothing(ask(url, EventAtDocument, { position: event }), { event: null })).event;
  for (const kind of [MAP_KIND, TAG_KIND, ...importers.map((importer) => importer.kind)]) {
    const named = { source: `urn:tributary:importer:${kind}`, id: event };
    const { eventById } = await orNothing(ask(url, EventByIdDocument, named), { eventById: null });
    if (eventById) return eventById;
  }
  return null;
}

/** The answer, or `nothing` where there is no such event. */
const orNothing = <Answer>(answer: Promise<Answer>, nothing: Answer): Promise<Answer> =>
  answer.catch((error: unknown) => {
    if (error instanceof Exit && error.refusal === 'unknown_event') return nothing;
    throw error;
  });

export function sourceText({ type, id, position, sha256, pointer, kept, excerpt }: SourceAnswer): string {
  const lines = excerpt?.split('\n').map((line) => `  ${printable(line)}`) ?? [];
  const missing = kept ? missingText(pointer, sha256) : 'the file itself is not kept';
  return [
    `${printable(type)} ${printable(id)} (position ${position})`,
    `file ${sha256}, ${printable(pointer)}`,
    ...(excerpt === null || isBinary(pointer) ? [missing] : []),
    ...lines,
  ].join('\n');
}

/** Bytes are shown in hexadecimal; records of a columnar or framed file are not shown. */
const isBinary = (pointer: string): boolean => /^(?:record|bytes):/.test(pointer);

const missingText = (pointer: string, sha256: string): string =>
  isBinary(pointer)
    ? `the file is binary; its bytes: GET /v1/blobs/${sha256}`
    : `${pointer} is not text in the file; the whole file: GET /v1/blobs/${sha256}`;
