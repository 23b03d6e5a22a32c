import { PermanentFailure } from '@dondoc/workflow';
import { type Directory } from '../directory/directory';
import { isInOffice } from '../directory/offices';
import { type CivilDate } from '../working-time/civil-date';

/** Nothing leaves to whoever has left. @throws PermanentFailure: an administrator decides */
export function requireReader(directory: Directory, reader: string, date: CivilDate): void {
  if (!isInOffice(directory, reader, date)) throw new PermanentFailure('the reader holds no office any more');
}
