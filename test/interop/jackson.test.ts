import { jackson } from './jackson.ts';
import { describeInterop } from './scenarios.ts';

describeInterop(jackson);
