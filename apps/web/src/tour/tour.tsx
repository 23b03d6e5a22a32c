import { Button } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { useNavigate } from 'react-router';
import { ApiProblem } from '../api/problem';
import { draftQuery, installationQuery, refreshAll } from '../api/queries';
import { mattersQuery } from '../escalations/waiting-queries';
import { Icon } from '../look/icon';
import { ProblemNotice } from '../look/problem-notice';
import { useOfficeTime } from '../time/office-time';
import { useWords } from '../words/words';
import { CLERK, draftOrder, LEADER, moveOn, playPart } from './tour-acts';
import { endTour, goOn, type TourProgress, tourSteps } from './tour-progress';
import './tour.css';

/** Above whatever page one is on: where the tour stands, and its next step. Nothing is covered, nothing is forced. */
export default function Tour({ progress: { step, draft } }: { readonly progress: TourProgress }) {
  const { say, sayCode } = useWords();
  const time = useOfficeTime();
  const go = useNavigate();
  const { data: installation } = useQuery(installationQuery);
  const place = useRef<HTMLElement>(null);
  const logIns = installation?.logIns ?? [];
  const number = tourSteps.indexOf(step) + 1;

  const next = useMutation({
    mutationFn: async () => {
      switch (step) {
        case 'draft': {
          await playPart(logIns, CLERK);
          const made = await draftOrder(logIns, time.dateOf(installation?.now ?? 0), say('tour.order'));
          goOn('assign', made);
          return `/intake/${made}`;
        }
        case 'assign':
          return `/intake/${draft ?? ''}`;
        case 'time':
          await moveOn();
          await refreshAll();
          goOn('leader');
          return null;
        case 'leader':
          await playPart(logIns, LEADER);
          goOn('decide');
          return '/decisions';
        case 'decide':
          return '/decisions';
        case 'done':
          endTour();
          return '/overview';
      }
    },
    onSuccess: (to) => {
      if (to !== null) void go(to);
      place.current?.focus();
    },
  });

  return (
    <section ref={place} className="tour no-print" aria-label={say('tour.label')} tabIndex={-1}>
      {step === 'assign' && draft !== null && <WhenAssigned draft={draft} />}
      {step === 'decide' && <WhenDecided />}
      <div className="tour-head">
        <span className="badge tone-info">{say('tour.step', { number, total: tourSteps.length })}</span>
        <h2>{sayCode('tour.title', step)}</h2>
        <Button variant="subtle" size="compact-sm" className="tour-close" onClick={endTour}>
          <Icon name="close" size={16} />
          {say('tour.leave')}
        </Button>
      </div>
      <p>{sayCode('tour.text', step)}</p>
      <ProblemNotice error={next.error instanceof ApiProblem ? next.error : null} />
      <Button size="sm" loading={next.isPending} onClick={() => next.mutate()} className="self-start">
        {sayCode('tour.act', step)}
      </Button>
    </section>
  );
}

function WhenAssigned({ draft }: { readonly draft: string }) {
  const { data } = useQuery(draftQuery(draft));
  const isConfirmed = data?.status === 'confirmed';
  useEffect(() => {
    if (isConfirmed) goOn('time');
  }, [isConfirmed]);
  return null;
}

/** Something that was open when the step began is no longer. */
function WhenDecided() {
  const { data } = useQuery(mattersQuery);
  const seen = useRef<ReadonlySet<string>>(new Set());
  const open = data?.flatMap(({ escalations }) => escalations.map(({ id }) => id));
  useEffect(() => {
    if (!open) return;
    const isDecided = [...seen.current].some((id) => !open.includes(id));
    if (isDecided) goOn('done');
    seen.current = new Set(open);
  }, [open]);
  return null;
}
