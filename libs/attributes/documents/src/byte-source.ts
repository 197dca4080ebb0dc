import { Fault } from '@tributary/kernel';

/** Takes bytes from a stream of chunks, as many as are asked for. */
export class ByteSource {
  readonly #chunks: AsyncIterator<Buffer>;
  #rest: Buffer = Buffer.alloc(0);
  #at = 0;

  constructor(chunks: AsyncIterable<Buffer>) {
    this.#chunks = chunks[Symbol.asyncIterator]();
  }

  /** Bytes that have been taken. */
  get at(): number {
    return this.#at;
  }

  /** The next bytes, in parts. Throws Fault `file_broken` where the stream ends before them. */
  async *take(length: number): AsyncGenerator<Buffer> {
    for (let left = length; left > 0;) {
      if (this.#rest.length === 0 && !(await this.#pull()))
        throw new Fault('file_broken', `it ends at byte ${this.#at}, ${left} bytes before it should`);
      const part = this.#rest.subarray(0, left);
      this.#rest = this.#rest.subarray(part.length);
      this.#at += part.length;
      left -= part.length;
      yield part;
    }
  }

  /** The next bytes as one. */
  async bytes(length: number): Promise<Buffer> {
    const parts: Buffer[] = [];
    for await (const part of this.take(length)) parts.push(part);
    return parts.length === 1 && parts[0] ? parts[0] : Buffer.concat(parts);
  }

  /** What is left, in parts. */
  async *rest(): AsyncGenerator<Buffer> {
    while (this.#rest.length > 0 || (await this.#pull())) yield* this.take(this.#rest.length);
  }

  /** Ends the stream where it is not read to its end. */
  async close(): Promise<void> {
    await this.#chunks.return?.();
  }

  async #pull(): Promise<boolean> {
    while (this.#rest.length === 0) {
      const { done, value } = await this.#chunks.next();
      if (done) return false;
      this.#rest = value;
    }
    return true;
  }
}
