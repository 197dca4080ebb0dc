import type { Socket } from 'node:net';
import { setTimeout } from 'node:timers/promises';

/** What the proxy does to bytes now; it changes under the connections. */
export type NetworkFaults = {
  delay: number;
  /** While it is there nothing arrives. */
  blackhole: Promise<void> | undefined;
  /** Of clients, before a reset. */
  bytesLeft: number;
  /** That arrive whole, before one is cut. */
  answersLeft: number;
  truncatedBytes: number;
  /** Connections of an earlier one are stranded. */
  generation: number;
};

/** Carries bytes both ways until either end closes or the weather cuts them off. */
export function forward(client: Socket, server: Socket, weather: NetworkFaults, cut: () => void): void {
  const { generation } = weather;
  let asking = false;
  let cutting: number | undefined;

  const upwards = (bytes: number): number => {
    asking = true;
    if (generation < weather.generation) return 0;
    const arriving = Math.min(bytes, weather.bytesLeft);
    // The failure happens once: what is sent again gets through.
    weather.bytesLeft = arriving < bytes ? Infinity : weather.bytesLeft - arriving;
    return arriving;
  };
  const downwards = (bytes: number): number => {
    if (asking && weather.answersLeft === 0) cutting = weather.truncatedBytes;
    if (asking) weather.answersLeft = cutting === undefined ? weather.answersLeft - 1 : Infinity;
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
      await weather.blackhole;
      if (to.destroyed) return;
      if (count > 0) await new Promise((written) => to.write(chunk.subarray(0, count), written));
      if (count < chunk.length) cut();
    };
    from.on('data', (chunk: Buffer) => {
      const count = arriving(chunk.length);
      const due = weather.delay === 0 ? 0 : Date.now() + weather.delay;
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
