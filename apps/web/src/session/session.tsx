import { createContext, useContext } from 'react';
import type { Me } from '../api/client';

export const SessionContext = createContext<Me | null>(null);

/** Who is logged in, below the frame that makes sure that somebody is. */
export function useMe(): Me {
  const me = useContext(SessionContext);
  if (!me) throw new Error('useMe needs somebody to be logged in');
  return me;
}
