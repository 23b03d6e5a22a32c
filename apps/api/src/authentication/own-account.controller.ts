import { PasswordsService } from '@dondoc/domain/accounts/passwords.service';
import { SessionsService } from '@dondoc/domain/accounts/sessions.service';
import { isRefusal, type Refusal } from '@dondoc/workflow';
import { Body, Controller, Delete, Get, Header, HttpCode, Param, Post, Req } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { type Request } from 'express';
import { orProblem, problemOf } from '../problems/problem';
import { IdPipe } from '../requests/id.pipe';
import { Look } from '../requests/operation.decorators';
import { everyRole, Public, Roles } from '../security/access.decorators';
import { ActService } from '../requests/act.service';
import { Asked, originOf, type AuthenticatedRequest } from '../security/authenticated-request';
import { tokenOf } from '../security/session-cookie';
import { openSessions } from './open-sessions';
import {
  ChangePasswordDto,
  CodeDto,
  FactorDto,
  FactorStateDto,
  OpenSessionsDto,
  ProofDto,
  RecoveryCodesDto,
  SetUpDto,
} from './authentication.dto';

function unlessRefused(answer: Refusal | null): void {
  if (answer !== null) throw problemOf(answer);
}

/** What people do about their own account. Answers hold secrets: they are never kept under an Idempotency-Key. */
@ApiTags('authentication')
@Controller('auth')
@Roles(...everyRole)
export class OwnAccountController {
  constructor(
    private readonly passwords: PasswordsService,
    private readonly sessions: SessionsService,
    private readonly acts: ActService,
  ) {}

  @Post('set-up')
  @HttpCode(204)
  @Public()
  @Look({ summary: 'Set a password by a one-time secret', problems: [403] })
  async setUp(@Req() request: Request, @Body() { secret, password }: SetUpDto): Promise<void> {
    unlessRefused(await this.passwords.setUp(secret, password, originOf(request)));
  }

  @Post('password')
  @HttpCode(204)
  @Look({ summary: 'Change the password; every other session ends', problems: [429] })
  async change(@Asked() request: AuthenticatedRequest, @Body() body: ChangePasswordDto): Promise<void> {
    const { current, password } = body;
    unlessRefused(
      await this.passwords.change(request.caller, tokenOf(request), current, password, originOf(request)),
    );
  }

  @Get('second-factor')
  @Look({
    summary: 'Whether log-ins need a code, and how many recovery codes are left',
    answer: FactorStateDto,
  })
  factor(@Asked() request: AuthenticatedRequest): Promise<FactorStateDto> {
    return this.passwords.factorOf(request.caller);
  }

  @Post('second-factor')
  @HttpCode(200)
  @Header('Cache-Control', 'no-store')
  @Look({ summary: 'Begin to set up an authenticator app', answer: FactorDto, problems: [409, 429] })
  async begin(@Asked() request: AuthenticatedRequest, @Body() { current }: ProofDto): Promise<FactorDto> {
    return orProblem(await this.passwords.beginFactor(request.caller, current, originOf(request)));
  }

  @Post('second-factor/confirm')
  @HttpCode(200)
  @Header('Cache-Control', 'no-store')
  @Look({
    summary: 'Show a first code: from now on log-ins need one',
    answer: RecoveryCodesDto,
    problems: [409],
  })
  async confirm(
    @Asked() request: AuthenticatedRequest,
    @Body() { code }: CodeDto,
  ): Promise<RecoveryCodesDto> {
    const codes = await this.passwords.confirmFactor(request.caller, code, originOf(request));
    if (isRefusal(codes)) throw problemOf(codes);
    return { recoveryCodes: [...codes] };
  }

  @Post('second-factor/remove')
  @HttpCode(204)
  @Look({ summary: 'Log in without an authenticator app again', problems: [429] })
  async remove(@Asked() request: AuthenticatedRequest, @Body() { current }: ProofDto): Promise<void> {
    unlessRefused(await this.passwords.removeFactor(request.caller, current, originOf(request)));
  }

  @Get('sessions')
  @Look({ summary: "The caller's open sessions, the one used last first", answer: OpenSessionsDto })
  async list(@Asked() request: AuthenticatedRequest): Promise<OpenSessionsDto> {
    return openSessions(await this.sessions.list(request.caller, tokenOf(request)));
  }

  @Delete('sessions/:id')
  @HttpCode(204)
  @Look({ summary: "End one of the caller's sessions", problems: [404] })
  async end(@Asked() request: AuthenticatedRequest, @Param('id', IdPipe) id: string): Promise<void> {
    const refused = await this.sessions.end(request.caller, id);
    if (refused) await this.acts.refuse(request, refused);
  }
}
