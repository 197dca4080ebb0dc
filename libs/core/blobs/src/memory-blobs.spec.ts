import { describeBlobs } from './blobs.suite.ts';
import { memoryBlobs } from './memory-blobs.ts';

describeBlobs('memory', memoryBlobs);
