import { AccountsService, type AccountView, type NewAccount } from '@dondoc/domain/accounts/accounts.service';
import { type Refusal } from '@dondoc/workflow';
import { Body, Controller, Delete, Get, Header, HttpCode, Param, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { orProblem, problemOf } from '../problems/problem';
import { IdPipe } from '../requests/id.pipe';
import { Look } from '../requests/operation.decorators';
import { Roles } from '../security/access.decorators';
import { Asked, originOf, type AuthenticatedRequest } from '../security/authenticated-request';
import { AccountDto, AccountsDto, AccountSecretDto, NewAccountDto } from './accounts.dto';
import { OpenSessionsDto } from './authentication.dto';
import { openSessions } from './open-sessions';

const viewOf = ({ lockedUntil, ...account }: AccountView): AccountDto => ({
  ...account,
  lockedUntil: lockedUntil === null ? null : new Date(lockedUntil).toISOString(),
});

function shown(answer: NewAccount | Refusal): AccountSecretDto {
  const { account, secret, expiresAt } = orProblem(answer);
  return { account: viewOf(account), secret, expiresAt: new Date(expiresAt).toISOString() };
}

/** The accounts of the caller's organization. No administrator ever knows a password: only one-time secrets. */
@ApiTags('accounts')
@Controller('auth/accounts')
@Roles('administrator')
export class AccountsController {
  constructor(private readonly accounts: AccountsService) {}

  @Get()
  @Look({ summary: 'The accounts of the organization', answer: AccountsDto })
  async list(@Asked() { caller }: AuthenticatedRequest): Promise<AccountsDto> {
    return { items: (await this.accounts.list(caller)).map(viewOf) };
  }

  @Post()
  @Header('Cache-Control', 'no-store')
  @Look({ summary: 'Make an account for somebody of the directory', answer: AccountSecretDto, created: true })
  async create(
    @Asked() request: AuthenticatedRequest,
    @Body() body: NewAccountDto,
  ): Promise<AccountSecretDto> {
    return shown(await this.accounts.create(request.caller, body.person, body.login, originOf(request)));
  }

  @Post(':id/renew')
  @HttpCode(200)
  @Header('Cache-Control', 'no-store')
  @Look({
    summary: 'For a lost password or phone: both stop working, and a new password is set by the secret',
    answer: AccountSecretDto,
    problems: [404],
  })
  async renew(
    @Asked() request: AuthenticatedRequest,
    @Param('id', IdPipe) id: string,
  ): Promise<AccountSecretDto> {
    return shown(await this.accounts.renew(request.caller, id, originOf(request)));
  }

  @Post(':id/disable')
  @HttpCode(200)
  @Look({ summary: 'Disable an account and end its sessions', answer: AccountDto, problems: [404, 409] })
  async disable(
    @Asked() request: AuthenticatedRequest,
    @Param('id', IdPipe) id: string,
  ): Promise<AccountDto> {
    return viewOf(orProblem(await this.accounts.setEnabled(request.caller, id, false, originOf(request))));
  }

  @Post(':id/enable')
  @HttpCode(200)
  @Look({ summary: 'Enable an account again', answer: AccountDto, problems: [404] })
  async enable(@Asked() request: AuthenticatedRequest, @Param('id', IdPipe) id: string): Promise<AccountDto> {
    return viewOf(orProblem(await this.accounts.setEnabled(request.caller, id, true, originOf(request))));
  }

  @Post(':id/unlock')
  @HttpCode(200)
  @Look({
    summary: 'Let a log-in be tried again that failed too often',
    answer: AccountDto,
    problems: [404],
  })
  async unlock(@Asked() request: AuthenticatedRequest, @Param('id', IdPipe) id: string): Promise<AccountDto> {
    return viewOf(orProblem(await this.accounts.unlock(request.caller, id, originOf(request))));
  }

  @Get(':id/sessions')
  @Look({
    summary: 'Open sessions of an account, the one used last first',
    answer: OpenSessionsDto,
    problems: [404],
  })
  async sessions(
    @Asked() { caller }: AuthenticatedRequest,
    @Param('id', IdPipe) id: string,
  ): Promise<OpenSessionsDto> {
    return openSessions(orProblem(await this.accounts.sessionsOf(caller, id)));
  }

  @Delete(':id/sessions/:session')
  @HttpCode(204)
  @Look({ summary: 'End a session of an account', problems: [404] })
  async endSession(
    @Asked() request: AuthenticatedRequest,
    @Param('id', IdPipe) id: string,
    @Param('session', IdPipe) session: string,
  ): Promise<void> {
    const refused = await this.accounts.endSession(request.caller, id, session, originOf(request));
    if (refused) throw problemOf(refused);
  }
}
