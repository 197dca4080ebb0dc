import { writeFileSync } from 'node:fs';
import { InvalidArgumentError, Option } from 'commander';
import { distributionPicture } from '../pictures/distribution.ts';
import { driftPicture } from '../pictures/drift.ts';
import { exposurePicture } from '../pictures/exposure.ts';
import { lineagePicture } from '../pictures/lineage.ts';
import type { LineageQuery } from '../generated/documents.ts';
import type { MixtureDrift } from '../text/drift.ts';
import { counted, footer } from '../text/format.ts';
import type { Exposure } from './exposure.ts';

type Lineage = NonNullable<LineageQuery['lineage']>;

export const plotOption = (description: string): Option =>
  new Option('--plot <file.svg>', description).argParser((file: string) => {
    if (file.toLowerCase().endsWith('.svg')) return file;
    throw new InvalidArgumentError('Pictures are written as SVG: the name of the file ends in .svg.');
  });

/** Writes a picture. */
export function writePicture(file: string, svg: string): void {
  writeFileSync(file, svg);
}

/** What a run consumed over its steps, and what was planned for the same windows. */
export function exposurePlot(exposure: Exposure, drift: MixtureDrift, isCumulative: boolean): string {
  const { run, by, unit, rows, totals } = exposure;
  const others = totals.filter((total) => total.unit !== unit).map((total) => total.unit);
  return exposurePicture({
    run,
    by,
    unit: unit ?? 'token',
    windows: drift.windows.map(({ firstStep, lastStep, prorated, rows: shares }) => {
      const planned = shares.flatMap(({ slice, planned: share }): [string, number][] =>
        share === null ? [] : [[slice, share]],
      );
      const own = shares.filter((row) => row.unit === unit);
      return {
        firstStep,
        lastStep,
        prorated,
        amounts: new Map(own.map(({ slice, amount }) => [slice, amount])),
        planned: planned.length === 0 ? undefined : new Map(planned),
      };
    }),
    methods: new Map(rows.filter((row) => row.unit === unit).map(({ slice, method }) => [slice, method])),
    isCumulative,
    notes: [
      ...(others.length > 0 ? [`What was recorded in ${others.join(' and ')} is not drawn.`] : []),
      footer(exposure),
      ...(drift.reason === null || drift.reason === exposure.reason ? [] : [`The plan: ${drift.reason}.`]),
    ],
  });
}

/** How what a run consumed is distributed over the values of an attribute. */
export function distributionPlot(exposure: Exposure): string {
  const { run, attribute, unit, rows, totals, step } = exposure;
  const others = totals.filter((total) => total.unit !== unit).map((total) => total.unit);
  return distributionPicture({
    run,
    attribute: attribute ?? '',
    unit: unit ?? 'token',
    values: rows
      .filter((row) => row.unit === unit)
      .map(({ slice, unknown, amount, share, method }) => ({
        name: unknown ? undefined : slice,
        amount,
        share,
        method,
      })),
    notes: [
      ...(others.length > 0 ? [`What was recorded in ${others.join(' and ')} is not drawn.`] : []),
      ...(step === null ? [] : [`Up to step ${step}.`]),
      footer(exposure),
    ],
  });
}

/** How far a run is from its plan, window by window. */
export const driftPlot = (drift: MixtureDrift): string =>
  driftPicture({
    run: drift.run,
    by: drift.by,
    tolerance: drift.tolerance,
    windows: drift.windows.map(({ firstStep, lastStep, l1, kl, reason, rows }) => {
      const compared = rows.flatMap(({ slice: group, difference }) =>
        difference === null ? [] : [{ group, difference }],
      );
      const furthest = compared.toSorted(
        (one, other) => Math.abs(other.difference) - Math.abs(one.difference),
      )[0];
      return { firstStep, lastStep, l1, kl, reason, furthest };
    }),
    changes: drift.phases.slice(1).map(({ firstStep }) => firstStep),
    notes: [footer(drift)],
  });

/** The graph around a node. */
export function lineagePlot(lineage: Lineage): string {
  const { node, nodes, edges, neighbourCounts, frontierSize, warnings } = lineage;
  return lineagePicture({
    node,
    nodes,
    edges,
    counts: neighbourCounts,
    notes: [
      ...(frontierSize > 0
        ? [`The walk did not go on from ${counted(frontierSize, 'node')} that it reached.`]
        : []),
      ...warnings.map(({ text }) => text),
      footer(lineage),
    ],
  });
}
