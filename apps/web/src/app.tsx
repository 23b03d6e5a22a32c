import { MantineProvider } from '@mantine/core';
import { Notifications } from '@mantine/notifications';
import { QueryClientProvider, useQuery } from '@tanstack/react-query';
import { createBrowserRouter, Navigate, RouterProvider, useRouteError } from 'react-router';
import { installationQuery, meQuery, queryClient } from './api/queries';
import { EmptyState } from './look/empty-state';
import { ProblemNotice } from './look/problem-notice';
import { theme } from './look/theme';
import { fetchEarly, lazyPages } from './pages';
import { LoginPage } from './session/login.page';
import { homeOf } from './session/roles';
import { useMe } from './session/session';
import { Frame } from './shell/frame';
import { Opening } from './shell/opening';
import { useWords, WordsProvider } from './words/words';

fetchEarly(window.location.pathname);

/** Whoever is not logged in is asked to, at the address where they wanted to go. */
function Entrance() {
  const me = useQuery(meQuery);
  // What it tells stands above the page: were it to come later, everything below would move.
  const { isPending } = useQuery(installationQuery);
  if (me.data !== undefined && isPending) return <Opening />;
  if (me.data) return <Frame me={me.data} />;
  if (me.data === null) return <LoginPage />;
  if (me.error)
    return (
      <main className="frame-main">
        <ProblemNotice error={me.error} retry={() => void me.refetch()} />
      </main>
    );
  return <Opening />;
}

function Home() {
  return <Navigate to={homeOf(useMe())} replace />;
}

function NotFound() {
  const { say } = useWords();
  return <EmptyState icon="search" title={say('state.notFound')} hint={say('state.notFoundHint')} isPage />;
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
      ...lazyPages.map(({ path, Component }) => ({ path, element: <Component /> })),
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
