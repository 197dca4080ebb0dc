import type { Attribute } from './attribute.ts';
import { isKnownByText, licenceHints } from './licence-hints.ts';

/** What documents say of their licence. */
export const licenceAttribute: Attribute = {
  name: 'licence',
  description:
    'hints at the licence of a text: identifiers of SPDX and phrases of licences; a text may quote one that it is not under',
  values: {
    licences: 'identifiers of SPDX, sorted; empty without a hint',
    licence_count: 'how many they are',
    has_licence: 'whether there is one',
    has_spdx_identifier: 'whether the text names its licence by an SPDX-License-Identifier',
    all_rights_reserved: 'whether it reserves all rights and does not speak of a licence',
  },
  groups: ({ licences, licence_count: count }) => ({ hint: hintOf(String(licences), Number(count)) }),
  open: async () => ({
    ok: true,
    instrument: {
      name: 'licence-hints',
      version: '1.0',
      measure: async (documents) =>
        documents.map(({ text }) => {
          const { licences, hasIdentifier, isReserved } = licenceHints(text);
          return {
            values: {
              licences: licences.join(' '),
              licence_count: licences.length,
              has_licence: licences.length > 0,
              has_spdx_identifier: hasIdentifier,
              all_rights_reserved: isReserved,
            },
          };
        }),
      close: async () => undefined,
    },
  }),
};

/** One of a few groups, whatever a text calls its licence: `other` for an identifier that no text tells. */
function hintOf(licences: string, count: number): string {
  if (count === 0) return 'none';
  if (count > 1) return 'several';
  return isKnownByText(licences) ? licences : 'other';
}
