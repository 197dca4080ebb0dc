import { losesNothing } from './kill.suite.ts';

losesNothing(2);
