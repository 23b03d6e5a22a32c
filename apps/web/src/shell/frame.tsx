import { Button, Menu } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { useMutation, useQuery } from '@tanstack/react-query';
import { lazy, Suspense } from 'react';
import { NavLink, Outlet, useLocation } from 'react-router';
import { client, type Me } from '../api/client';
import { useLive } from '../api/live';
import { answerOf } from '../api/problem';
import { meQuery, officeQuery, queryClient, unreadQuery } from '../api/queries';
import { Icon } from '../look/icon';
import { Lines } from '../look/reading';
import { type Place, placesOf } from '../session/roles';
import { SessionContext } from '../session/session';
import { useWords } from '../words/words';
import { useTour } from '../tour/tour-progress';
import { UndoBar } from '../undo/undo-bar';
import { LanguageItem, LanguageSwitch, ThemeItems, ThemeSwitch } from './preferences';
import { SandboxBar } from './sandbox-bar';
import './frame.css';

const Tour = lazy(() => import('../tour/tour'));

/** As many as fit under a thumb; the others are behind "more". */
const TABS = 4;

/** What surrounds every page of somebody who is logged in. */
export function Frame({ me }: { readonly me: Me }) {
  const { say } = useWords();
  const isConnected = useLive(true);
  const { data: office } = useQuery(officeQuery);
  const { pathname } = useLocation();
  const places = placesOf(me);
  const tour = useTour();
  return (
    <SessionContext value={me}>
      <a className="skip" href="#main">
        {say('app.skip')}
      </a>
      <div className="frame">
        <header className="frame-head no-print">
          <NavLink to="/" className="brand">
            <img src="/icon.svg" alt="" width={28} height={28} />
            <span>
              <strong>{say('app.name')}</strong>
              <span className="brand-office">{office?.name ?? ' '}</span>
            </span>
          </NavLink>
          <SandboxBar />
          <div className="row frame-tools">
            <span className="wide-only row">
              <LanguageSwitch />
              <ThemeSwitch />
            </span>
            <Account me={me} />
          </div>
        </header>
        <nav className="rail no-print" aria-label={say('nav.label')}>
          {places.map((place) => (
            <PlaceLink key={place.to} place={place} />
          ))}
        </nav>
        <main id="main" className="frame-main" tabIndex={-1}>
          {!isConnected && (
            <div className="notice tone-warn frame-cut" role="status">
              <Icon name="alert" />
              <p>{say('live.cut')}</p>
            </div>
          )}
          {tour && (
            <Suspense fallback={null}>
              <Tour progress={tour} />
            </Suspense>
          )}
          <Suspense key={pathname} fallback={<Lines />}>
            <Outlet />
          </Suspense>
        </main>
        <Tabs places={places} />
        <UndoBar />
      </div>
    </SessionContext>
  );
}

function PlaceLink({ place }: { readonly place: Place }) {
  const { say } = useWords();
  return (
    <NavLink to={place.to} className="place">
      <Icon name={place.icon} size={20} />
      <span>{say(place.name)}</span>
      {place.to === '/inbox' && <Unread />}
    </NavLink>
  );
}

function Unread() {
  const { say } = useWords();
  const { data: count = 0 } = useQuery(unreadQuery);
  if (count === 0) return null;
  return (
    <span className="unread">
      <span aria-hidden="true">{count > 99 ? '99+' : count}</span>
      <span className="unseen">{say('nav.unread', { count })}</span>
    </span>
  );
}

/** On a phone the places stand at the bottom, within reach. */
function Tabs({ places }: { readonly places: readonly Place[] }) {
  const { say } = useWords();
  const shown = places.length > TABS + 1 ? places.slice(0, TABS) : places;
  const others = places.slice(shown.length);
  return (
    <nav className="tabs no-print" aria-label={say('nav.label')}>
      {shown.map((place) => (
        <PlaceLink key={place.to} place={place} />
      ))}
      {others.length > 0 && (
        <Menu position="top-end">
          <Menu.Target>
            <button type="button" className="place">
              <Icon name="dots" size={20} />
              <span>{say('nav.more')}</span>
              {others.some(({ to }) => to === '/inbox') && <Unread />}
            </button>
          </Menu.Target>
          <Menu.Dropdown>
            {others.map((place) => (
              <Menu.Item
                key={place.to}
                component={NavLink}
                to={place.to}
                leftSection={<Icon name={place.icon} />}
              >
                {say(place.name)}
              </Menu.Item>
            ))}
          </Menu.Dropdown>
        </Menu>
      )}
    </nav>
  );
}

function Account({ me }: { readonly me: Me }) {
  const { say, sayCode } = useWords();
  const isNarrow = useMediaQuery('(max-width: 61.99em)');
  const leave = useMutation({
    mutationFn: () => answerOf(client.POST('/api/v1/auth/logout')),
    onSettled: () => {
      queryClient.clear();
      queryClient.setQueryData(meQuery.queryKey, null);
    },
  });
  return (
    <Menu position="bottom-end" width={260}>
      <Menu.Target>
        <Button variant="default" size="compact-sm" aria-label={say('settings.account', { name: me.name })}>
          <Icon name="person" />
          <span className="wide-only account-name">{me.name}</span>
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label className="account-who">
          <strong>{me.name}</strong>
          {me.offices.map(({ role, agency, onBehalfOf }) => (
            <span key={`${role} ${agency ?? ''} ${onBehalfOf ?? ''}`} className="small soft">
              {sayCode('role', role)}
              {onBehalfOf !== null && ` (${say('role.acting')})`}
            </span>
          ))}
        </Menu.Label>
        {isNarrow && (
          <>
            <LanguageItem />
            <ThemeItems />
          </>
        )}
        <Menu.Divider />
        <Menu.Item component={NavLink} to="/profile" leftSection={<Icon name="person" />}>
          {say('nav.profile')}
        </Menu.Item>
        <Menu.Item component="a" href="/api/docs" target="_blank" leftSection={<Icon name="file" />}>
          {say('settings.api')}
        </Menu.Item>
        <Menu.Item leftSection={<Icon name="back" />} onClick={() => leave.mutate()}>
          {say('logout')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
