import type { Topic, TopicRecord } from '@tributary/event-log';

/** Every record that the topic holds now. */
export async function recordsOf(topic: Topic): Promise<TopicRecord[]> {
  const ends = (await topic.bounds()).map(({ end }) => end);
  const records: TopicRecord[] = [];
  const left = new Set(ends.flatMap((end, partition) => (end > 0 ? [partition] : [])));
  if (left.size === 0) return records;
  let done = (): void => undefined;
  const all = new Promise<void>((resolve) => (done = resolve));
  const following = await topic.follow({
    from: ends.map(() => 0),
    take: (arrived) => {
      const end = ends[arrived.partition] ?? 0;
      for (const record of arrived.records) {
        if (record.offset < end) records.push(record);
        if (record.offset >= end - 1) left.delete(arrived.partition);
      }
      if (left.size === 0) done();
      return Promise.resolve();
    },
  });
  await all;
  await following.stop();
  return records;
}

export type DeadLetterCounts = {
  /** Dead letters by the code of their refusal. */
  readonly byCode: ReadonlyMap<string, number>;
  readonly deadLetters: number;
  /** Distinct records of the topic that they name. */
  readonly positions: number;
  /** Records in the topic of dead letters: a batch that is read again parks its dead letters again. */
  readonly records: number;
};

/** The dead letters of a topic. Records with the same id are one dead letter. */
export async function deadLettersIn(topic: Topic): Promise<DeadLetterCounts> {
  const records = await recordsOf(topic);
  const codes = new Map<string, string>();
  const positions = new Set<string>();
  for (const { key, headers } of records) {
    const texts = new Map(headers.map(([name, text]) => [name, Buffer.from(text).toString()]));
    codes.set(Buffer.from(key ?? []).toString(), texts.get('code') ?? '');
    positions.add(texts.get('endpoint') ?? '');
  }
  const byCode = new Map<string, number>();
  for (const code of codes.values()) byCode.set(code, (byCode.get(code) ?? 0) + 1);
  return { byCode, deadLetters: codes.size, positions: positions.size, records: records.length };
}
