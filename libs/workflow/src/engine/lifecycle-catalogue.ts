import { type Lifecycle } from '../lifecycle/lifecycle-definition';
import { type Migration } from '../lifecycle/migration';
import { refusal, type Refusal } from '../lifecycle/refusal';
import { type InstanceRecord } from './records';

/** Lifecycles by id and version; the highest version is what new instances get. */
export interface LifecycleCatalogue {
  /** In all versions at hand. */
  readonly all: readonly Lifecycle[];
  latest(id: string): Lifecycle;
  /** @throws when this process does not have it */
  exact(id: string, version: number): Lifecycle;
  find(id: string, version: number): Lifecycle | undefined;
  /** The step from this version to the next. */
  migration(id: string, from: number): Migration | undefined;
  /** Id of the instance that `from` starts under `key`: the same for the same pair. */
  childId(from: string, key: string): string;
}

type Versioned = Pick<InstanceRecord, 'lifecycle' | 'version'>;

/** A process of another release can do it: while old and new ones run together, or when this one is out of date. */
export function unknownVersion({ lifecycle, version }: Versioned): Refusal {
  return refusal('unknown-version', {
    vi: `Quy trình này thuộc phiên bản ${lifecycle}@${version} mà máy chủ đang trả lời chưa có; hãy thử lại sau khi nâng cấp xong.`,
    en: `This instance is of ${lifecycle}@${version}, which the answering server does not have; try again when the upgrade is done.`,
  });
}

/** A transition reaches an instance whose version this process does not have. Nothing of it may be written. */
export class UnknownVersionError extends Error {
  readonly refusal: Refusal;

  constructor(instance: Versioned & Pick<InstanceRecord, 'id'>) {
    super(
      `this process does not have ${instance.lifecycle}@${instance.version}, which instance ${instance.id} is of`,
    );
    this.refusal = unknownVersion(instance);
  }
}
