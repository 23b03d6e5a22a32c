import { FederatedLogInService } from '@dondoc/domain/accounts/federated-log-in.service';
import { FederatedLogOutService } from '@dondoc/domain/accounts/federated-log-out.service';
import { SessionsService } from '@dondoc/domain/accounts/sessions.service';
import { type ApiConfiguration } from '@dondoc/domain/configuration/api.configuration';
import { isRefusal } from '@dondoc/workflow';
import { Body, Controller, Get, Header, HttpCode, Inject, Logger, Post, Req, Res } from '@nestjs/common';
import { ApiConsumes, ApiTags } from '@nestjs/swagger';
import { createZodDto } from 'nestjs-zod';
import { type Request, type Response } from 'express';
import { z } from 'zod';
import { notFound } from '@dondoc/domain/accounts/access-refusals.service';
import { Problem, problemOf } from '../problems/problem';
import { Look } from '../requests/operation.decorators';
import { TakesForm } from '../requests/storable.interceptor';
import { Public } from '../security/access.decorators';
import { originOf } from '../security/authenticated-request';
import { cookieOf, cookieOptions, SESSION_COOKIE, tokenOf } from '../security/session-cookie';
import { CONFIGURATION, OPENID } from '../workings/tokens';
import { OpenIdFailure, type OpenIdClient, type OpenIdJourney } from './openid-client.service';

class WaysDto extends createZodDto(
  z.object({
    password: z.literal(true),
    openId: z
      .object({ label: z.string(), start: z.string().describe('Where the browser goes to log in.') })
      .nullable(),
  }),
) {}

class EndedDto extends createZodDto(
  z.object({
    redirect: z.url().nullable().describe('Where the browser goes to end the session of the provider too.'),
  }),
) {}

class LogOutTokenDto extends createZodDto(z.object({ logout_token: z.string().min(1).max(10_000) })) {}

const JOURNEY = 'dondoc_openid';
const MINUTES = 10;
const journey = z.object({ state: z.string(), nonce: z.string(), verifier: z.string() });

function readJourney(text: string | null): OpenIdJourney | null {
  try {
    return journey.parse(JSON.parse(Buffer.from(text ?? '', 'base64url').toString()));
  } catch {
    return null;
  }
}

/** Logging in by an OpenID provider. The browser comes by its own navigation, and is answered by a redirection. */
@ApiTags('authentication')
@Controller('auth')
@Public()
export class OpenIdController {
  private readonly logger = new Logger('openid');

  constructor(
    @Inject(OPENID) private readonly client: OpenIdClient | null,
    private readonly logIns: FederatedLogInService,
    private readonly logOuts: FederatedLogOutService,
    private readonly sessions: SessionsService,
    @Inject(CONFIGURATION) private readonly configuration: ApiConfiguration,
  ) {}

  @Get('ways')
  @Look({ summary: 'How one can log in here', answer: WaysDto })
  ways(): WaysDto {
    const openId = this.client && { label: this.client.settings.label, start: '/api/v1/auth/openid/start' };
    return { password: true, openId };
  }

  @Get('openid/start')
  @Look({ summary: 'Go to the OpenID provider', problems: [404, 503] })
  async start(@Res() response: Response): Promise<void> {
    const begun = await this.reach((client) => client.begin());
    const kept = Buffer.from(JSON.stringify(begun.journey)).toString('base64url');
    response.cookie(JOURNEY, kept, { ...this.journeyCookie(), maxAge: MINUTES * 60_000 });
    response.setHeader('Cache-Control', 'no-store');
    response.redirect(302, begun.address.href);
  }

  @Get('openid/callback')
  @Look({ summary: 'Come back from the OpenID provider', problems: [404] })
  async finish(@Req() request: Request, @Res() response: Response): Promise<void> {
    const { client } = this;
    if (!client) throw problemOf(notFound());
    response.clearCookie(JOURNEY, this.journeyCookie());
    response.setHeader('Cache-Control', 'no-store');
    const code = await this.enter(client, request, response);
    response.redirect(302, code === null ? '/' : `/?login-problem=${code}`);
  }

  @Post('openid/logout')
  @HttpCode(200)
  @Look({ summary: 'End the session here, and say where that of the provider is ended', answer: EndedDto })
  async end(@Req() request: Request, @Res({ passthrough: true }) response: Response): Promise<EndedDto> {
    const token = tokenOf(request);
    if (token !== null) await this.sessions.logOut(token);
    response.clearCookie(SESSION_COOKIE, cookieOptions(this.configuration.secureCookie));
    const address = this.client ? await this.reach((client) => client.endSession()) : null;
    return { redirect: address?.href ?? null };
  }

  @Post('openid/back-channel-logout')
  @HttpCode(200)
  @Header('Cache-Control', 'no-store')
  @TakesForm()
  @ApiConsumes('application/x-www-form-urlencoded')
  @Look({
    summary: 'The provider says that somebody has logged out there (back-channel)',
    problems: [400, 404],
  })
  async endedThere(@Req() request: Request, @Body() { logout_token: token }: LogOutTokenDto): Promise<void> {
    const { client } = this;
    if (!client) throw problemOf(notFound());
    try {
      const isNew = await this.logOuts.logOut(await client.loggedOut(token), originOf(request));
      if (!isNew) throw new OpenIdFailure('the token has been used before');
    } catch (error) {
      if (!(error instanceof OpenIdFailure)) throw error;
      this.logger.warn(`a log-out by the OpenID provider was not proved: ${error.message}`);
      throw new Problem(400, {
        code: 'logout-token-not-valid',
        vi: 'Thông báo đăng xuất của hệ thống đăng nhập tập trung không hợp lệ.',
        en: 'The log-out token is not valid.',
      });
    }
  }

  /** Answers the code of what stands in the way, for the page to say; null when the session is open. */
  private async enter(client: OpenIdClient, request: Request, response: Response): Promise<string | null> {
    const kept = readJourney(cookieOf(request, JOURNEY));
    if (!kept) return 'openid-journey-lost';
    try {
      const query = request.originalUrl.split('?')[1] ?? '';
      const vouched = await client.finish(query, kept);
      const session = await this.logIns.logIn(vouched, originOf(request), tokenOf(request));
      if (isRefusal(session)) return session.code;
      const { secureCookie } = this.configuration;
      const expires = new Date(session.expiresAt);
      response.cookie(SESSION_COOKIE, session.token, { ...cookieOptions(secureCookie), expires });
      return null;
    } catch (error) {
      if (!(error instanceof OpenIdFailure)) throw error;
      this.logger.warn(`a log-in by the OpenID provider was not proved: ${error.message}`);
      return 'openid-not-proved';
    }
  }

  private async reach<T>(work: (client: OpenIdClient) => Promise<T>): Promise<T> {
    if (!this.client) throw problemOf(notFound());
    try {
      return await work(this.client);
    } catch (error) {
      if (!(error instanceof OpenIdFailure)) throw error;
      this.logger.warn(error.message);
      throw new Problem(503, {
        code: 'openid-unreachable',
        vi: 'Chưa liên lạc được với hệ thống đăng nhập tập trung; hãy thử lại sau.',
        en: 'The OpenID provider cannot be reached for now.',
      });
    }
  }

  /** Comes along when the provider sends the browser back, which `Strict` would not allow. */
  private journeyCookie() {
    const { secureCookie: secure } = this.configuration;
    return { httpOnly: true, sameSite: 'lax', secure, path: '/api/v1/auth/openid' } as const;
  }
}
