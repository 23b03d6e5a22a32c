import { notFound } from '@dondoc/domain/accounts/access-refusals.service';
import { Injectable, type PipeTransform } from '@nestjs/common';
import { z } from 'zod';
import { problemOf } from '../problems/problem';

const id = z.uuid();

/** An id in the address. What cannot be one names nothing. */
@Injectable()
export class IdPipe implements PipeTransform<string, string> {
  transform(value: string): string {
    const read = id.safeParse(value);
    if (!read.success) throw problemOf(notFound());
    return read.data.toLowerCase();
  }
}
