import { ApiTokensService, type ApiToken } from '@dondoc/domain/accounts/api-tokens.service';
import { Body, Controller, Delete, Get, Header, HttpCode, Param, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { orProblem } from '../problems/problem';
import { IdPipe } from '../requests/id.pipe';
import { Look } from '../requests/operation.decorators';
import { everyRole, Roles } from '../security/access.decorators';
import { ActService } from '../requests/act.service';
import { Asked, originOf, type AuthenticatedRequest } from '../security/authenticated-request';
import { NewTokenDto, TokensDto, WantedTokenDto } from './tokens.dto';

const iso = (instant: number): string => new Date(instant).toISOString();

const shown = ({ id, name, scopes, createdAt, expiresAt, lastUsedAt }: ApiToken) => ({
  id,
  name,
  scopes: [...scopes],
  createdAt: iso(createdAt),
  expiresAt: iso(expiresAt),
  lastUsedAt: lastUsedAt === null ? null : iso(lastUsedAt),
});

/** Tokens for programs. A token's own text is given once and kept as a hash: never under an Idempotency-Key. */
@ApiTags('authentication')
@Controller('auth')
export class TokensController {
  constructor(
    private readonly tokens: ApiTokensService,
    private readonly acts: ActService,
  ) {}

  @Get('tokens')
  @Roles(...everyRole)
  @Look({ summary: "The caller's tokens", answer: TokensDto })
  listOwn(@Asked() request: AuthenticatedRequest): Promise<TokensDto> {
    return this.listed(request, null);
  }

  @Post('tokens')
  @Roles(...everyRole)
  @Header('Cache-Control', 'no-store')
  @Look({
    summary: 'Make a token by which a program acts for the caller',
    answer: NewTokenDto,
    created: true,
  })
  createOwn(@Asked() request: AuthenticatedRequest, @Body() wanted: WantedTokenDto): Promise<NewTokenDto> {
    return this.created(request, null, wanted);
  }

  @Delete('tokens/:id')
  @Roles(...everyRole)
  @HttpCode(204)
  @Look({ summary: 'Revoke a token', problems: [404] })
  revokeOwn(@Asked() request: AuthenticatedRequest, @Param('id', IdPipe) id: string): Promise<void> {
    return this.revoked(request, null, id);
  }

  @Get('accounts/:id/tokens')
  @Roles('administrator')
  @Look({ summary: 'Tokens of a service account', answer: TokensDto, problems: [404] })
  list(@Asked() request: AuthenticatedRequest, @Param('id', IdPipe) account: string): Promise<TokensDto> {
    return this.listed(request, account);
  }

  @Post('accounts/:id/tokens')
  @Roles('administrator')
  @Header('Cache-Control', 'no-store')
  @Look({
    summary: 'Make a token of a service account',
    answer: NewTokenDto,
    created: true,
    problems: [404],
  })
  create(
    @Asked() request: AuthenticatedRequest,
    @Param('id', IdPipe) account: string,
    @Body() wanted: WantedTokenDto,
  ): Promise<NewTokenDto> {
    return this.created(request, account, wanted);
  }

  @Delete('accounts/:id/tokens/:token')
  @Roles('administrator')
  @HttpCode(204)
  @Look({ summary: 'Revoke a token of a service account', problems: [404] })
  revoke(
    @Asked() request: AuthenticatedRequest,
    @Param('id', IdPipe) account: string,
    @Param('token', IdPipe) token: string,
  ): Promise<void> {
    return this.revoked(request, account, token);
  }

  private async listed({ caller }: AuthenticatedRequest, account: string | null): Promise<TokensDto> {
    return { items: orProblem(await this.tokens.list(caller, account)).map(shown) };
  }

  private async created(request: AuthenticatedRequest, account: string | null, wanted: WantedTokenDto) {
    const made = orProblem(await this.tokens.create(request.caller, account, wanted, originOf(request)));
    return { ...shown(made), token: made.token };
  }

  private async revoked(request: AuthenticatedRequest, account: string | null, token: string): Promise<void> {
    const refused = await this.tokens.revoke(request.caller, account, token, originOf(request));
    if (refused) await this.acts.refuse(request, refused);
  }
}
