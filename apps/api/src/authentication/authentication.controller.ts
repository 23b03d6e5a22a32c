import { type Caller } from '@dondoc/domain/accounts/caller';
import { LogInService } from '@dondoc/domain/accounts/log-in.service';
import { type NewSession, SessionsService } from '@dondoc/domain/accounts/sessions.service';
import { type ApiConfiguration } from '@dondoc/domain/configuration/api.configuration';
import { Body, Controller, Get, HttpCode, Inject, Post, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { type Request, type Response } from 'express';
import { orProblem } from '../problems/problem';
import { Look } from '../requests/operation.decorators';
import { everyRole, Public, Roles } from '../security/access.decorators';
import { Asked, originOf, type AuthenticatedRequest } from '../security/authenticated-request';
import { cookieOptions, SESSION_COOKIE, tokenOf } from '../security/session-cookie';
import { CONFIGURATION } from '../workings/tokens';
import { LogInDto, MeDto, SessionDto } from './authentication.dto';

const meOf = ({ organization, person, name, offices }: Caller) => ({
  organization,
  person,
  name,
  offices: [...offices],
});

@ApiTags('authentication')
@Controller('auth')
export class AuthenticationController {
  constructor(
    private readonly logIns: LogInService,
    private readonly sessions: SessionsService,
    @Inject(CONFIGURATION) private readonly configuration: ApiConfiguration,
  ) {}

  @Post('login')
  @HttpCode(200)
  @Public()
  @Look({
    summary: 'Log in: sets the session cookie, and gives the same token for scripts',
    answer: SessionDto,
    problems: [403, 429],
  })
  async logIn(
    @Req() request: Request,
    @Body() body: LogInDto,
    @Res({ passthrough: true }) response: Response,
  ): Promise<SessionDto> {
    const session = orProblem(await this.logIns.logIn(body, originOf(request), tokenOf(request)));
    return this.opened(session, response);
  }

  @Post('logout')
  @HttpCode(204)
  @Public()
  @Look({ summary: 'End the session' })
  async logOut(@Req() request: Request, @Res({ passthrough: true }) response: Response): Promise<void> {
    const token = tokenOf(request);
    if (token !== null) await this.sessions.logOut(token);
    response.clearCookie(SESSION_COOKIE, cookieOptions(this.configuration.secureCookie));
  }

  @Get('me')
  @Roles(...everyRole)
  @Look({ summary: 'Who is logged in, with the offices held today', answer: MeDto })
  me(@Asked() request: AuthenticatedRequest): MeDto {
    return meOf(request.caller);
  }

  private opened({ token, expiresAt, caller }: NewSession, response: Response): SessionDto {
    const expires = new Date(expiresAt);
    response.cookie(SESSION_COOKIE, token, { ...cookieOptions(this.configuration.secureCookie), expires });
    response.setHeader('Cache-Control', 'no-store');
    return { ...meOf(caller), token, expiresAt: expires.toISOString() };
  }
}
