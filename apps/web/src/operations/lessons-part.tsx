import { Button, Select } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation, useQuery } from '@tanstack/react-query';
import { lessonsQuery } from '../administration/admin-queries';
import { client } from '../api/client';
import { answerOf } from '../api/problem';
import { agenciesQuery, peopleQuery, refreshAll } from '../api/queries';
import type { components } from '../api/schema';
import { EmptyState } from '../look/empty-state';
import { ProblemNotice } from '../look/problem-notice';
import { Reading } from '../look/reading';
import { Badge } from '../look/status-badge';
import { useOfficeTime } from '../time/office-time';
import { useWords } from '../words/words';

type Lesson = components['schemas']['LessonsDto']['items'][number];

/** What clerks' corrections have taught the reading of notices: changed, undone, and taken up again. */
export function LessonsPart() {
  const { say } = useWords();
  const query = useQuery(lessonsQuery);
  return (
    <Reading query={query}>
      {(items) =>
        items.length === 0 ? (
          <EmptyState icon="spark" title={say('lessons.none')} hint={say('lessons.noneHint')} />
        ) : (
          <ul className="card record-list">
            {items.map((lesson) => (
              <LessonRow key={lesson.id} lesson={lesson} />
            ))}
          </ul>
        )
      }
    </Reading>
  );
}

function LessonRow({ lesson }: { readonly lesson: Lesson }) {
  const { say, sayCode } = useWords();
  const time = useOfficeTime();
  const { data: agencies = [] } = useQuery(agenciesQuery);
  const { data: people = [] } = useQuery(peopleQuery);
  const change = useMutation({
    mutationFn: (body: { active?: boolean; agency?: string }) =>
      answerOf(
        client.PATCH('/api/v1/intake-lessons/{id}', {
          params: { path: { id: lesson.id }, header: { 'If-Match': `"${lesson.revision}"` } },
          body,
        }),
      ),
    onSuccess: async () => {
      await refreshAll();
      notifications.show({ color: 'green', message: say('lessons.done') });
    },
    onError: () => void refreshAll(),
  });
  const teacher = people.find(({ id }) => id === lesson.taughtBy)?.name ?? '';
  return (
    <li>
      <span className="row spread">
        <strong>“{lesson.phrase}”</strong>
        <span className="row">
          <Badge tone="info">{sayCode('lessonKind', lesson.kind)}</Badge>
          {!lesson.active && (
            <Badge tone="plain" icon="ban">
              {say('lessons.undone')}
            </Badge>
          )}
        </span>
      </span>
      {lesson.parts.length > 0 && <span className="small soft">{lesson.parts.join(' · ')}</span>}
      <span className="small soft">
        {teacher}, {time.moment(lesson.taughtAt)}
      </span>
      <span className="row">
        {lesson.kind === 'alias' && (
          <Select
            aria-label={`${say('lessons.means')}: ${lesson.phrase}`}
            data={agencies.filter((one) => one.inForce).map(({ id, name }) => ({ value: id, label: name }))}
            value={lesson.agency}
            onChange={(agency) => agency !== null && agency !== lesson.agency && change.mutate({ agency })}
            searchable
            allowDeselect={false}
            disabled={change.isPending}
            w="18rem"
          />
        )}
        <Button
          variant="default"
          size="compact-sm"
          loading={change.isPending}
          onClick={() => change.mutate({ active: !lesson.active })}
        >
          {say(lesson.active ? 'lessons.undo' : 'lessons.redo')}
        </Button>
      </span>
      <ProblemNotice error={change.error} />
    </li>
  );
}
