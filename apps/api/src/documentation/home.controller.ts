import { Controller, Get, Redirect } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { Public } from '../security/access.decorators';

@ApiExcludeController()
@Controller()
@Public()
export class HomeController {
  @Get()
  @Redirect('/api/docs', 302)
  home(): void {
    // The answer is the redirection.
  }
}
