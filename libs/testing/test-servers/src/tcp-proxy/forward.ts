import type { Socket } from 'node:net';
import { setTimeout } from 'node:timers/promises';

/** The current faults of the network. They apply to open connections at once. */
export type NetworkFaults = {
  delay: number;
  /** While it is set, no bytes are forwarded; it resolves when they are again. */
  blackhole: Promise<void> | undefined;
  /** Bytes of clients that are forwarded before a reset. */
  bytesLeft: number;
  /** Answers that are forwarded completely before one is truncated. */
  answersLeft: number;
  truncatedBytes: number;
  /** Connections of an earlier generation are stranded. */
  generation: number;
};

/** Forwards bytes in both directions until either end closes or a fault ends the connection. */
export function forward(client: Socket, server: Socket, faults: NetworkFaults, cut: () => void): void {
  const { generation } = faults;
  let asking = false;
  let cutting: number | undefined;

  const upwards = (bytes: number): number => {
    asking = true;
    if (generation < faults.generation) return 0;
    const arriving = Math.min(bytes, faults.bytesLeft);
    // The fault happens once: a retry is forwarded.
    faults.bytesLeft = arriving < bytes ? Infinity : faults.bytesLeft - arriving;
    return arriving;
  };
  const downwards = (bytes: number): number => {
    if (asking && faults.answersLeft === 0) cutting = faults.truncatedBytes;
    if (asking) faults.answersLeft = cutting === undefined ? faults.answersLeft - 1 : Infinity;
    asking = false;
    if (cutting === undefined) return bytes;
    const arriving = Math.min(bytes, cutting);
    cutting -= arriving;
    return arriving;
  };

  const way = (from: Socket, to: Socket, arriving: (bytes: number) => number): void => {
    let last: Promise<unknown> = Promise.resolve();
    const pass = async (chunk: Buffer, due: number, count: number): Promise<void> => {
      const early = due - Date.now();
      if (early > 0) await setTimeout(early);
      await faults.blackhole;
      if (to.destroyed) return;
      if (count > 0) await new Promise((written) => to.write(chunk.subarray(0, count), written));
      if (count < chunk.length) cut();
    };
    from.on('data', (chunk: Buffer) => {
      const count = arriving(chunk.length);
      const due = faults.delay === 0 ? 0 : Date.now() + faults.delay;
      if (due === 0) from.pause();
      last = last
        .then(() => pass(chunk, due, count))
        .then(() => from.resume())
        .catch(cut);
    });
    from.on('end', () => {
      last = last.then(() => to.end());
    });
  };
  way(client, server, upwards);
  way(server, client, downwards);
}
