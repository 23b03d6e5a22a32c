import { Select } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation, useQuery } from '@tanstack/react-query';
import { type SubmitEvent, useState } from 'react';
import { calendarsQuery } from '../administration/admin-queries';
import { useAct } from '../api/act';
import { client } from '../api/client';
import { answerOf, ApiProblem } from '../api/problem';
import { Touched } from '../calendar/touched';
import { FormButtons } from '../look/form-buttons';
import { ProblemNotice } from '../look/problem-notice';
import { useWords } from '../words/words';
import type { AgencyEntry } from './directory.page';
import { sendTo } from './send-directory';

interface Props {
  readonly agency: AgencyEntry;
  readonly close: () => void;
}

/** No calendar of its own: a choice needs a value. */
const GENERAL = '';

/** The calendar that an agency works by: what it would touch is seen before it counts. */
export function AgencyCalendarForm({ agency, close }: Props) {
  const { say, told } = useWords();
  const calendars = useQuery(calendarsQuery);
  const [chosen, setChosen] = useState(agency.calendar ?? GENERAL);
  const calendar = chosen === GENERAL ? null : chosen;
  const preview = useMutation({
    mutationFn: (wanted: string | null) =>
      answerOf(
        client.POST('/api/v1/directory/agencies/{id}/calendar/preview', {
          params: { path: { id: agency.id } },
          body: { calendar: wanted },
        }),
      ),
  });
  const send = useAct(sendTo(`agencies/${agency.id}/calendar`), () => {
    notifications.show({ color: 'green', message: say('directory.done') });
    close();
  });
  const isSeen = preview.data !== undefined && preview.variables === calendar;
  const refused = [send.error, preview.error].find((error) => error instanceof ApiProblem);
  const [named] = refused?.errorsOf('calendar') ?? [];
  const options = (calendars.data ?? []).filter(({ main }) => !main);
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    if (isSeen) send.mutate({ calendar });
    else {
      send.reset();
      preview.mutate(calendar);
    }
  };
  return (
    <form className="record-form stack" onSubmit={submit} aria-label={say('agency.calendar')} noValidate>
      <div>
        <h2>{say('agency.calendar')}</h2>
        <p className="soft small">{say('agency.calendarHint')}</p>
      </div>
      <Select
        label={say('agency.calendar')}
        data={[
          { value: GENERAL, label: say('calendar.main') },
          ...options.map(({ id }) => ({ value: id, label: id })),
        ]}
        value={chosen}
        onChange={(value) => setChosen(value ?? GENERAL)}
        allowDeselect={false}
        error={named ? told(named) : null}
      />
      {isSeen && <Touched touched={preview.data.touched} />}
      <ProblemNotice error={preview.error ?? send.error} shown={['calendar']} />
      <FormButtons
        submit={say(isSeen ? 'word.save' : 'calendar.preview')}
        disabled={calendar === agency.calendar}
        isLoading={preview.isPending || send.isPending}
        isSending={send.isPending}
        close={close}
      />
    </form>
  );
}
