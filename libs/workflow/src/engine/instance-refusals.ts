import { refusal, type Refusal } from '../lifecycle/refusal';
import { type ExpectedInstance, type SendCommand } from './commands';
import { type InstanceRecord } from './records';

export const unknownInstance = (): Refusal =>
  refusal('unknown-instance', { vi: 'Không tìm thấy quy trình này.', en: 'There is no such instance.' });

/** Whether the command is meant for an instance of another lifecycle. */
export const isOfAnother = ({ lifecycle }: SendCommand, record: InstanceRecord): boolean =>
  lifecycle !== undefined && lifecycle !== record.lifecycle;

/** Refuses when the instance has moved on since the caller saw it. */
export function staleness(
  { expectedRevision }: ExpectedInstance,
  revision: number | undefined,
): Refusal | null {
  if (revision === undefined || expectedRevision === undefined || expectedRevision === revision) return null;
  return refusal(
    'stale-revision',
    {
      vi: 'Dữ liệu đã được người khác thay đổi; hãy xem bản mới rồi thao tác lại.',
      en: 'Somebody else has changed this in the meantime; look at the present state and try again.',
    },
    { currentRevision: revision },
  );
}

/** Somebody else has decided on it, it was cancelled meanwhile, or it never was parked. */
export const notParked = (): Refusal =>
  refusal('not-parked', {
    vi: 'Việc này không còn bị treo lại.',
    en: 'This work is not parked, or not any more.',
  });
