import { useEffect, useState } from 'react';
import { refreshAll } from './queries';

/** Listens to the server's news while somebody is logged in, and reads anew what may have changed. */
export function useLive(isLoggedIn: boolean): boolean {
  const [isConnected, setConnected] = useState(true);
  useEffect(() => {
    if (!isLoggedIn) return undefined;
    const source = new EventSource('/api/v1/events');
    let wasCut = false;
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
    return () => source.close();
  }, [isLoggedIn]);
  return isConnected;
}
