import { WorkflowSchema1790000000000 } from './1790000000000-workflow-schema';
import { Checkpoints1790000000001 } from './1790000000001-checkpoints';
import { SmallerRows1790000000002 } from './1790000000002-smaller-rows';
import { TimersInRows1790000000003 } from './1790000000003-timers-in-rows';

/** In the order in which they run; the application runs them before its own. */
export const workflowMigrations = [
  WorkflowSchema1790000000000,
  Checkpoints1790000000001,
  SmallerRows1790000000002,
  TimersInRows1790000000003,
];
