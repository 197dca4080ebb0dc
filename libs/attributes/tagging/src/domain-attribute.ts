import { DOMAINS, sharesOf, shippedModel, tagDocuments, TAXONOMY } from '@tributary/domain';
import type { Calibration, DocumentDomain, Domain } from '@tributary/domain';
import { appendAll, largest } from '@tributary/kernel';
import { openModel } from '@tributary/onnx';
import type { ModelRunner } from '@tributary/onnx';
import type { Attribute, Instrument, MeasuredDocument, Mix, Values } from './attribute.ts';

/** Documents of one batch of the model: at most 256 chunks. */
const BATCH = 32;
/** Of the bootstrap, so that the same documents have the same interval. */
const SEED = 63;

const probabilityName = (domain: Domain): string => `p_${domain.replace('/', '_')}`;

/** The domain of documents by the model that ships in `@tributary/domain`; its card says how good it is. */
export const domainAttribute: Attribute = {
  name: 'domain',
  description:
    'code, code_nl, math/plain, math/structured, math_text, knowledge or other, by a calibrated model',
  values: {
    domain: 'the likeliest domain, or empty where the model abstains',
    abstained: 'whether no domain is likely enough',
    ...Object.fromEntries(DOMAINS.map((domain) => [probabilityName(domain), `probability of ${domain}`])),
  },
  groups: ({ domain }) => ({ label: domain === '' ? 'abstained' : String(domain) }),
  async open() {
    const { bytes, calibration } = shippedModel();
    const opened = await openModel(bytes, { sha256: calibration.model });
    return opened.ok ? { ok: true, instrument: instrumentOf(opened.runner, calibration) } : opened;
  },
};

function instrumentOf(runner: ModelRunner, calibration: Calibration): Instrument {
  const counts = DOMAINS.map(() => 0);
  return {
    name: TAXONOMY,
    version: `sha256:${calibration.model.slice(0, 16)}`,
    measure: async (documents) => {
      const measured: MeasuredDocument[] = [];
      for (let at = 0; at < documents.length; at += BATCH) {
        const texts = documents.slice(at, at + BATCH).map(({ text }) => text);
        const tagged = await tagDocuments(texts, runner, calibration);
        const each = tagged.ok
          ? tagged.documents.map((one) => measuredOf(one, counts))
          : texts.map(() => ({ code: tagged.refusal, reason: tagged.text }));
        appendAll(measured, each);
      }
      return measured;
    },
    mix: (documents) => mixOf(counts, calibration, documents),
    close: () => runner.close(),
  };
}

/** Counts the likeliest domain too where the model abstains: the confusion matrix is that of all documents. */
function measuredOf(document: DocumentDomain, counts: number[]): { readonly values: Values } {
  const { domain, probabilities } = document;
  const shares = DOMAINS.map((one) => probabilities[one]);
  counts[shares.indexOf(largest(shares))]!++;
  const named = DOMAINS.map((one) => [probabilityName(one), probabilities[one]]);
  return { values: { domain: domain ?? '', abstained: domain === undefined, ...Object.fromEntries(named) } };
}

/** Nothing where no document was measured, or where the calibration does not tell the domains apart. */
function mixOf(counts: readonly number[], calibration: Calibration, documents: number): Mix | undefined {
  const sources = calibration.confusion.map((one) => ({
    trueClass: DOMAINS.indexOf(one.domain),
    counts: one.counts,
  }));
  const estimated = sharesOf(counts, sources, { documents, seed: SEED });
  if (!estimated.ok) return undefined;
  return estimated.shares.map((share, index) => ({ bucket: DOMAINS[index]!, ...share }));
}
