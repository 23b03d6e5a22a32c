import { MantineProvider } from '@mantine/core';
import { Notifications } from '@mantine/notifications';
import { QueryClientProvider, useQuery } from '@tanstack/react-query';
import { lazy } from 'react';
import { createBrowserRouter, Navigate, RouterProvider, useRouteError } from 'react-router';
import { meQuery, queryClient } from './api/queries';
import { EmptyState } from './look/empty-state';
import { ProblemNotice } from './look/problem-notice';
import { Lines } from './look/reading';
import { theme } from './look/theme';
import { LoginPage } from './session/login.page';
import { homeOf } from './session/roles';
import { useMe } from './session/session';
import { Frame } from './shell/frame';
import { useWords, WordsProvider } from './words/words';

const WorkPage = lazy(() => import('./directives/work.page'));
const BoardPage = lazy(() => import('./directives/board.page'));
const DirectivePage = lazy(() => import('./directives/directive.page'));
const VerificationPage = lazy(() => import('./directives/verification.page'));
const DecisionsPage = lazy(() => import('./escalations/decisions.page'));
const OverviewPage = lazy(() => import('./overview/overview.page'));
const IntakePage = lazy(() => import('./intake/intake.page'));
const DraftPage = lazy(() => import('./intake/draft.page'));
const ByHandPage = lazy(() => import('./intake/by-hand.page'));
const StandingPage = lazy(() => import('./standing/standing.page'));
const StandingDirectivePage = lazy(() => import('./standing/standing-directive.page'));
const DigestPage = lazy(() => import('./digest/digest.page'));
const InboxPage = lazy(() => import('./inbox/inbox.page'));
const OfficePage = lazy(() => import('./office/office.page'));
const CalendarPage = lazy(() => import('./calendar/calendar.page'));
const DirectoryPage = lazy(() => import('./directory/directory.page'));
const AccountsPage = lazy(() => import('./accounts/accounts.page'));
const ProfilePage = lazy(() => import('./accounts/profile.page'));
const OperationsPage = lazy(() => import('./operations/operations.page'));
const AuditPage = lazy(() => import('./audit/audit.page'));
const RulesPage = lazy(() => import('./rules/rules.page'));
const RulesEditorPage = lazy(() => import('./rules/rules-editor.page'));

/** Whoever is not logged in is asked to, at the address where they wanted to go. */
function Entrance() {
  const me = useQuery(meQuery);
  if (me.data) return <Frame me={me.data} />;
  if (me.data === null) return <LoginPage />;
  if (me.error)
    return (
      <main className="frame-main">
        <ProblemNotice error={me.error} retry={() => void me.refetch()} />
      </main>
    );
  return (
    <main className="frame-main">
      <Lines />
    </main>
  );
}

function Home() {
  return <Navigate to={homeOf(useMe())} replace />;
}

function NotFound() {
  const { say } = useWords();
  return <EmptyState icon="search" title={say('state.notFound')} hint={say('state.notFoundHint')} />;
}

function Crashed() {
  const error = useRouteError();
  return (
    <main className="frame-main">
      <ProblemNotice
        error={error instanceof Error ? error : new Error(String(error))}
        retry={() => window.location.reload()}
      />
    </main>
  );
}

const router = createBrowserRouter([
  {
    element: <Entrance />,
    errorElement: <Crashed />,
    children: [
      { path: '/', element: <Home /> },
      { path: '/work', element: <WorkPage /> },
      { path: '/directives', element: <BoardPage /> },
      { path: '/directives/:id', element: <DirectivePage /> },
      { path: '/verification', element: <VerificationPage /> },
      { path: '/decisions', element: <DecisionsPage /> },
      { path: '/overview', element: <OverviewPage /> },
      { path: '/intake', element: <IntakePage /> },
      { path: '/intake/by-hand', element: <ByHandPage /> },
      { path: '/intake/:id', element: <DraftPage /> },
      { path: '/standing', element: <StandingPage /> },
      { path: '/standing/:id', element: <StandingDirectivePage /> },
      { path: '/digest', element: <DigestPage /> },
      { path: '/inbox', element: <InboxPage /> },
      { path: '/office', element: <OfficePage /> },
      { path: '/calendar', element: <CalendarPage /> },
      { path: '/directory/:part?/:id?', element: <DirectoryPage /> },
      { path: '/accounts', element: <AccountsPage /> },
      { path: '/profile', element: <ProfilePage /> },
      { path: '/operations/:part?', element: <OperationsPage /> },
      { path: '/audit', element: <AuditPage /> },
      { path: '/rules', element: <RulesPage /> },
      { path: '/rules/new', element: <RulesEditorPage /> },
      { path: '/rules/versions/:version', element: <RulesPage /> },
      { path: '*', element: <NotFound /> },
    ],
  },
]);

export function App() {
  return (
    <QueryClientProvider client={queryClient}>
      <MantineProvider theme={theme} defaultColorScheme="auto">
        <WordsProvider>
          <Notifications position="top-center" />
          <RouterProvider router={router} />
        </WordsProvider>
      </MantineProvider>
    </QueryClientProvider>
  );
}
