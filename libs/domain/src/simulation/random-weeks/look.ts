import { type InstanceRecord, type Instant } from '@dondoc/workflow';
import { versionOf } from '../../lifecycles/act-facts';
import { type Directory } from '../../directory/directory';
import { type SimulatedDirective, type SimulatedOffice } from '../simulated-office';

/** The office at one moment, read once. */
export interface Look {
  readonly now: Instant;
  readonly directory: Directory;
  readonly directives: readonly SimulatedDirective[];
  readonly instances: readonly InstanceRecord[];
  /** `id@version` */
  readonly rulesInForce: string;
}

export function lookAt(office: SimulatedOffice): Look {
  return {
    now: office.memory.now,
    directory: office.directory,
    directives: office.directives(),
    instances: office.memory.store.instances(office.organization),
    rulesInForce: versionOf(office.rulesInForce),
  };
}
