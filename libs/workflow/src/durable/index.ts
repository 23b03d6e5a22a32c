export { BusinessClock } from '../clock/business-clock';
export { NotQuietError, walkTo } from '../clock/walk';
export type { Walk } from '../clock/walk';
export { FAULT_POINTS } from '../engine/fault-points.port';
export type { FaultPoint, FaultPoints } from '../engine/fault-points.port';
export { checkHandlers, inTransaction, outside } from '../effects/effect-handler';
export type {
  EffectHandler,
  EffectHandlers,
  InTransactionHandler,
  OutsideCall,
  OutsideHandler,
  Retrying,
} from '../effects/effect-handler';
export { EffectQueue } from '../effects/effect-queue';
export { ParkedWork } from '../parked/parked-work';
export type {
  ParkedAddress,
  ParkedCommand,
  ParkedDecision,
  ParkedItem,
  ParkedKind,
  ParkedPage,
} from '../parked/parked-work';
export { migrateQueueSchema } from '../queue/queue-schema';
export { QUEUE_SCHEMA, Queues } from '../queue/queues';
export type { QueueSettings } from '../queue/queues';
export { createPostgresRuntime, newUuid } from './postgres.runtime';
export type { PostgresRuntime, PostgresWork } from './postgres.runtime';
export type { ObservedCommit, RuntimeObserver } from '../observation/runtime-observer';
export type { RuntimeLog } from '../runtime/runtime-log';
export { WorkflowWorker } from './workflow.worker';
export { checkDefinitions } from '../postgres/definition-check';
export { grantWorkflow } from '../postgres/grants';
export type { WorkflowRoles } from '../postgres/grants';
export { workflowMigrations } from '../postgres/migrations';
export { PostgresStore } from '../postgres/postgres.store';
export type { PostgresTransaction } from '../postgres/postgres.transaction';
export { openInstances, retireVersion, versionCounts, warnOfUnknownVersions } from '../postgres/versions';
export type { OpenInstances } from '../postgres/versions';
export { verifyStoredInstances } from '../postgres/verify-instances';
export type { Verification } from '../postgres/verify-instances';
