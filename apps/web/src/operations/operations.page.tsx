import { useParams } from 'react-router';
import { TabLine } from '../administration/tab-line';
import { PageHead } from '../look/page-head';
import { useWords } from '../words/words';
import { LessonsPart } from './lessons-part';
import { LifecyclesPart } from './lifecycles-part';
import { WorkPart } from './work-part';
import '../administration/admin.css';

const tabs = [
  { to: '/operations/work', name: 'operations.work' },
  { to: '/operations/lifecycles', name: 'operations.lifecycles' },
  { to: '/operations/lessons', name: 'operations.lessons' },
] as const;

/** How the work goes that nobody sees otherwise. */
export default function OperationsPage() {
  const { say } = useWords();
  const { part = 'work' } = useParams();
  return (
    <>
      <PageHead title={say('nav.operations')} />
      <TabLine label="nav.operations" tabs={tabs} />
      {part === 'lifecycles' ? <LifecyclesPart /> : part === 'lessons' ? <LessonsPart /> : <WorkPart />}
    </>
  );
}
