import { z } from 'zod';
import { DOMAINS, TAXONOMY } from './labels.ts';

const probability = z.number().min(0).max(1);
const counts = z.array(z.int().min(0)).length(DOMAINS.length);

/** What was learnt about the model on sources that it was not trained on. `model/calibration.json` has this shape. */
const Calibration = z.strictObject({
  taxonomy: z.literal(TAXONOMY),
  featuriser: z.string(),
  /** SHA-256 of the model that was calibrated. */
  model: z.string().regex(/^[0-9a-f]{64}$/),
  /** Logits are divided by it before probabilities are computed. */
  temperature: z.number().positive(),
  /** Below this probability of the likeliest domain a document is not labelled. */
  abstainBelow: probability,
  /** Labels of held-out documents by true domain and source, abstention not applied. */
  confusion: z
    .array(z.strictObject({ source: z.string(), domain: z.enum(DOMAINS), counts }))
    .min(DOMAINS.length),
});
export type Calibration = z.infer<typeof Calibration>;

/** Reads a calibration. Refuses `calibration_unreadable` with the first thing that is wrong. */
export function readCalibration(
  text: string,
):
  | { readonly ok: true; readonly calibration: Calibration }
  | { readonly ok: false; readonly refusal: 'calibration_unreadable'; readonly text: string } {
  const unreadable = (why: string) =>
    ({
      ok: false,
      refusal: 'calibration_unreadable',
      text: `the calibration is unreadable: ${why}`,
    }) as const;
  try {
    const parsed = Calibration.safeParse(JSON.parse(text));
    if (parsed.success) return { ok: true, calibration: parsed.data };
    const [issue] = parsed.error.issues;
    return unreadable(`${issue!.path.join('.')}: ${issue!.message}`);
  } catch (error) {
    if (error instanceof SyntaxError) return unreadable(error.message);
    throw error;
  }
}
