import { withoutTrailing } from '../facts/text.ts';

const SPDX: ReadonlyMap<string, string> = new Map(
  Object.entries({
    mit: 'MIT',
    'apache-2.0': 'Apache-2.0',
    'bsd-2-clause': 'BSD-2-Clause',
    'bsd-3-clause': 'BSD-3-Clause',
    'afl-3.0': 'AFL-3.0',
    'odc-by': 'ODC-By-1.0',
    'odc-by-1.0': 'ODC-By-1.0',
    odbl: 'ODbL-1.0',
    'odbl-1.0': 'ODbL-1.0',
    pddl: 'PDDL-1.0',
    'pddl-1.0': 'PDDL-1.0',
    'cc0-1.0': 'CC0-1.0',
    'gpl-3.0': 'GPL-3.0-only',
    'lgpl-3.0': 'LGPL-3.0-only',
    'agpl-3.0': 'AGPL-3.0-only',
    gfdl: 'GFDL-1.3-or-later',
    'cdla-permissive-1.0': 'CDLA-Permissive-1.0',
    'cdla-permissive-2.0': 'CDLA-Permissive-2.0',
    'cdla-sharing-1.0': 'CDLA-Sharing-1.0',
  }),
);

const CREATIVE_COMMONS = /^cc-by(-nc)?(-sa|-nd)?-(1\.0|2\.0|2\.5|3\.0|4\.0)$/;
const ADDRESS = /^https?:\/\/(www\.)?/;

/**
 * The SPDX id of a licence given by its short name or a well-known address. `unknown` stays `unknown`, and a vague name
 * such as "Public" or "other" is returned unchanged.
 */
export function spdxOf(stated: string): string {
  const key = shortName(stated.trim().toLowerCase().replaceAll(' ', '-'));
  if (CREATIVE_COMMONS.test(key)) return key.toUpperCase();
  return (key === 'unknown' ? key : SPDX.get(key)) ?? stated.trim().slice(0, 256);
}

function shortName(text: string): string {
  if (!ADDRESS.test(text)) return text;
  const address = withoutTrailing(text.replace(ADDRESS, ''), '/');
  const commons = /^creativecommons\.org\/licenses\/([a-z-]+)\/(\d\.\d)/.exec(address);
  if (commons) return `cc-${commons[1] ?? ''}-${commons[2] ?? ''}`;
  if (address.startsWith('creativecommons.org/publicdomain/zero/1.0')) return 'cc0-1.0';
  const listed = /^(?:choosealicense\.com|spdx\.org|opensource\.org)\/licenses?\/([a-z0-9.-]+?)(?:\.html)?$/;
  const id =
    listed.exec(address)?.[1] ?? /^opendatacommons\.org\/licenses\/(by|odbl|pddl)/.exec(address)?.[1];
  return id === 'by' ? 'odc-by' : (id ?? text);
}
