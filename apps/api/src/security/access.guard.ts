import { AccessRefusalsService, notPermitted } from '@dondoc/domain/accounts/access-refusals.service';
import { ApiTokensService } from '@dondoc/domain/accounts/api-tokens.service';
import { type Caller } from '@dondoc/domain/accounts/caller';
import { isApiToken } from '@dondoc/domain/accounts/session-token';
import { SessionsService } from '@dondoc/domain/accounts/sessions.service';
import { isWithinScopes } from '@dondoc/domain/accounts/token-scope';
import { RefusedStrangers } from '@dondoc/domain/audit/refused-strangers';
import { permissionTo } from '@dondoc/domain/authorization/abilities';
import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { Problem, problemOf } from '../problems/problem';
import { ACCESS, type Access } from './access.decorators';
import { originOf, type AuthenticatedRequest } from './authenticated-request';
import { crossSiteProblem } from './cross-site';
import { RequestRates } from './request-rates';
import { tokenOf } from './session-cookie';

const loginNeeded = { code: 'login-needed', vi: 'Hãy đăng nhập.', en: 'Log in first.' };

/** Lets a request through only by a decision: the route is public, or the caller holds one of its roles. */
@Injectable()
export class AccessGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly sessions: SessionsService,
    private readonly tokens: ApiTokensService,
    private readonly rates: RequestRates,
    private readonly refusals: AccessRefusalsService,
    private readonly strangers: RefusedStrangers,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const access = this.reflector.getAllAndOverride<Access | undefined>(ACCESS, [
      context.getHandler(),
      context.getClass(),
    ]);
    const request = context.switchToHttp().getRequest<AuthenticatedRequest>();
    const crossSite = crossSiteProblem(request);
    if (crossSite) {
      this.strangers.note(request.ip, crossSite.code);
      throw new Problem(403, crossSite);
    }
    if (access === 'public') return true;
    const token = tokenOf(request);
    const caller = token === null ? null : await this.callerOf(token);
    if (!caller) {
      this.strangers.note(request.ip, token === null ? loginNeeded.code : 'unknown-credential');
      throw new Problem(401, loginNeeded);
    }
    const busy = await this.rates.ofAccount(caller.account);
    if (busy) throw new Problem(429, busy);
    request.caller = caller;
    const path = request.path.replace(/^\/api\/v1\//, '');
    const operation = {
      roles: access ?? [],
      isWithinScopes: caller.scopes === undefined || isWithinScopes(caller.scopes, request.method, path),
    };
    if (permissionTo(caller, 'operation', 'call', operation)) return true;
    const route = (request.route as { path: string } | undefined)?.path ?? '';
    const refused = notPermitted(`${request.method} ${route}`, request.path.slice(0, 200));
    await this.refusals.record(caller, refused, originOf(request));
    throw problemOf(refused);
  }

  private callerOf(token: string): Promise<Caller | null> {
    return isApiToken(token) ? this.tokens.callerOf(token) : this.sessions.callerOf(token);
  }
}
