import { Controller, Get, Module } from '@nestjs/common';
import { DiscoveryModule, NestFactory } from '@nestjs/core';
import { AccessDecisionsCheck } from './access-decisions.check';
import { Public, Roles } from './access.decorators';

@Controller('decided')
@Roles('clerk')
class DecidedController {
  @Get()
  see(): string {
    return 'for clerks';
  }

  @Get('open')
  @Public()
  open(): string {
    return 'for all';
  }
}

@Controller('forgotten')
class ForgottenController {
  @Get()
  @Roles('clerk')
  see(): string {
    return 'for clerks';
  }

  @Get('hole')
  hole(): string {
    return 'for whom?';
  }
}

@Module({ imports: [DiscoveryModule], controllers: [DecidedController], providers: [AccessDecisionsCheck] })
class SoundModule {}

@Module({
  imports: [DiscoveryModule],
  controllers: [DecidedController, ForgottenController],
  providers: [AccessDecisionsCheck],
})
class HollowModule {}

const start = async (module: new () => object): Promise<void> => {
  const application = await NestFactory.create(module, { logger: false, abortOnError: false });
  try {
    await application.init();
  } finally {
    await application.close();
  }
};

describe('a decision for every route', () => {
  it('lets an application start whose routes all have one, by themselves or by their controller', async () => {
    await expect(start(SoundModule)).resolves.toBeUndefined();
  });

  it('stops the start and names the route that has none', async () => {
    await expect(start(HollowModule)).rejects.toThrow(
      'these routes do not say who may call them: ForgottenController.hole',
    );
  });
});
