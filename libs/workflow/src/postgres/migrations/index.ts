import { WorkflowSchema1790000000000 } from './1790000000000-workflow-schema';

/** In the order in which they run; the application runs them before its own. */
export const workflowMigrations = [WorkflowSchema1790000000000];
