import { type OpenSession } from '@dondoc/domain/accounts/sessions.service';
import { type OpenSessionsDto } from './authentication.dto';

const iso = (instant: number): string => new Date(instant).toISOString();

export const openSessions = (sessions: readonly OpenSession[]): OpenSessionsDto => ({
  items: sessions.map((session) => ({
    ...session,
    createdAt: iso(session.createdAt),
    lastSeenAt: iso(session.lastSeenAt),
    expiresAt: iso(session.expiresAt),
  })),
});
