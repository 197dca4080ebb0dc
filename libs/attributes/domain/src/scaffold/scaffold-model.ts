import { readFileSync } from 'node:fs';
import { z } from 'zod';

/** What was learnt about the model on packages that it was not trained on. `model/scaffold/calibration.json` has this shape. */
const ScaffoldCalibration = z.strictObject({
  featuriser: z.string(),
  /** SHA-256 of the model that was calibrated. */
  model: z.string().regex(/^[0-9a-f]{64}$/),
  /** Logits are divided by it before probabilities are computed. */
  temperature: z.number().positive(),
});
export type ScaffoldCalibration = z.infer<typeof ScaffoldCalibration>;

const read = (file: string): Buffer => readFileSync(new URL(`../../model/scaffold/${file}`, import.meta.url));

/** The model of structured reasoning that ships: its bytes, and the calibration that pins their digest. */
export const shippedScaffoldModel = (): {
  readonly bytes: Uint8Array;
  readonly calibration: ScaffoldCalibration;
} => ({
  bytes: read('scaffold.onnx'),
  calibration: ScaffoldCalibration.parse(JSON.parse(read('calibration.json').toString('utf8'))),
});
