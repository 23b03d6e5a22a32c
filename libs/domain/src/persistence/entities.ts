import {
  AccountEntity,
  AccountSecretEntity,
  LoginThrottleEntity,
  RecoveryCodeEntity,
  SecondFactorEntity,
  SessionEntity,
} from './entities/account.entities';
import { ApiTokenEntity } from './entities/api-token.entity';
import { AuditEntryEntity, AuditOriginEntity } from './entities/audit.entities';
import {
  DirectiveEntity,
  EscalationEntity,
  ExtensionRequestEntity,
  InboxMessageEntity,
  ResultDocumentEntity,
} from './entities/directive.entities';
import {
  AgencyEntity,
  AgencyFormerNameEntity,
  DelegationEntity,
  InChargeEntity,
  OfficeHeldEntity,
  PersonEntity,
} from './entities/directory.entities';
import { CascadeMessageEntity, ReceivedDirectiveEntity, RemotePartEntity } from './entities/cascade.entities';
import { ConsultationEntity } from './entities/consultation.entity';
import { ExplanationEntity } from './entities/explanation.entity';
import { FederatedIdentityEntity } from './entities/federated-identity.entity';
import { IntakeLessonEntity } from './entities/intake-lesson.entity';
import { DocumentEntity, DraftEntity, SourceEntity, StoredFileEntity } from './entities/intake.entities';
import { DispatchEntity, DispatchItemEntity, MessagePreferenceEntity } from './entities/message.entities';
import { RefusedStrangerEntity, StreamSlotEntity } from './entities/counted-access.entities';
import { RequestCountEntity } from './entities/request-count.entity';
import { SavedViewEntity } from './entities/saved-view.entity';
import { SpentTokenEntity } from './entities/spent-token.entity';
import { ReportingObligationEntity, StandingDirectiveEntity } from './entities/standing-directive.entities';
import { OrganizationEntity } from './entities/organization.entity';
import { WorkingCalendarEntity, WorkingRulesEntity } from './entities/working-time.entities';

export const entities = [
  OrganizationEntity,
  AgencyEntity,
  AgencyFormerNameEntity,
  PersonEntity,
  OfficeHeldEntity,
  InChargeEntity,
  DelegationEntity,
  AccountEntity,
  SessionEntity,
  AccountSecretEntity,
  SecondFactorEntity,
  RecoveryCodeEntity,
  LoginThrottleEntity,
  RequestCountEntity,
  RefusedStrangerEntity,
  StreamSlotEntity,
  SpentTokenEntity,
  ApiTokenEntity,
  FederatedIdentityEntity,
  AuditEntryEntity,
  AuditOriginEntity,
  WorkingCalendarEntity,
  WorkingRulesEntity,
  StoredFileEntity,
  DocumentEntity,
  SourceEntity,
  DraftEntity,
  IntakeLessonEntity,
  DirectiveEntity,
  EscalationEntity,
  ExplanationEntity,
  ConsultationEntity,
  StandingDirectiveEntity,
  ReportingObligationEntity,
  ExtensionRequestEntity,
  ResultDocumentEntity,
  RemotePartEntity,
  ReceivedDirectiveEntity,
  CascadeMessageEntity,
  InboxMessageEntity,
  DispatchEntity,
  DispatchItemEntity,
  MessagePreferenceEntity,
  SavedViewEntity,
];
