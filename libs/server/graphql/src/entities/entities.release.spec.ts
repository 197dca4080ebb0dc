import { describeEntities } from './entities.suite.ts';

describeEntities({ rounds: 20, seed: 11, whole: true });
