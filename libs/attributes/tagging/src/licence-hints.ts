import { creativeCommons, gnuLicences } from './licence-families.ts';

/** What a text says of its licence. A hint and no verdict: a text may quote a licence that it is not under. */
export type LicenceHints = {
  /** Identifiers of SPDX, sorted. */
  readonly licences: readonly string[];
  /** Whether it names its licence by an `SPDX-License-Identifier`. */
  readonly hasIdentifier: boolean;
  /** Whether it reserves all rights and does not speak of a licence at all. */
  readonly isReserved: boolean;
};

/** What a text behind a sentence decides: the licence that the sentence belongs to, or none that is known. */
type Grant = { readonly sentence: RegExp; readonly licence: (behind: string) => string | undefined };

/** How far behind its first sentence a short licence ends, in characters. */
const SHORT_LICENCE = 1_600;

const isKept = (behind: string): boolean => /this permission notice|permission notice appear/.test(behind);

/** Short licences that begin alike are told apart by what follows, and not by what else stands in the text. */
const GRANTS: readonly Grant[] = [
  {
    sentence: /permission is hereby granted free of charge to any person obtaining a copy of this software/g,
    licence: (behind) => (isKept(behind) ? 'MIT' : 'MIT-0'),
  },
  {
    sentence:
      /permission to use copy modify (?:and |and\/or )?distribute this software for any purpose with or without fee/g,
    licence: (behind) => (isKept(behind) ? 'ISC' : '0BSD'),
  },
  {
    sentence: /redistribution and use in source and binary forms/g,
    licence: (behind) => {
      if (behind.includes('redistributions of any form whatsoever')) return undefined;
      if (behind.includes('all advertising materials mentioning features')) return 'BSD-4-Clause';
      return /neither the name|be used to endorse or promote/.test(behind) ? 'BSD-3-Clause' : 'BSD-2-Clause';
    },
  },
];

/** Sentences that one licence alone has. */
const SIGNS: readonly (readonly [licence: string, sign: RegExp])[] = [
  ['Apache-2.0', /apache license v(?:ersion )?2\.0|apache\.org\/licenses\/license 2\.0/],
  ['MPL-2.0', /mozilla public license v(?:ersion |\. )2\.0/],
  ['EPL-2.0', /eclipse public license v(?:ersion )? ?2\.0/],
  ['OFL-1.1', /sil open font license version 1\.1/],
  ['Zlib', /altered source versions must be plainly marked/],
  ['BSL-1.0', /boost software license version 1\.0/],
  ['BlueOak-1.0.0', /blue oak model license/],
  ['Unlicense', /free and unencumbered software released into the public domain/],
  ['CC0-1.0', /cc0 1\.0 universal|creativecommons\.org\/publicdomain\/zero\/1\.0/],
  ['Python-2.0', /python software foundation license version 2/],
];

const IDENTIFIER = /SPDX-License-Identifier:[ \t]*([^\r\n]{1,200})/g;
const OPERATORS = new Set(['AND', 'OR', 'WITH']);
/** What SPDX writes where there is no licence, or nobody has looked. */
const NO_LICENCE = new Set(['NONE', 'NOASSERTION']);

/** What a text says of its licence, by identifiers of SPDX and by sentences of licences. Linear in the text. */
export function licenceHints(text: string): LicenceHints {
  const plain = text
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}./]+/gu, ' ')
    .replaceAll(/(?:^| )[./]+(?= |$)/g, '');
  const named = identifiers(text);
  const licences = new Set([
    ...named,
    ...GRANTS.flatMap((grant) => grantsIn(plain, grant)),
    ...SIGNS.filter(([, sign]) => sign.test(plain)).map(([licence]) => licence),
    ...gnuLicences(plain),
    ...creativeCommons(plain),
  ]);
  return {
    licences: [...licences].toSorted(),
    hasIdentifier: named.length > 0,
    isReserved: licences.size === 0 && plain.includes('all rights reserved') && !/licen[cs]/.test(plain),
  };
}

const grantsIn = (text: string, { sentence, licence }: Grant): string[] =>
  [...text.matchAll(sentence)].flatMap(
    ({ index }) => licence(text.slice(index, index + SHORT_LICENCE)) ?? [],
  );

/** The licences of the expressions, without the exceptions that stand behind WITH. */
const identifiers = (text: string): string[] =>
  [...text.matchAll(IDENTIFIER)].flatMap(([, expression = '']) => {
    const words = expression.match(/[A-Za-z0-9.+-]+/g) ?? [];
    const end = words.findIndex(
      (word, at) => at > 0 && !OPERATORS.has(word) && !OPERATORS.has(words[at - 1]!),
    );
    const own = end < 0 ? words : words.slice(0, end);
    return own
      .filter((word, at) => !OPERATORS.has(word) && own[at - 1] !== 'WITH' && /[A-Za-z]/.test(word))
      .map((word) => word.replace(/[.-]+$/, ''))
      .filter((word) => !NO_LICENCE.has(word));
  });

/** Whether the texts of a licence are known here. */
export const isKnownByText = (licence: string): boolean =>
  /^(?:MIT|MIT-0|ISC|0BSD|BSD-[234]-Clause)$/.test(licence) ||
  SIGNS.some(([known]) => known === licence) ||
  /^(?:[AL]?GPL-\d\.\d-(?:only|or-later)|CC-BY(?:-NC)?(?:-SA|-ND)?-\d\.\d)$/.test(licence);
