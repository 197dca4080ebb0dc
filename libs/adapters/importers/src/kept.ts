/** What files keep in memory together; beyond it, what was kept first is dropped and read again when asked for. */
const BUDGET_BYTES = 256 * 1024 * 1024;

const kept: { readonly bytes: number; readonly drop: () => void }[] = [];
const total = { bytes: 0, dropped: 0 };

/** Counts something kept; `drop` lets it go once its room is needed. */
export function remember(bytes: number, drop: () => void): void {
  kept.push({ bytes, drop });
  total.bytes += bytes;
  while (total.bytes > BUDGET_BYTES) {
    const oldest = kept[total.dropped];
    if (!oldest) break;
    oldest.drop();
    total.bytes -= oldest.bytes;
    total.dropped += 1;
  }
  if (total.dropped > 10_000) {
    kept.splice(0, total.dropped);
    total.dropped = 0;
  }
}
