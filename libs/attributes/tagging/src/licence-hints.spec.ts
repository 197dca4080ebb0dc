import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { licenceHints } from './licence-hints.ts';

const licencesOf = (text: string): readonly string[] => licenceHints(text).licences;

/** Licences in full, as Debian installs them. */
const COMMON = '/usr/share/common-licenses';
const FULL_TEXTS = {
  'Apache-2.0': 'Apache-2.0',
  'CC0-1.0': 'CC0-1.0',
  'GPL-1': 'GPL-1.0-only',
  'GPL-2': 'GPL-2.0-only',
  'GPL-3': 'GPL-3.0-only',
  'LGPL-2': 'LGPL-2.0-only',
  'LGPL-2.1': 'LGPL-2.1-only',
  'LGPL-3': 'LGPL-3.0-only',
  'MPL-2.0': 'MPL-2.0',
};

describe('the hints at a licence', () => {
  it('are those of an SPDX expression, without its operators and exceptions', () => {
    const text = (expression: string) => `// SPDX-License-Identifier: ${expression}\nint main(void);\n`;
    expect(licencesOf(text('MIT'))).toEqual(['MIT']);
    expect(licencesOf(text('(MIT OR Apache-2.0) AND BSD-3-Clause */'))).toEqual([
      'Apache-2.0',
      'BSD-3-Clause',
      'MIT',
    ]);
    expect(licencesOf(text('GPL-2.0-or-later WITH Linux-syscall-note'))).toEqual(['GPL-2.0-or-later']);
    expect(licencesOf(text('LicenseRef-Acme-1 -- see below'))).toEqual(['LicenseRef-Acme-1']);
    expect(licencesOf(text(''))).toEqual([]);
    expect(licenceHints(text('MIT')).hasIdentifier).toBe(true);
  });

  it('do not depend on line ends, comment marks and case', () => {
    const notice =
      'Permission is hereby granted, free of charge, to any person obtaining a copy of this software. The above copyright notice and this permission notice shall be included.';
    for (const mark of [' ', '\n', '\r\n * ', '\n// ', '\n# '])
      for (const text of [notice, notice.toUpperCase()])
        expect(licencesOf(text.replaceAll(' ', mark))).toEqual(['MIT']);
  });

  it('tell near twins apart', () => {
    const redistribution = 'Redistribution and use in source and binary forms are permitted.';
    const endorsement = 'Neither the name of the holder may be used.';
    const advertising = 'All advertising materials mentioning features must say so.';
    expect(licencesOf(redistribution)).toEqual(['BSD-2-Clause']);
    expect(licencesOf(`${redistribution} ${endorsement}`)).toEqual(['BSD-3-Clause']);
    expect(licencesOf(`${redistribution} ${endorsement} ${advertising}`)).toEqual(['BSD-4-Clause']);
    const gnu = (name: string, more: string) => `under the GNU ${name} General Public License ${more}`;
    expect(licencesOf(gnu('', 'as published, version 2.'))).toEqual(['GPL-2.0-only']);
    expect(licencesOf(gnu('', 'either version 3, or (at your option) any later version'))).toEqual([
      'GPL-3.0-or-later',
    ]);
    expect(licencesOf(gnu('Lesser', 'version 2.1'))).toEqual(['LGPL-2.1-only']);
    expect(licencesOf(gnu('Affero', 'version 3'))).toEqual(['AGPL-3.0-only']);
    expect(licencesOf(gnu('', 'of some version'))).toEqual([]);
    expect(licencesOf('https://creativecommons.org/licenses/by-nc-sa/4.0/')).toEqual(['CC-BY-NC-SA-4.0']);
    expect(licencesOf('Creative Commons Attribution-ShareAlike 3.0')).toEqual(['CC-BY-SA-3.0']);
  });

  it('are none for a text that only has rights reserved, which is said apart', () => {
    expect(licenceHints('Copyright 2020 Acme. All rights reserved.')).toEqual({
      licences: [],
      hasIdentifier: false,
      isReserved: true,
    });
    expect(licenceHints('All rights reserved. Use is governed by the licence in LICENCE.').isReserved).toBe(
      false,
    );
    expect(licenceHints('A river rises in the hills.')).toEqual({
      licences: [],
      hasIdentifier: false,
      isReserved: false,
    });
  });

  it('tell a short licence by what stands behind its first sentence, whatever else the text has', () => {
    const grant =
      'Permission is hereby granted, free of charge, to any person obtaining a copy of this software.';
    const kept = 'The above copyright notice and this permission notice shall be included.';
    const other =
      'Permission to use, copy, modify, and/or distribute this software for any purpose with or without fee is granted.';
    const apart = 'Nothing is said here. '.repeat(100);
    expect(licencesOf(grant)).toEqual(['MIT-0']);
    expect(licencesOf(other)).toEqual(['0BSD']);
    expect(licencesOf(`${grant} ${kept} ${apart} ${other}`)).toEqual(['0BSD', 'MIT']);
    expect(licencesOf(`${grant} ${apart} ${grant} ${kept}`)).toEqual(['MIT', 'MIT-0']);
    expect(licencesOf(grant.replace('this software', 'the Font Software'))).toEqual([]);
  });

  it('take no version that a licence does not have, and none of another thing', () => {
    const gnu = 'the GNU General Public License';
    expect(licencesOf(`${gnu} v3. Needs Python version 3.9`)).toEqual(['GPL-3.0-only']);
    expect(licencesOf(`${gnu}; PostgreSQL version 12`)).toEqual([]);
    expect(licencesOf(`${gnu}, Python version 3.9`)).toEqual([]);
  });

  it('leave out that there is no licence, and full stops', () => {
    expect(licencesOf('SPDX-License-Identifier: NONE')).toEqual([]);
    expect(licencesOf('SPDX-License-Identifier: NOASSERTION')).toEqual([]);
    expect(licencesOf('SPDX-License-Identifier: MIT.')).toEqual(['MIT']);
  });

  it.skipIf(!existsSync(COMMON))(
    'name of the full text of a licence this one alone (needs those of Debian)',
    () => {
      const found = Object.keys(FULL_TEXTS).map((name) => [
        name,
        licencesOf(readFileSync(join(COMMON, name), 'utf8')),
      ]);
      expect(Object.fromEntries(found)).toEqual(
        Object.fromEntries(Object.entries(FULL_TEXTS).map(([name, licence]) => [name, [licence]])),
      );
    },
  );

  it('name the licence that the package itself names, and no other one, in nearly every installed package', () => {
    const packages = installedPackages();
    expect(packages.length).toBeGreaterThan(200);
    const missed = packages.filter(
      ({ named, text }) => licencesOf(text).join(' ') !== named.toSorted().join(' '),
    );
    expect(missed.length / packages.length).toBeLessThan(0.02);
  });
});

/** Packages with a file of their licence, and what their manifests call it. */
function installedPackages(): { readonly named: readonly string[]; readonly text: string }[] {
  const root = join(import.meta.dirname, '../../../../node_modules');
  const folders = readdirSync(root).flatMap((name) =>
    name.startsWith('@') ? readdirSync(join(root, name)).map((own) => join(name, own)) : [name],
  );
  return folders.flatMap((name) => {
    const folder = join(root, name);
    const manifest = join(folder, 'package.json');
    if (!existsSync(manifest)) return [];
    const { license } = JSON.parse(readFileSync(manifest, 'utf8'));
    const file = readdirSync(folder).find((one) => /^(?:licen[cs]e|copying)(?:\.|-|$)/i.test(one));
    if (typeof license !== 'string' || file === undefined || !statSync(join(folder, file)).isFile())
      return [];
    const named = license.replaceAll(/[()]/g, '').split(/ (?:AND|OR) /);
    return [{ named, text: readFileSync(join(folder, file), 'utf8') }];
  });
}
