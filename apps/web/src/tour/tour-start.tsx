import { Button } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useNavigate } from 'react-router';
import { installationQuery } from '../api/queries';
import { Icon } from '../look/icon';
import { ProblemNotice } from '../look/problem-notice';
import { useWords } from '../words/words';
import { CLERK, isSample, playPart } from './tour-acts';
import { goOn } from './tour-progress';

/** At the door of a sandbox: one touch, and one is on the way. */
export function TourStart() {
  const { say } = useWords();
  const go = useNavigate();
  const { data: installation } = useQuery(installationQuery);
  const logIns = installation?.logIns ?? [];
  const start = useMutation({
    mutationFn: () => playPart(logIns, CLERK),
    onSuccess: () => {
      goOn('draft');
      void go('/intake');
    },
  });
  if (!isSample(logIns)) return null;
  return (
    <div className="card card-body stack-tight">
      <h2>{say('tour.offer')}</h2>
      <p className="soft">{say('tour.offerHint')}</p>
      <ProblemNotice error={start.error} />
      <Button
        variant="default"
        size="md"
        mt={6}
        loading={start.isPending}
        onClick={() => start.mutate()}
        leftSection={<Icon name="spark" />}
      >
        {say('tour.start')}
      </Button>
    </div>
  );
}
