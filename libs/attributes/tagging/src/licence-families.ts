/** The licences of GNU, with the versions that there are. */
const GNU = [
  { family: 'AGPL', name: /gnu affero general public license/g, versions: ['1.0', '3.0'] },
  {
    family: 'LGPL',
    name: /gnu (?:lesser|library) general public license/g,
    versions: ['2.0', '2.1', '3.0'],
  },
  { family: 'GPL', name: /gnu general public license/g, versions: ['1.0', '2.0', '3.0'] },
] as const;

/** How far behind a name its version stands, in characters. */
const NEAR = 200;
const VERSION = /\b(?:version |v\.? ?)(\d)(?:\.(\d))?(?![\d])/;
const OR_LATER = /\bany later version\b|\bor later\b/;

/** Stands in the texts of these licences themselves, below the title. */
const VERBATIM = 'everyone is permitted to copy and distribute verbatim copies';
/** The Mozilla licence names those of GNU as licences that its code may be combined with. */
const SECONDARY = 'secondary license';

/**
 * The licences of GNU that a text in lower case names with a version. Of the text of a licence itself only its title and what
 * stands before it count: it speaks of others, and of later versions for those who apply it.
 */
export function gnuLicences(text: string): string[] {
  if (text.includes(SECONDARY)) return [];
  const end = text.indexOf(VERBATIM);
  const own = end < 0 ? text : text.slice(0, end);
  const found = GNU.flatMap(({ family, name, versions }) =>
    [...own.matchAll(name)].flatMap(({ index, 0: { length } }) => {
      const behind = own.slice(index + length, index + length + NEAR);
      const [, major, minor = '0'] = VERSION.exec(behind) ?? [];
      const version = versions.find((known) => known === `${major}.${minor}`);
      return version === undefined
        ? []
        : [{ licence: `${family}-${version}`, isLater: OR_LATER.test(behind) }];
    }),
  );
  const later = new Set(found.filter(({ isLater }) => isLater).map(({ licence }) => licence));
  return found.map(({ licence }) => `${licence}-${later.has(licence) ? 'or-later' : 'only'}`);
}

const CREATIVE_COMMONS =
  /creativecommons\.org\/licenses\/(by(?: nc)?(?: nd| sa)?)\/(\d\.\d)|creative commons attribution( noncommercial)?( noderivatives| noderivs| sharealike)?(?: international)?(?: license)?(?: version)? (\d\.\d)/g;

/** The licences of Creative Commons that a text in lower case names by an address or by their names. */
export const creativeCommons = (text: string): string[] =>
  [...text.matchAll(CREATIVE_COMMONS)].map(([, short, version, commercial, share, spelled]) => {
    if (short !== undefined) return `CC-${short.replaceAll(' ', '-').toUpperCase()}-${version}`;
    const parts = [
      'CC-BY',
      ...(commercial === undefined ? [] : ['NC']),
      ...(share === undefined ? [] : [share.includes('share') ? 'SA' : 'ND']),
    ];
    return `${parts.join('-')}-${spelled}`;
  });
