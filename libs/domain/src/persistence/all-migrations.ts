import { AccountSecurity1795219200060 } from './migrations/account-security.migration';
import { ApiTokens1795219200062 } from './migrations/api-tokens.migration';
import { FederatedIdentities1795219200064 } from './migrations/federated-identities.migration';
import { AuditTrail1795219200061 } from './migrations/audit-trail.migration';
import { CascadeElsewhere1795219200090 } from './migrations/cascade-elsewhere.migration';
import { Consultations1795219200031 } from './migrations/consultations.migration';
import { Delegations1795219200032 } from './migrations/delegations.migration';
import { DirectiveCourse1795219200020 } from './migrations/directive-course.migration';
import { DirectiveTables1795219200002 } from './migrations/directive-tables.migration';
import { EscalationsAndExplanations1795219200030 } from './migrations/escalations-and-explanations.migration';
import { MessageTables1795219200040 } from './migrations/message-tables.migration';
import { LiveNews1795219200070 } from './migrations/live-news.migration';
import { IntakeLessons1795219200050 } from './migrations/intake-lessons.migration';
import { OrganizationTables1795219200001 } from './migrations/organization-tables.migration';
import { OrganizationCircles1795219300200 } from './migrations/organization-circles.migration';
import { OrganizationsBelow1795219200130 } from './migrations/organizations-below.migration';
import { OfficeVersions1795219200010 } from './migrations/office-versions.migration';
import { PlainWords1795219200080 } from './migrations/plain-words.migration';
import { NotedChanges1795219200106 } from './migrations/noted-changes.migration';
import { ProviderLogOut1795219200107 } from './migrations/provider-log-out.migration';
import { CountedAccess1795219200140 } from './migrations/counted-access.migration';
import { RequestCounts1795219200105 } from './migrations/request-counts.migration';
import { SavedViews1795219200110 } from './migrations/saved-views.migration';
import { QuickLists1795219200095 } from './migrations/quick-lists.migration';
import { StandingSources1795219200091 } from './migrations/standing-sources.migration';
import { StandingDirectives1795219200033 } from './migrations/standing-directives.migration';
import { Walls1795219200003 } from './migrations/walls.migration';
import { UndoneDecisions1795219200114 } from './migrations/undone-decisions.migration';
import { workflowMigrations } from '@dondoc/workflow/postgres/migrations/index';
import { AgencyCalendars1795219300100 } from './migrations/agency-calendars.migration';
import { DirectoryAdministration1795219200118 } from './migrations/directory-administration.migration';

/** In the order in which they run: the runtime's own first. */
export const migrations = [
  ...workflowMigrations,
  OrganizationTables1795219200001,
  DirectiveTables1795219200002,
  Walls1795219200003,
  OfficeVersions1795219200010,
  DirectiveCourse1795219200020,
  EscalationsAndExplanations1795219200030,
  Consultations1795219200031,
  Delegations1795219200032,
  StandingDirectives1795219200033,
  MessageTables1795219200040,
  IntakeLessons1795219200050,
  AccountSecurity1795219200060,
  AuditTrail1795219200061,
  ApiTokens1795219200062,
  FederatedIdentities1795219200064,
  LiveNews1795219200070,
  PlainWords1795219200080,
  CascadeElsewhere1795219200090,
  StandingSources1795219200091,
  QuickLists1795219200095,
  RequestCounts1795219200105,
  NotedChanges1795219200106,
  ProviderLogOut1795219200107,
  SavedViews1795219200110,
  UndoneDecisions1795219200114,
  DirectoryAdministration1795219200118,
  OrganizationsBelow1795219200130,
  CountedAccess1795219200140,
  AgencyCalendars1795219300100,
  OrganizationCircles1795219300200,
];
