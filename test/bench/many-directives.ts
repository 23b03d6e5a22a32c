import { sampleId, sampleOrganization } from '@dondoc/domain/organizations/sample-office';
import { inOrganization } from '@dondoc/domain/persistence/organization-context';
import { type DataSource } from 'typeorm';

/** Other organizations beside the one that is asked, each with a fifth as many directives. */
const OTHERS = 5;

/** Own words, from which texts are put together: a few hundred thousand differ. */
const beginnings = [
  'Chủ trì, phối hợp với các cơ quan liên quan',
  'Khẩn trương tổ chức',
  'Tham mưu văn bản',
  'Kiểm tra thực tế và đề xuất phương án',
  'Xây dựng kế hoạch chi tiết',
  'Tổng hợp số liệu',
  'Hoàn thiện hồ sơ',
];
const middles = [
  'rà soát hộ dân vùng sạt lở',
  'thu gom rác thải tại chợ Trung tâm',
  'nạo vét kênh mương nội đồng',
  'cấp giấy chứng nhận quyền sử dụng đất',
  'phòng, chống dịch bệnh trên đàn gia súc',
  'sửa chữa đường liên thôn',
  'chi trả trợ cấp cho đối tượng bảo trợ',
  'tuyên truyền phòng cháy, chữa cháy',
  'số hóa hồ sơ đăng ký hộ tịch',
  'hỗ trợ cây giống vụ đông',
  'bàn giao mặt bằng nhà văn hóa',
];

const list = (words: readonly string[]): string =>
  `(array[${words.map((word) => `'${word.replaceAll("'", "''")}'`).join(', ')}])`;
const oneOf = (words: readonly string[], seed: string): string =>
  `${list(words)}[1 + (${seed}) % ${words.length}]`;

/**
 * `$1` organization, `$2` how many, `$3` agencies, `$4` people, `$5` now in milliseconds. Some nine of ten have ended; those
 * that are open were given in the last ninety days, all others over five years.
 */
const FILL = `
  with n as (
    select i, gen_random_uuid() as id, (hashint4(i) & 2147483647) as h, (hashint4(i + 7) & 2147483647) as k,
      (hashint4(i) & 2147483647) % 10 = 0 as open
    from generate_series(1, $2::integer) i
  ), given as (
    select n.*, to_timestamp($5::bigint / 1000.0)
      - make_interval(secs => case when open then k % (90 * 86400) else k % (5 * 365 * 86400) end) as at
    from n
  ), due as (
    select given.*, case when h % 13 = 0 then null else at + make_interval(days => 5 + k % 60) end as due from given
  )
  insert into dondoc.directive
    (organization_id, id, source_id, ordinal, text, lead_id, coordinating_ids, assigning_leader_id,
     tracking_officer_id, kind, urgency, assigned_at, deadline_at, deadline_date, near_due_at, work_state, closed_at,
     judged_at, revision)
  select $1, id, (select s.id from dondoc.source s
                  where s.organization_id = $1 and s.reference = 'bench-' || (1 + i % greatest(1, $2 / 10))), i,
    ${oneOf(beginnings, 'h / 11')} || ' ' || ${oneOf(middles, 'h / 7')} || ' tại thôn ' || (h % 4001)
      || ', báo cáo kết quả theo thời hạn được giao.',
    ($3::uuid[])[1 + h % cardinality($3::uuid[])],
    case when k % 3 = 0 then array[($3::uuid[])[1 + k % cardinality($3::uuid[])]] else '{}' end,
    ($4::uuid[])[1 + h % cardinality($4::uuid[])], ($4::uuid[])[1], 'directive', 'normal', at, due,
    (due at time zone 'Asia/Ho_Chi_Minh')::date, due - interval '3 days',
    case when open then (array['assigned', 'in-progress', 'in-progress', 'in-progress', 'reported'])[1 + k % 5]
      else case when k % 40 = 0 then 'cancelled' else 'closed' end end,
    case when not open then coalesce(due, at + interval '20 days') + make_interval(days => k % 9 - 6) end,
    case when not open then coalesce(due, at + interval '20 days') + make_interval(days => k % 9 - 6) end, 1
  from due`;

const SOURCES = `
  with made as (
    select i, gen_random_uuid() as document, gen_random_uuid() as source
    from generate_series(1, greatest(1, $2::integer / 10)) i
  ), documents as (
    insert into dondoc.document
      (organization_id, id, name, text, content_sha256, number, issued_on, received_by_id, received_at)
    select $1, document, 'bench', '', lpad(i::text, 64, '0'), i || '/TB-UBND', date '2026-01-01', $3::uuid, now()
    from made
    returning id
  )
  insert into dondoc.source (organization_id, id, kind, document_id, reference, entered_by_id, entered_at)
  select $1, source, 'notice', document, 'bench-' || i, $3::uuid, now() from made
  where (select count(*) from documents) > 0`;

async function fill(
  owner: DataSource,
  organization: string,
  count: number,
  { agencies, people, now }: { agencies: readonly string[]; people: readonly string[]; now: number },
): Promise<void> {
  await inOrganization(owner, organization, async (manager) => {
    // Both statements see each other's rows only when they are made by two.
    await manager.query('set constraints all deferred');
    await manager.query(SOURCES, [organization, count, people[0]]);
    await manager.query('analyze dondoc.source');
    await manager.query(FILL, [organization, count, agencies, people, now]);
  });
}

const otherId = (kind: string, index: number): string => sampleId('bench', `${kind}/${index}`);

/** So many directives of the sample office, some nine of ten of them ended, and as many of others beside them. */
export async function fillDirectives(owner: DataSource, count: number, now: number): Promise<void> {
  const ids = await inOrganization(owner, sampleOrganization, async (manager) => {
    const [row] = await manager.query<{ agencies: string[]; people: string[] }[]>(
      `select array(select id from dondoc.agency where organization_id = $1 and not is_office order by id) as agencies,
         array(select id from dondoc.person where organization_id = $1 order by id) as people`,
      [sampleOrganization],
    );
    return row ?? { agencies: [], people: [] };
  });
  await fill(owner, sampleOrganization, count, { ...ids, now });
  for (let index = 0; index < OTHERS; index++) {
    const organization = otherId('organization', index);
    const [agency, person] = [otherId('agency', index), otherId('person', index)];
    await inOrganization(owner, organization, async (manager) => {
      await manager.query(
        `insert into dondoc.organization (id, code, name, zone) values ($1, $2, $2, 'Asia/Ho_Chi_Minh')`,
        [organization, `bench-${index}`],
      );
      await manager.query(
        `insert into dondoc.agency (organization_id, id, name, aliases, valid_from, is_office)
         values ($1, $2, 'Bench', '{}', '2020-01-01', false)`,
        [organization, agency],
      );
      await manager.query(`insert into dondoc.person (organization_id, id, name) values ($1, $2, 'Bench')`, [
        organization,
        person,
      ]);
    });
    const some = Math.ceil(count / OTHERS);
    await fill(owner, organization, some, { agencies: [agency], people: [person], now });
  }
  for (const table of ['directive', 'source', 'document', 'agency', 'person'])
    await owner.query(`vacuum (analyze) dondoc.${table}`);
}

/** Takes away what `fillDirectives` brought, but for the sample office itself. */
export async function emptyDirectives(owner: DataSource): Promise<void> {
  await owner.query('truncate dondoc.directive cascade');
  const all = [
    sampleOrganization,
    ...Array.from({ length: OTHERS }, (_, index) => otherId('organization', index)),
  ];
  for (const organization of all)
    await inOrganization(owner, organization, async (manager) => {
      const isOther = organization !== sampleOrganization;
      await manager.query(
        `delete from dondoc.source where organization_id = $1 and reference like 'bench-%'`,
        [organization],
      );
      await manager.query(`delete from dondoc.document where organization_id = $1 and name = 'bench'`, [
        organization,
      ]);
      if (!isOther) return;
      await manager.query('delete from dondoc.agency where organization_id = $1', [organization]);
      await manager.query('delete from dondoc.person where organization_id = $1', [organization]);
      await manager.query('delete from dondoc.organization where id = $1', [organization]);
    });
}
