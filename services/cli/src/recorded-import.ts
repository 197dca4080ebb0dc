import { randomUUID } from 'node:crypto';
import { userInfo } from 'node:os';
import { parseLogPosition, partitionCount, partitionStart, positionFromText } from '@tributary/kernel';
import type { Post } from './append.ts';
import type { Progress } from './context.ts';
import { StatusDocument } from './generated/documents.ts';
import type { RawFiles } from './import-answer.ts';
import { ImportRecord } from './import-record.ts';
import type { ImportTally } from './import-tally.ts';
import type { RecognisedKind } from './recognised.ts';
import { catchUp } from './server/catch-up.ts';
import { actorFor } from './server/credential.ts';
import { ask } from './server/graphql.ts';
import { postEvents } from './server/post-events.ts';
import { VERSION } from './version.ts';

type Work = {
  readonly url: string;
  readonly paths: readonly string[];
  readonly progress: Progress;
  /** Whether it is a recorded log: in a new log its events keep their positions. */
  readonly isLog?: boolean;
};

type Done = {
  readonly kinds: readonly Pick<RecognisedKind, 'kind' | 'sources' | 'files'>[];
  readonly notLookedAt: number;
  readonly tally: ImportTally;
  readonly raw?: RawFiles;
};

/** Runs an import, records what belongs to it, and waits for the tables. Returns its id and what it says of raw files. */
export async function recordedImport(
  { url, paths, progress, isLog = false }: Work,
  importing: (post: Post) => Promise<Done>,
): Promise<{ importId: string; raw?: RawFiles }> {
  const importId = randomUUID();
  const before = await endOfLog(url);
  const [first = '', ...others] = paths;
  const actor = actorFor(url, undefined, () => userInfo().username);
  const record = new ImportRecord(
    (lines) => postEvents(url, lines),
    {
      importId,
      paths: [first, ...others],
      program: `tributary ${VERSION}`,
      ...(actor !== undefined && { actor }),
    },
    before,
  );
  const isNew = before.every((position, partition) => position === partitionStart(partition));
  if (!isLog || !isNew) await record.begin();
  const { kinds, notLookedAt, tally, raw } = await importing((lines) => record.post(lines));
  await record.complete({
    kinds: kinds.map(({ kind, sources, files }) => ({ kind, sources, files })),
    byType: tally.appended.byType,
    refused: tally.rejected.length,
    notLookedAt,
  });
  await catchUp(url, progress);
  progress.step('');
  return { importId, ...(raw && { raw }) };
}

async function endOfLog(url: string) {
  const { status } = await ask(url, StatusDocument, {});
  const text = positionFromText(status.log.position);
  return parseLogPosition(text, partitionCount(text)) ?? [];
}
