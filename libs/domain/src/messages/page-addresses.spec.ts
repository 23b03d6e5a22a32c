import { addressOf, pageAt } from './page-addresses';

describe('links in messages', () => {
  it.each(['https://cong.xa.example/dondoc', 'https://cong.xa.example/dondoc///'])(
    'lead behind the path of a proxy: %s',
    (publicUrl) => {
      const page = pageAt(publicUrl);
      const to = (lifecycle: string | null, directive: string | null) =>
        addressOf(page, { lifecycle, directive: directive === null ? null : { id: directive } });
      expect(page.settings).toBe('https://cong.xa.example/dondoc/inbox');
      expect(to('directive', 'n1')).toBe('https://cong.xa.example/dondoc/directives/n1');
      expect(to('escalation', 'n1')).toBe('https://cong.xa.example/dondoc/decisions');
      expect(to('digest', null)).toBe('https://cong.xa.example/dondoc/inbox');
    },
  );
});
