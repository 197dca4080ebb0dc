import { compatibilityHolds } from './compatibility.suite.ts';

compatibilityHolds(1000);
