import { useEffect, useState } from 'react';
import { refreshAll } from './queries';

/** A browser tries a broken connection again by itself, but gives up for good when it is answered by anything but a stream. */
const TRY_AGAIN_MS = 5_000;

/** Listens to the server's news while somebody is logged in, and reads anew what may have changed. */
export function useLive(isLoggedIn: boolean): boolean {
  const [isConnected, setConnected] = useState(true);
  useEffect(() => {
    if (!isLoggedIn) return undefined;
    let source: EventSource | null = null;
    let again: number | undefined;
    const listen = () => {
      const stream = new EventSource('/api/v1/events');
      source = stream;
      stream.addEventListener('open', () => {
        setConnected(true);
        // What happened before was told to nobody: since the page's first look, or while the stream was cut.
        void refreshAll();
      });
      stream.addEventListener('error', () => {
        setConnected(false);
        if (stream.readyState === EventSource.CLOSED) again = window.setTimeout(listen, TRY_AGAIN_MS);
      });
      stream.addEventListener('changed', () => void refreshAll());
    };
    const hush = () => {
      window.clearTimeout(again);
      source?.close();
    };
    // A page that nobody looks at asks for nothing, and keeps no session alive.
    const followSight = () => {
      hush();
      if (!document.hidden) listen();
    };
    listen();
    document.addEventListener('visibilitychange', followSight);
    return () => {
      document.removeEventListener('visibilitychange', followSight);
      hush();
    };
  }, [isLoggedIn]);
  return isConnected;
}
