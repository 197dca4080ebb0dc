export { DETECTOR, openDetector } from './detector.ts';
export { naturalLanguage } from './natural-language.ts';
export type { Detector, LanguageOutcome, NaturalLanguage } from './natural-language.ts';
