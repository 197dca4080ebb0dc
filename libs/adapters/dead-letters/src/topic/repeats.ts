import type { FoldedPartition } from '../dead-letter-store.ts';
import type { ProducerSequence } from './dead-letter-record.ts';

/** Processes whose last numbers are remembered: a repeat follows its first copy within the patience of one append. */
const MAX_WRITERS = 64;

type Writers = FoldedPartition['writers'];

/** Numbers of a process ascend along a partition; one that does not has been there before. */
export const isDuplicate = (writers: Writers, { writer, number }: ProducerSequence): boolean =>
  number <= (writers[writer] ?? -1);

/** `writers` with a ticket noted. Only what the topic says goes into it, so that every process forgets the same ones. */
export function withSequence(writers: Writers, { writer, number }: ProducerSequence): Writers {
  const { [writer]: before = -1, ...others } = writers;
  const kept = Object.entries(others).slice(1 - MAX_WRITERS);
  return { ...Object.fromEntries(kept), [writer]: Math.max(before, number) };
}
