import { type MigrationInterface, type QueryRunner } from 'typeorm';

/** People search as they type on a phone: without marks, in small letters. */
export class PlainWords1795219200080 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    // Marks go before the letters become small: that then needs nothing of the database's locale.
    await runner.query(`
      create function dondoc.plain(words text) returns text language sql immutable strict parallel safe as
        $$ select lower(translate(regexp_replace(normalize(words, nfd), '[\\u0300-\\u036f]', '', 'g'), 'đĐ', 'dD')) $$;
      comment on function dondoc.plain is 'Words without Vietnamese marks, in small letters';
      revoke execute on function dondoc.plain(text) from public;
      grant execute on function dondoc.plain(text) to dondoc_api, dondoc_worker;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop function dondoc.plain(text)');
  }
}
