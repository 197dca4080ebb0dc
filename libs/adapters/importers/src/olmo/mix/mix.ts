import type { FactCatalogue } from '@tributary/contracts';
import { addMembers } from '../../facts/add-members.ts';
import { fileImporter } from '../../file-importer.ts';
import type { Recognition } from '../../file-importer.ts';
import type { SourceFile } from '../../files/folder.ts';
import type { FactCollector } from '../../facts/fact-collector.ts';
import { contentId } from '../../facts/shard-list.ts';
import { redactSecrets } from '@tributary/kernel';
import { tokensDeclaredIn, fileStem, versionInName } from '../naming.ts';
import { filesByLabel, membersOf } from '../listed-members.ts';
import { mixLines } from './mix-lines.ts';
import type { MixLines } from './mix-lines.ts';

const PLACEHOLDER = '{TOKENIZER}';
const SHARD_FILE = /\.(npy|bin|parquet|arrow|jsonl?(\.(gz|zst))?|zst)$/i;

/**
 * A list of `label,path` lines: the shards of a data mix. They become members with repetitions. The shards themselves
 * are not registered, because the list does not state their sizes.
 */
export const olmoMix = fileImporter({
  kind: 'olmo-mix',
  version: '1.0',
  looksFor: 'lines of a label and the path of a token shard',
  recognise,
  readFile,
});

async function recognise(file: SourceFile): Promise<Recognition | undefined> {
  const head = await file.headLines();
  if (head.includes('\0') || /^\s*[[{]/.test(head)) return undefined;
  const { shards, unreadable } = mixLines(head);
  if (shards.length === 0 || unreadable.length > shards.length * 0.1) return undefined;
  const templates = shards.filter(({ path }) => path.includes(PLACEHOLDER)).length;
  const files = shards.filter(({ path }) => SHARD_FILE.test(path)).length;
  const share = Math.max(templates, files) / shards.length;
  if (share < 0.9) return undefined;
  return {
    confidence: templates > 0 ? 0.97 : 0.85,
    evidence: `lists token shards by label, ${templates} of them with a tokenizer placeholder`,
  };
}

async function readFile(file: SourceFile, collector: FactCollector): Promise<void> {
  const { value: lines, found } = redactSecrets(mixLines(await file.text()));
  const { findings } = collector;
  for (const line of lines.unreadable) {
    findings.reject(`${file.path}:${line}`, '', 'the line does not have the form label,path');
  }
  if (lines.shards.length === 0) {
    findings.reject(file.path, '', 'no line has the form label,path');
    return;
  }
  const origin = { sha256: await file.sha256(), pointer: '' };
  const snapshot = snapshotOf(file, { sha256: origin.sha256, lines, redacted: found.length > 0 });
  const { snapshotId } = snapshot;
  collector.add(origin, snapshotId, { type: 'corpus.snapshot.registered', data: snapshot });
  const members = membersOf(lines.shards);
  addMembers(collector, origin, snapshotId, members.members);
  const repeated = members.references - members.members.length;
  if (repeated > 0)
    findings.warn('shard_repeated', `${file.path}: a shard that is listed twice counts twice`, repeated);
  findings.warn(
    'tokens_unknown',
    `${file.path} lists files without token counts, so shares of tokens are unknown`,
  );
}

function snapshotOf(
  file: SourceFile,
  {
    sha256,
    lines,
    redacted,
  }: { readonly sha256: string; readonly lines: MixLines; readonly redacted: boolean },
): FactCatalogue['corpus.snapshot.registered'] {
  const name = fileStem(file.name);
  const version = versionInName(name);
  const members = membersOf(lines.shards);
  const leading = lines.comments.filter(({ line }, index) => line === index + 1).map(({ text }) => text);
  const comments = lines.comments.slice(0, 2000).map((comment) => {
    const tokens = tokensDeclaredIn(comment.text);
    return tokens === undefined ? comment : { ...comment, declaredTokens: tokens };
  });
  const labels = filesByLabel(members);
  return {
    snapshotId: `urn:olmo:mix:${contentId(name, sha256)}`,
    name: name.slice(0, 512),
    ...(version !== undefined && { version }),
    ...(leading.length > 0 && { description: leading.join('\n').slice(0, 16_384) }),
    digest: { algorithm: 'sha256', value: members.digest },
    config: {
      lines: members.references,
      shards: members.members.length,
      labels: Object.keys(labels).length,
      linesByLabel: labels,
      comments,
    },
    ...(redacted && { redacted }),
  };
}
