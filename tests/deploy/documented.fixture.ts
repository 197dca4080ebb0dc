import type { Setting } from '@tributary/configuration';
import { settings as api } from '../../services/api/src/config.ts';
import { settings as attribution } from '../../services/attribution/src/config.ts';
import { settings as ingest } from '../../services/ingest/src/config.ts';
import { settings as projector } from '../../services/projector/src/config.ts';
import { settings as standalone } from '../../services/standalone/src/config.ts';
import { readDeployed } from './statements.fixture.ts';

/** What each service declares that it reads, which docs/guides/configuration.md lists. */
export const SERVICES: Readonly<Record<string, Setting<unknown>>> = {
  standalone,
  ingest,
  projector,
  api,
  attribution,
};

/** The names of the variables that a service reads. */
export const documented = (service: string): string[] =>
  (SERVICES[service]?.variables ?? []).map(({ name }) => name);

/** Variables that the chart sets from values of its own, or mounts as secrets. */
export const SET_BY_CHART: ReadonlySet<string> = namesInTemplates();

function namesInTemplates(): Set<string> {
  const templates = ['configmap.yaml', '_pod.tpl'].map((name) =>
    readDeployed(`helm/tributary/templates/${name}`),
  );
  const names = [...templates.join('\n').matchAll(/^\s*(?:- name: )?([A-Z][A-Z_]+)(?::|$)/gm)];
  return new Set(
    names.map(([, name = '']) => name.replace(/^((?:KAFKA|CLICKHOUSE|ATTRIBUTION)_.*)_FILE$/, '$1')),
  );
}

/** The variables of a service that values may set under its `settings`. */
export const chartSettings = (service: string): string[] =>
  documented(service).filter((name) => !SET_BY_CHART.has(name));

/** These settings with the values that stand for them, numbers as numbers. */
export const standardSettings = (service: string): Readonly<Record<string, string | number>> =>
  Object.fromEntries(
    (SERVICES[service]?.variables ?? [])
      .filter(({ name }) => chartSettings(service).includes(name))
      .map(({ name, default: standard = '' }) => [
        name,
        /^[1-9]\d*$/.test(standard) ? Number(standard) : standard,
      ]),
  );
