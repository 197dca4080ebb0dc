/** What a text says of its licence. A hint and no verdict: a text may quote a licence that it is not under. */
export type LicenceHints = {
  /** Identifiers of SPDX, sorted. */
  readonly licences: readonly string[];
  /** Whether it names its licence by an `SPDX-License-Identifier`. */
  readonly hasIdentifier: boolean;
  /** Whether it reserves all rights and does not speak of a licence at all. */
  readonly isReserved: boolean;
};

/** A sign of a licence in a text in lower case, with one space between words; dots and slashes within them stay. */
type Sign = { readonly licence: string; readonly has: (text: string) => boolean };

const all =
  (...phrases: readonly string[]) =>
  (text: string): boolean =>
    phrases.every((phrase) => text.includes(phrase));
const any =
  (...phrases: readonly string[]) =>
  (text: string): boolean =>
    phrases.some((phrase) => text.includes(phrase));

const PERMISSION_OF_MIT = 'permission is hereby granted free of charge to any person obtaining a copy';
const PERMISSION_OF_ISC =
  /permission to use copy modify (?:and |and\/or )?distribute this software for any purpose/;
const REDISTRIBUTION = 'redistribution and use in source and binary forms';
const ENDORSEMENT = any(
  'neither the name',
  'may be used to endorse or promote',
  'be used to endorse or promote',
);
const ADVERTISING = 'all advertising materials mentioning features';
const NOTICE_KEPT = any('this permission notice', 'notice and this permission', 'permission notice appear');

const SIGNS: readonly Sign[] = [
  { licence: 'MIT', has: (text) => text.includes(PERMISSION_OF_MIT) && NOTICE_KEPT(text) },
  { licence: 'MIT-0', has: (text) => text.includes(PERMISSION_OF_MIT) && !NOTICE_KEPT(text) },
  { licence: 'ISC', has: (text) => PERMISSION_OF_ISC.test(text) && NOTICE_KEPT(text) },
  { licence: '0BSD', has: (text) => PERMISSION_OF_ISC.test(text) && !NOTICE_KEPT(text) },
  { licence: 'BSD-4-Clause', has: all(REDISTRIBUTION, ADVERTISING) },
  {
    licence: 'BSD-3-Clause',
    has: (text) => text.includes(REDISTRIBUTION) && !text.includes(ADVERTISING) && ENDORSEMENT(text),
  },
  {
    licence: 'BSD-2-Clause',
    has: (text) => text.includes(REDISTRIBUTION) && !text.includes(ADVERTISING) && !ENDORSEMENT(text),
  },
  {
    licence: 'Apache-2.0',
    has: any('apache license version 2.0', 'apache license v2.0', 'apache.org/licenses/license 2.0'),
  },
  { licence: 'MPL-2.0', has: any('mozilla public license v. 2.0', 'mozilla public license version 2.0') },
  { licence: 'EPL-2.0', has: any('eclipse public license v 2.0', 'eclipse public license version 2.0') },
  { licence: 'Zlib', has: any('altered source versions must be plainly marked') },
  { licence: 'BSL-1.0', has: any('boost software license version 1.0') },
  { licence: 'BlueOak-1.0.0', has: any('blue oak model license') },
  { licence: 'Unlicense', has: any('free and unencumbered software released into the public domain') },
  { licence: 'CC0-1.0', has: any('cc0 1.0 universal', 'creativecommons.org/publicdomain/zero/1.0') },
  { licence: 'Python-2.0', has: any('python software foundation license version 2') },
];

/** Families with versions: the version is the first one behind the name, within a line or two. */
const GNU = [
  ['AGPL', /gnu affero general public license/g],
  ['LGPL', /gnu (?:lesser|library) general public license/g],
  ['GPL', /gnu general public license/g],
] as const;
const NEAR = 200;
const VERSION = /\bversion (\d)(?:\.(\d))?/;
/** The Mozilla licence names those of GNU as licences that its code may be combined with. */
const SECONDARY = 'secondary license';
const OR_LATER = /\bany later version\b|\bor later\b/;

const CREATIVE_COMMONS =
  /creativecommons\.org\/licenses\/(by(?: nc)?(?: nd| sa)?)\/(\d\.\d)|creative commons attribution( noncommercial)?( noderivatives| noderivs| sharealike)?(?: international)?(?: license)?(?: version)? (\d\.\d)/g;

const IDENTIFIER = /SPDX-License-Identifier:[ \t]*([^\r\n]{1,200})/g;
const OPERATORS = new Set(['AND', 'OR', 'WITH']);

/** What a text says of its licence, by identifiers of SPDX and by phrases of licences. Linear in the text. */
export function licenceHints(text: string): LicenceHints {
  const plain = text
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}./]+/gu, ' ')
    .replaceAll(/(?:^| )[./]+(?= |$)/g, '');
  const named = identifiers(text);
  const licences = new Set([
    ...named,
    ...SIGNS.filter(({ has }) => has(plain)).map(({ licence }) => licence),
    ...gnuLicences(plain),
    ...creativeCommons(plain),
  ]);
  return {
    licences: [...licences].toSorted(),
    hasIdentifier: named.length > 0,
    isReserved: licences.size === 0 && plain.includes('all rights reserved') && !/licen[cs]/.test(plain),
  };
}

/** The licences of the expressions, without the exceptions that stand behind WITH. */
const identifiers = (text: string): string[] =>
  [...text.matchAll(IDENTIFIER)].flatMap(([, expression = '']) => {
    const words = expression.match(/[A-Za-z0-9.+-]+/g) ?? [];
    const end = words.findIndex(
      (word, at) => at > 0 && !OPERATORS.has(word) && !OPERATORS.has(words[at - 1]!),
    );
    const own = end < 0 ? words : words.slice(0, end);
    return own.filter((word, at) => !OPERATORS.has(word) && own[at - 1] !== 'WITH' && /[A-Za-z]/.test(word));
  });

function gnuLicences(text: string): string[] {
  if (text.includes(SECONDARY)) return [];
  const found = GNU.flatMap(([family, name]) =>
    [...text.matchAll(name)].flatMap(({ index, 0: { length } }) => {
      const behind = text.slice(index + length, index + length + NEAR);
      const version = VERSION.exec(behind);
      if (!version) return [];
      const licence = `${family}-${version[1]}.${version[2] ?? '0'}`;
      return [{ licence, isLater: OR_LATER.test(behind) }];
    }),
  );
  const later = new Set(found.filter(({ isLater }) => isLater).map(({ licence }) => licence));
  return found.map(({ licence }) => `${licence}-${later.has(licence) ? 'or-later' : 'only'}`);
}

const creativeCommons = (text: string): string[] =>
  [...text.matchAll(CREATIVE_COMMONS)].map(([, short, version, commercial, share, spelled]) => {
    if (short !== undefined) return `CC-${short.replaceAll(' ', '-').toUpperCase()}-${version}`;
    const parts = [
      'CC-BY',
      ...(commercial === undefined ? [] : ['NC']),
      ...(share === undefined ? [] : [share.includes('share') ? 'SA' : 'ND']),
    ];
    return `${parts.join('-')}-${spelled}`;
  });
