import { RecordForm } from '../administration/record-form';
import { client } from '../api/client';
import { answerOf } from '../api/problem';
import type { CalendarVersion } from './calendar-shape';

interface Props {
  /** What it begins as: hours, rest days and the days that notices ordered. */
  readonly like: CalendarVersion;
  readonly done: (made: CalendarVersion) => void;
  readonly close: () => void;
}

/** Another calendar of the organization: made as a copy of the one that is shown, then given hours of its own. */
export function NewCalendarForm({ like, done, close }: Props) {
  return (
    <div className="card">
      <RecordForm
        title="calendar.add"
        hint="calendar.addHint"
        submit="calendar.add"
        said="calendar.added"
        fields={[
          { path: 'id', label: 'calendar.id', kind: 'line', isRequired: true },
          { path: 'note', label: 'calendar.note', kind: 'line', isRequired: true },
        ]}
        send={(body, { key }) => {
          const { id = '', note = '' } = body as { id?: string; note?: string };
          const { id: _id, version: _version, ...calendar } = like.calendar;
          return answerOf(
            client.POST('/api/v1/calendars/{id}/versions', {
              params: { path: { id }, header: { 'Idempotency-Key': key } },
              body: { calendar, note },
            }),
          );
        }}
        done={done}
        close={close}
      />
    </div>
  );
}
