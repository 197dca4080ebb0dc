import type { RecordedEvent } from './event-log.ts';
import { omissionOf } from './kafka/omission.ts';

/**
 * Positions of a partition between two sums that a log keeps: few enough that the hashes between them are read in
 * milliseconds. There is no position 0.
 */
export const DIGEST_RANGE = 4_096;

const WORD = 2 ** 32;

/** What an event is digested from. An omission has no content and adds nothing. */
type Digested = Pick<RecordedEvent, 'source' | 'type' | 'hash' | 'omitted'>;

/**
 * The sum of the digests of events, modulo 2^64. The digest of an event is its number in the partition mixed with the
 * first 64 bits of the SHA-256 of its bytes, which contain source and id. The sum of two sets is the sum of their sums,
 * in any order. Two histories that differ have the same sum with probability 2^-64. That is a guard against mistakes, not
 * against somebody who chooses events until the sums agree: signed checkpoints are.
 */
export class DigestSum {
  #high: number;
  #low: number;

  constructor(sum = 0n) {
    this.#high = Number(sum >> 32n);
    this.#low = Number(sum & 0xffff_ffffn);
  }

  /** This runs for every event, so it computes with two words of 32 bits instead of a bigint. */
  add(number: number, event: Digested): void {
    if (event.omitted !== undefined || omissionOf(event) !== undefined) return;
    const { high, low } = digestOf(number, event.hash);
    const sum = this.#low + low;
    const over = sum >= WORD ? 1 : 0;
    this.#low = sum - over * WORD;
    this.#high = (this.#high + high + over) % WORD;
  }

  get value(): bigint {
    return (BigInt(this.#high) << 32n) | BigInt(this.#low);
  }
}

/** A sum without what another one has, modulo 2^64. */
export const digestBetween = (before: bigint, until: bigint): bigint => BigInt.asUintN(64, until - before);

/** A bijection of the hash's 64 bits for each number, so that events that exchange their positions are noticed too. */
function digestOf(number: number, hash: string): { readonly high: number; readonly low: number } {
  const at = Math.imul(number | 0, 0x9e37_79b1) ^ Math.floor(number / WORD);
  const high = mixed(Number.parseInt(hash.slice(0, 8), 16) ^ mixed(at));
  const low = mixed(Number.parseInt(hash.slice(8, 16), 16) ^ high ^ Math.imul(at, 0x85eb_ca77));
  return { high: high >>> 0, low: low >>> 0 };
}

/** The finaliser of MurmurHash3 for 32 bits. */
function mixed(word: number): number {
  let bits = Math.imul(word ^ (word >>> 16), 0x85eb_ca6b);
  bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2_ae35);
  return bits ^ (bits >>> 16);
}
