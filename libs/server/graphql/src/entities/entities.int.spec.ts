import { describeEntities } from './entities.suite.ts';

describeEntities({ rounds: 1, seed: 7, whole: false });
