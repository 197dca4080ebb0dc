import type { FactCatalogue } from '@tributary/contracts';
import type { Origin } from './imported-event.ts';
import type { Reading } from './reading.ts';

export type Member = FactCatalogue['corpus.members.listed']['members'][number];

/** Well below what one event of telemetry may hold, whatever the length of the names. */
const MEMBERS_A_FACT = 5000;
const BYTES_A_FACT = 384 * 1024;

/** Lists the members of a snapshot in as many facts as they need, in their order. */
export function addMembers(
  reading: Reading,
  origin: Origin,
  snapshotId: string,
  members: readonly Member[],
): void {
  let firstIndex = 0;
  for (const chunk of chunksOf(members)) {
    const data = { snapshotId, firstIndex, members: chunk };
    reading.add(origin, `${snapshotId}|${firstIndex}`, { type: 'corpus.members.listed', data });
    firstIndex += chunk.length;
  }
}

function chunksOf(members: readonly Member[]): [Member, ...Member[]][] {
  const chunks: [Member, ...Member[]][] = [];
  let bytes = 0;
  for (const member of members) {
    const length = Buffer.byteLength(JSON.stringify(member));
    const last = chunks.at(-1);
    if (last && last.length < MEMBERS_A_FACT && bytes + length <= BYTES_A_FACT) {
      last.push(member);
      bytes += length;
    } else {
      chunks.push([member]);
      bytes = length;
    }
  }
  return chunks;
}
