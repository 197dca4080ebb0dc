const [P1, P2, P3, P4, P5] = [
  0x9e3779b185ebca87n,
  0xc2b2ae3d27d4eb4fn,
  0x165667b19e3779f9n,
  0x85ebca77c2b2ae63n,
  0x27d4eb2f165667c5n,
] as const;

const STRIPE = 32;

const wrapped = (value: bigint): bigint => BigInt.asUintN(64, value);
const rotated = (value: bigint, bits: bigint): bigint => wrapped(value << bits) | (value >> (64n - bits));
const round = (lane: bigint, input: bigint): bigint => wrapped(rotated(wrapped(lane + input * P2), 31n) * P1);
const merged = (hash: bigint, lane: bigint): bigint => wrapped((hash ^ round(0n, lane)) * P1 + P4);

/** XXH64 of bytes as they come, with seed 0: the checksum of zstd (github.com/Cyan4973/xxHash, doc/xxhash_spec.md). */
export class Xxh64 {
  #lanes = [wrapped(P1 + P2), P2, 0n, wrapped(-P1)];
  #rest = Buffer.alloc(0);
  #length = 0n;

  add(bytes: Uint8Array): void {
    this.#length += BigInt(bytes.length);
    const all = this.#rest.length === 0 ? Buffer.from(bytes) : Buffer.concat([this.#rest, bytes]);
    let [a = 0n, b = 0n, c = 0n, d = 0n] = this.#lanes;
    let at = 0;
    for (; at + STRIPE <= all.length; at += STRIPE) {
      a = round(a, all.readBigUInt64LE(at));
      b = round(b, all.readBigUInt64LE(at + 8));
      c = round(c, all.readBigUInt64LE(at + 16));
      d = round(d, all.readBigUInt64LE(at + 24));
    }
    this.#lanes = [a, b, c, d];
    this.#rest = all.subarray(at);
  }

  digest(): bigint {
    const [a = 0n, b = 0n, c = 0n, d = 0n] = this.#lanes;
    let hash: bigint = P5;
    if (this.#length >= BigInt(STRIPE)) {
      hash = wrapped(rotated(a, 1n) + rotated(b, 7n) + rotated(c, 12n) + rotated(d, 18n));
      for (const lane of [a, b, c, d]) hash = merged(hash, lane);
    }
    return avalanche(this.#tail(wrapped(hash + this.#length)));
  }

  /** The bytes behind the last stripe. */
  #tail(before: bigint): bigint {
    const rest = this.#rest;
    let [hash, at] = [before, 0];
    for (; at + 8 <= rest.length; at += 8)
      hash = wrapped(rotated(hash ^ round(0n, rest.readBigUInt64LE(at)), 27n) * P1 + P4);
    if (at + 4 <= rest.length) {
      hash = wrapped(rotated(hash ^ wrapped(BigInt(rest.readUInt32LE(at)) * P1), 23n) * P2 + P3);
      at += 4;
    }
    for (; at < rest.length; at += 1)
      hash = wrapped(rotated(hash ^ wrapped(BigInt(rest.readUInt8(at)) * P5), 11n) * P1);
    return hash;
  }
}

function avalanche(hash: bigint): bigint {
  const first = wrapped((hash ^ (hash >> 33n)) * P2);
  const second = wrapped((first ^ (first >> 29n)) * P3);
  return second ^ (second >> 32n);
}
