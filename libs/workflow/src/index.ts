export { defineLifecycle, eventOf, LifecycleDefinitionError } from './lifecycle/lifecycle-definition';
export type { EventOf, GuardRefusal, InputOf, Lifecycle } from './lifecycle/lifecycle-definition';
export type { DeclaredEvent, EventDeclaration, JsonSchema } from './lifecycle/declared-events';
export {
  effect,
  sendToChild,
  sendToInstance,
  sendToParent,
  startInstance,
} from './lifecycle/durable-actions';
export type { EffectPayload, EventToChild, EventToSend, InstanceToStart } from './lifecycle/durable-actions';
export { labelOf, labelsOf, tagsOf } from './lifecycle/labels';
export type { StateLabel } from './lifecycle/labels';
export { invokedEffect } from './lifecycle/invoked-effect';
export type { CallAnswer } from './lifecycle/invoked-effect';
export { PermanentFailure } from './lifecycle/effect-failure';
export type { EffectError } from './lifecycle/effect-failure';
export { defineMigration, keepTimers } from './lifecycle/migration';
export type {
  MigratedInstance,
  MigratingInstance,
  Migration,
  MigratingTimer,
  TimerDecision,
} from './lifecycle/migration';
export { instantNow, stepAt, until } from './lifecycle/macrostep-instant';
export type { Instant } from './lifecycle/macrostep-instant';
export { isRefusal, refusal } from './lifecycle/refusal';
export type { Bilingual, Refusal } from './lifecycle/refusal';
export { canonicalJson, NotStorableError } from './engine/canonical-json';
export type { JsonValue } from './engine/canonical-json';
export { readEntry } from './engine/history-chain';
export type * from './engine/records';
export { ReplayDiffers, type PastState } from './engine/past';
export type { ForeseenStep, PendingTimer, Present } from './engine/present';
export { IDEMPOTENCY_HOURS, TimeLimitExceeded } from './engine/store.port';
export type { HistoryPage, IdempotencyKey, NewId, StoreTransaction } from './engine/store.port';
export type {
  AnswerCommand,
  AnswerOutcome,
  DropTimerCommand,
  SendCommand,
  StartCommand,
} from './engine/commands';
export type { AuthorizationRequest, PendingStart, WorkHooks } from './engine/work-hooks';
export { verifyInstance, type Finding } from './engine/replay';
export type { EventOutlook, Explanation, HistoryLine, Moment, WhatCan } from './runtime/instance-queries';
export type { InstancePicture } from './engine/instance-migration';
export { UnknownVersionError, type LifecycleCatalogue } from './engine/lifecycle-catalogue';
export { MigrationFault } from './engine/migration-step';
export type { VersionCount } from './engine/store.port';
export type { MigrateInstancesOptions, MigrationReport } from './runtime/instance-migrations';
export { Lifecycles } from './runtime/lifecycles';
export type { SendAnswer } from './runtime/send-lane';
export type { TypedCalls, TypedCommands } from './runtime/typed-calls';
export type { RepeatableCall, TimedCall } from './runtime/call';
export type { Work } from './runtime/work';
export { WorkflowRuntime } from './runtime/workflow.runtime';
export { uuidV7 } from './runtime/uuid-v7';
export { MemoryRuntime } from './memory/memory.runtime';
export type {
  FiredTimer,
  MemoryCall,
  MemoryEffect,
  MemoryRuntimeOptions,
  MemoryWork,
} from './memory/memory.runtime';
export { MemoryStore } from './memory/memory.store';
export { drawLifecycle } from './diagram/draw-lifecycle';
export type { DrawingOptions, DrawnInstance } from './diagram/draw-lifecycle';
