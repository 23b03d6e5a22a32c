import { useEffect, useState } from 'react';
import { refreshAll } from './queries';

/** Listens to the server's news while somebody is logged in, and reads anew what may have changed. */
export function useLive(isLoggedIn: boolean): boolean {
  const [isConnected, setConnected] = useState(true);
  useEffect(() => {
    if (!isLoggedIn) return undefined;
    let source: EventSource | null = null;
    let wasCut = false;
    const listen = () => {
      source = new EventSource('/api/v1/events');
      source.addEventListener('open', () => {
        setConnected(true);
        // What happened meanwhile was not told.
        if (wasCut) void refreshAll();
        wasCut = false;
      });
      source.addEventListener('error', () => {
        wasCut = true;
        setConnected(false);
      });
      source.addEventListener('changed', () => void refreshAll());
    };
    // A page that nobody looks at asks for nothing, and keeps no session alive.
    const followSight = () => {
      source?.close();
      if (document.hidden) wasCut = true;
      else listen();
    };
    listen();
    document.addEventListener('visibilitychange', followSight);
    return () => {
      document.removeEventListener('visibilitychange', followSight);
      source?.close();
    };
  }, [isLoggedIn]);
  return isConnected;
}
