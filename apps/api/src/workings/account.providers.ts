import { AccessRefusalsService } from '@dondoc/domain/accounts/access-refusals.service';
import { type AccountSettings } from '@dondoc/domain/accounts/account-settings';
import { AccountsService } from '@dondoc/domain/accounts/accounts.service';
import { ApiTokensService } from '@dondoc/domain/accounts/api-tokens.service';
import { FederatedLogInService } from '@dondoc/domain/accounts/federated-log-in.service';
import { FederatedLogOutService } from '@dondoc/domain/accounts/federated-log-out.service';
import { LogInService } from '@dondoc/domain/accounts/log-in.service';
import { LoginThrottle } from '@dondoc/domain/accounts/login-throttle';
import { PasswordsService } from '@dondoc/domain/accounts/passwords.service';
import { SecondFactors } from '@dondoc/domain/accounts/second-factors';
import { SessionsService } from '@dondoc/domain/accounts/sessions.service';
import { PersonalDataService } from '@dondoc/domain/personal-data/personal-data.service';
import { type FactoryProvider } from '@nestjs/common';
import { type DataSource } from 'typeorm';
import { DATA_SOURCE } from './tokens';

/** Who is asking, and what is kept of it. */
export function accountProviders(settings: AccountSettings): FactoryProvider[] {
  const factors = new SecondFactors(settings.secretsKey);
  return [
    {
      provide: LoginThrottle,
      inject: [DATA_SOURCE],
      useFactory: (source: DataSource) => new LoginThrottle(source),
    },
    {
      provide: SessionsService,
      inject: [DATA_SOURCE],
      useFactory: (source: DataSource) => new SessionsService(source, settings),
    },
    {
      provide: LogInService,
      inject: [DATA_SOURCE, LoginThrottle, SessionsService],
      useFactory: (source: DataSource, throttle: LoginThrottle, sessions: SessionsService) =>
        new LogInService(source, settings, throttle, sessions, factors),
    },
    {
      provide: PasswordsService,
      inject: [DATA_SOURCE, LoginThrottle, SessionsService],
      useFactory: (source: DataSource, throttle: LoginThrottle, sessions: SessionsService) =>
        new PasswordsService(source, settings, throttle, sessions, factors),
    },
    {
      provide: AccountsService,
      inject: [DATA_SOURCE, LoginThrottle, SessionsService],
      useFactory: (source: DataSource, throttle: LoginThrottle, sessions: SessionsService) =>
        new AccountsService(source, throttle, sessions, factors),
    },
    {
      provide: FederatedLogInService,
      inject: [DATA_SOURCE, SessionsService],
      useFactory: (source: DataSource, sessions: SessionsService) =>
        new FederatedLogInService(source, settings, sessions),
    },
    {
      provide: FederatedLogOutService,
      inject: [DATA_SOURCE],
      useFactory: (source: DataSource) => new FederatedLogOutService(source),
    },
    {
      provide: PersonalDataService,
      inject: [DATA_SOURCE],
      useFactory: (source: DataSource) => new PersonalDataService(source),
    },
    {
      provide: ApiTokensService,
      inject: [DATA_SOURCE],
      useFactory: (source: DataSource) => new ApiTokensService(source, settings),
    },
    {
      provide: AccessRefusalsService,
      inject: [DATA_SOURCE],
      useFactory: (source: DataSource) => new AccessRefusalsService(source),
    },
  ];
}
