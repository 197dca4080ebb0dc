import { numberIn } from '../number.ts';

/** A checkpoint whose folder is named after a mixture: `…/160M_RP_0-0.125-0.875/27000`. */
export type RunPath = {
  readonly group: string;
  readonly run: string;
  readonly step: number | undefined;
  /** By place; the path names no sources. Empty where it has no weights. */
  readonly weights: readonly number[];
  /** Such as 160M. */
  readonly scale: string | undefined;
};

const RUN = /^[^-]+((?:-\d+(?:\.\d*)?(?:e-\d+)?){2,})$/i;
const WEIGHT = /\d+(?:\.\d*)?(?:e-\d+)?/gi;

export function runPathIn(path: string): RunPath {
  const parts = path.split('/').filter((part) => part !== '');
  const last = parts.at(-1) ?? '';
  const step = /^\d{1,15}$/.test(last) && parts.length > 1 ? Number(last) : undefined;
  const at = step === undefined ? -1 : -2;
  const run = parts.at(at) ?? '';
  const [, listed = ''] = RUN.exec(run) ?? [];
  const weights = (listed.match(WEIGHT) ?? []).flatMap((weight) => numberIn(weight) ?? []);
  return {
    group: parts.at(at - 1) ?? '',
    run,
    step,
    weights,
    scale: /^(\d+(?:\.\d+)?[MB])(?=_|-|$)/i.exec(run)?.[1],
  };
}
