export { isLeftToXState } from '../engine/machine-step';
export { storeContract } from './contract/store-contract';
export type { ContractStore, OpenContractStore } from './contract/contract-bench';
export { lifecyclePaths } from './lifecycle-paths';
export type { LifecyclePath, LifecyclePaths, LifecyclePathsOptions, PathMove } from './lifecycle-paths';
export { TestRuntime } from './test-runtime';
export type { TestRuntimeOptions, TestSend, TestStart } from './test-runtime';
