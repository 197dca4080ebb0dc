import { positionFromText } from '@tributary/kernel';
import type { Cursor } from './event-log.ts';

export const encodeCursor = (cursor: Cursor): Buffer => Buffer.from(JSON.stringify(cursor));

export function decodeCursor(value: Buffer): Cursor {
  const { position, planned }: { position: string; planned?: { from: string; to: string; token: string } } =
    JSON.parse(value.toString());
  if (!planned) return { position: positionFromText(position) };
  const { from, to, token } = planned;
  return {
    position: positionFromText(position),
    planned: { from: positionFromText(from), to: positionFromText(to), token },
  };
}
