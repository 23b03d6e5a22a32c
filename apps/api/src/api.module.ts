import { type ApiConfiguration } from '@dondoc/domain/configuration/api.configuration';
import { Module, type DynamicModule } from '@nestjs/common';
import { APP_FILTER, APP_GUARD, APP_INTERCEPTOR, APP_PIPE, DiscoveryModule } from '@nestjs/core';
import { MulterModule } from '@nestjs/platform-express';
import { createZodValidationPipe } from 'nestjs-zod';
import { LoggerModule } from 'nestjs-pino';
import { AccountsController } from './authentication/accounts.controller';
import { AuditController } from './audit/audit.controller';
import { AuthenticationController } from './authentication/authentication.controller';
import { OpenIdController } from './authentication/openid.controller';
import { OwnAccountController } from './authentication/own-account.controller';
import { PersonalDataController } from './authentication/personal-data.controller';
import { TokensController } from './authentication/tokens.controller';
import { ConsultationsController } from './consultations/consultations.controller';
import { CalendarsController } from './calendars/calendars.controller';
import { DigestsController } from './digests/digests.controller';
import { DelegationsController } from './delegations/delegations.controller';
import { DirectoryController } from './directory/directory.controller';
import { DirectiveActsController } from './directives/directive-acts.controller';
import { DirectiveSourceController } from './directives/directive-source.controller';
import { DirectiveCourseController } from './directives/directive-course.controller';
import { DirectiveMattersController } from './directives/directive-matters.controller';
import { DirectivesController } from './directives/directives.controller';
import { HomeController } from './documentation/home.controller';
import { DocumentsController } from './documents/documents.controller';
import { DraftsController } from './drafts/drafts.controller';
import { LessonsController } from './drafts/lessons.controller';
import { EscalationsController } from './escalations/escalations.controller';
import { ExplanationsController } from './explanations/explanations.controller';
import { EventsController } from './events/events.controller';
import { EventsService } from './events/events.service';
import { RemotePartsController } from './directives/remote-parts.controller';
import { ExtensionRequestsController } from './extension-requests/extension-requests.controller';
import { FilesController } from './files/files.controller';
import { HealthController } from './health/health.controller';
import { InstallationController } from './installation/installation.controller';
import { InboxController } from './inbox/inbox.controller';
import { MetricsController } from './metrics/metrics.controller';
import { OfficeController } from './office/office.controller';
import { OperationsController } from './operations/operations.controller';
import { OutgoingMailController } from './outgoing-mail/outgoing-mail.controller';
import { ParkedWorkController } from './parked-work/parked-work.controller';
import { ProblemFilter } from './problems/problem.filter';
import { validationProblem } from './problems/validation-problem';
import { EtagInterceptor } from './requests/etag.interceptor';
import { requestLog } from './requests/request-log';
import { StorableInterceptor } from './requests/storable.interceptor';
import { SandboxController } from './sandbox/sandbox.controller';
import { SavedViewsController } from './saved-views/saved-views.controller';
import { AccessDecisionsCheck } from './security/access-decisions.check';
import { AccessGuard } from './security/access.guard';
import { StandingDirectivesController } from './standing-directives/standing-directives.controller';
import { TotalsController } from './totals/totals.controller';
import { WorkingRulesController } from './working-rules/working-rules.controller';
import { WorkingsModule } from './workings/workings.module';

const controllers = [
  AuthenticationController,
  OwnAccountController,
  AccountsController,
  TokensController,
  PersonalDataController,
  OpenIdController,
  InstallationController,
  OfficeController,
  DirectoryController,
  DocumentsController,
  DraftsController,
  LessonsController,
  DirectivesController,
  DirectiveActsController,
  DirectiveMattersController,
  ConsultationsController,
  DelegationsController,
  StandingDirectivesController,
  DirectiveSourceController,
  DirectiveCourseController,
  RemotePartsController,
  EscalationsController,
  ExplanationsController,
  ExtensionRequestsController,
  DigestsController,
  InboxController,
  OutgoingMailController,
  ParkedWorkController,
  OperationsController,
  AuditController,
  TotalsController,
  SavedViewsController,
  WorkingRulesController,
  CalendarsController,
  FilesController,
  EventsController,
  HealthController,
  MetricsController,
  HomeController,
];

/** The HTTP shell. No rules: it asks the domain, and says over HTTP what the domain answered. */
@Module({})
export class ApiModule {
  static of(configuration: ApiConfiguration): DynamicModule {
    return {
      module: ApiModule,
      imports: [
        DiscoveryModule,
        LoggerModule.forRoot(requestLog(configuration.logLevel)),
        WorkingsModule.of(configuration),
        MulterModule.register({
          limits: { fileSize: configuration.filesMaxBytes, files: 1, fields: 10, fieldSize: 10_000 },
        }),
      ],
      controllers: [...controllers, ...(configuration.mode === 'sandbox' ? [SandboxController] : [])],
      providers: [
        AccessDecisionsCheck,
        EventsService,
        { provide: APP_GUARD, useClass: AccessGuard },
        { provide: APP_FILTER, useClass: ProblemFilter },
        { provide: APP_INTERCEPTOR, useClass: StorableInterceptor },
        { provide: APP_INTERCEPTOR, useClass: EtagInterceptor },
        {
          provide: APP_PIPE,
          useClass: createZodValidationPipe({ createValidationException: validationProblem }),
        },
      ],
    };
  }
}
