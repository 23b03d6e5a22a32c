import { type MigrationInterface, type QueryRunner } from 'typeorm';

/**
 * People search as they type on a phone: without marks, in small letters. Making words plain costs some 30 µs a text, so
 * that of a directive is kept beside it.
 */
export class PlainWords1795219200080 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    // Marks go before the letters become small: that then needs nothing of the database's locale.
    await runner.query(`
      create function dondoc.plain(words text) returns text language sql immutable strict parallel safe as
        $$ select lower(translate(regexp_replace(normalize(words, nfd), '[\\u0300-\\u036f]', '', 'g'), 'đĐ', 'dD')) $$;
      comment on function dondoc.plain is 'Words without Vietnamese marks, in small letters';
      revoke execute on function dondoc.plain(text) from public;
      grant execute on function dondoc.plain(text) to dondoc_api, dondoc_worker;

      alter table dondoc.directive add column plain_text text not null default '';
      update dondoc.directive set plain_text = dondoc.plain(text);
      create function dondoc.keep_plain_text() returns trigger language plpgsql as $$
        begin
          new.plain_text := dondoc.plain(new.text);
          return new;
        end $$;
      create trigger keep_plain_text before insert or update of text, plain_text on dondoc.directive
        for each row execute function dondoc.keep_plain_text();
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop trigger keep_plain_text on dondoc.directive;
      alter table dondoc.directive drop column plain_text;
      drop function dondoc.keep_plain_text(), dondoc.plain(text);
    `);
  }
}
