import { readFileSync } from 'node:fs';
import { readCalibration, type Calibration } from './calibration.ts';

const read = (file: string): Buffer => readFileSync(new URL(`../model/${file}`, import.meta.url));

/** The model that ships with this package: its bytes, and the calibration that pins their digest. */
export function shippedModel(): { readonly bytes: Uint8Array; readonly calibration: Calibration } {
  const result = readCalibration(read('calibration.json').toString('utf8'));
  if (!result.ok) throw new Error(result.text);
  return { bytes: read('domain.onnx'), calibration: result.calibration };
}
