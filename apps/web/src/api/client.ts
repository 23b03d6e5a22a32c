import createClient from 'openapi-fetch';
import type { components, paths } from './schema';

/** The API as its own description tells it. The session is the browser's cookie. */
export const client = createClient<paths>({ baseUrl: '/', credentials: 'same-origin' });

type Schemas = components['schemas'];

export type Me = Schemas['MeDto'];
export type Installation = Schemas['InstallationDto'];
export type Directive = Schemas['DirectiveDto'];
export type DirectiveRow = Schemas['DirectivesDto']['items'][number];
export type DirectiveChoices = Schemas['DirectiveChoicesDto'];
export type DirectiveMatters = Schemas['DirectiveMattersDto'];
export type Explanation = Schemas['DirectiveExplanationDto'];
export type Escalation = Schemas['EscalationDto'];
export type ExtensionRequest = Schemas['ExtensionRequestDto'];
export type DemandedExplanation = Schemas['ExplanationDto'];
export type Matter = Schemas['MattersDto']['items'][number];
export type ManyDecided = Schemas['ManyDecidedDto'];
export type Course = Schemas['CourseDto'];
export type Draft = Schemas['DraftDto'];
export type DraftItem = Draft['items'][number];
export type DraftEdit = NonNullable<Schemas['DraftChangeDto']['edits']>[number];
export type Totals = Schemas['TotalsDto'];
export type Message = Schemas['MessageDto'];
export type Agency = Schemas['AgenciesDto']['items'][number];
export type Person = Schemas['PeopleDto']['items'][number];
export type DirectivesQuery = NonNullable<paths['/api/v1/directives']['get']['parameters']['query']>;
export type StandingDirective = Schemas['StandingDirectivesDto']['items'][number];
export type Obligation = Schemas['ObligationsDto']['items'][number];
export type Digest = Schemas['DigestDto'];
