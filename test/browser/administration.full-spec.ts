import { describeInBrowser, type Reader } from './browser';
import { BrowserOffice } from './browser-office';

/** What an administrator comes for, one journey per page, in one visit. */
describeInBrowser('the administrator’s pages', () => {
  let office: BrowserOffice;
  let reader: Reader;

  beforeAll(async () => {
    office = await BrowserOffice.open({ worker: false });
    reader = await office.as('quantri', { size: 'desktop' });
  });

  afterAll(async () => {
    await office.close();
  });

  const sound = async () => expect(await reader.complaints()).toEqual([]);

  it('shows the ladders of the rules, and puts a new version in force where the old one was wrong', async () => {
    const { page } = reader;
    await reader.goTo('/rules');
    const ladder = page.getByRole('list', { name: 'Bậc thang: Nhiệm vụ thường' });
    await ladder.getByText('Sau 10 ngày làm việc').waitFor();
    expect(await ladder.getByRole('listitem').count()).toBe(7);
    await reader.picture('rules');
    await sound();
    await page.getByRole('link', { name: 'Soạn phiên bản mới' }).click();
    await page.getByRole('button', { name: 'Dòng 3, validFrom' }).click();
    await page.keyboard.press('End');
    for (const _ of '2025-07-01') await page.keyboard.press('Backspace');
    await page.keyboard.type('2026-12-01');
    await page.getByText('Văn bản hợp lệ: default@2, hiệu lực từ 01/12/2026').waitFor();
    await page.getByText('Không khác gì so với default@1').waitFor();
    await page.getByRole('button', { name: 'Xem trước tác động' }).click();
    const form = page.getByRole('form', { name: 'Ban hành' });
    await form.getByRole('button', { name: 'Ban hành' }).click();
    expect(await form.getByText('Cần điền mục này').count()).toBe(2);
    await form.getByLabel('Căn cứ ban hành').fill('Quyết định mẫu số 01');
    await form.getByLabel(/Tôi đã xem trước tác động/).check();
    await sound();
    await form.getByRole('button', { name: 'Ban hành' }).click();
    await page.getByText('Đã ban hành phiên bản 2').waitFor();
    await page.getByText('phiên bản 2, hiệu lực từ 01/12/2026').waitFor();
  });

  it('enters the notice of a year, whose contradiction it sees first, and explains how days are counted', async () => {
    const { page } = reader;
    await reader.goTo('/calendar?year=2027');
    await page.getByText('Năm 2027 chưa có đủ thông báo chính thức').waitFor();
    await page.getByText('Hết buổi làm việc cuối của ngày: 17:00 thứ Hai 09/11/2026.').waitFor();
    await page.getByRole('button', { name: 'Nhập thông báo' }).click();
    const form = page.getByRole('form', { name: 'Nhập thông báo' });
    await form.getByLabel('Số, ký hiệu').fill('01/TB-MAU');
    await form.getByLabel('Cơ quan ban hành').fill('Cơ quan mẫu');
    await form.getByLabel('Ghi chú khi áp dụng').fill('Theo thông báo mẫu');
    await form.getByRole('textbox', { name: 'Tên gọi' }).fill('Tết Nguyên đán');
    const date = form.getByLabel('Ngày, ngày thứ 1', { exact: true });
    await date.fill('2027-11-24');
    await form.getByRole('button', { name: 'Xem trước' }).click();
    await form
      .getByText(/Ngày 2027-11-24 đã có quy định khác/)
      .first()
      .waitFor();
    await sound();
    await date.fill('2027-02-05');
    await form.getByRole('button', { name: 'Xem trước' }).click();
    await form.getByText('Không hạn nào rơi vào ngày thay đổi').waitFor();
    await form.getByRole('button', { name: 'Áp dụng thông báo' }).click();
    await page.getByText('Lịch năm 2027 đã đủ thông báo chính thức').waitFor();
    await page.getByText('01/TB-MAU, Cơ quan mẫu').first().waitFor();
    await reader.picture('calendar');
    await sound();
  });

  it('adds a calendar with a Saturday of its own and gives it to an agency, whose touched deadlines it sees first', async () => {
    const { page } = reader;
    await reader.goTo('/calendar');
    await page.getByRole('button', { name: 'Thêm lịch' }).click();
    const adding = page.getByRole('form', { name: 'Thêm lịch' });
    await adding.getByLabel('Tên lịch').fill('Một cửa');
    await adding.getByLabel('Ghi chú khi áp dụng').fill('Quyết định mẫu');
    await adding.getByRole('button', { name: 'Thêm lịch' }).click();
    await adding.getByText('Tên lịch gồm chữ thường không dấu, số và gạch nối.').waitFor();
    await sound();
    await adding.getByLabel('Tên lịch').fill('mot-cua');
    await adding.getByRole('button', { name: 'Thêm lịch' }).click();
    await page.getByText('Chưa cơ quan nào làm việc theo lịch này').waitFor();
    await page.getByRole('button', { name: 'Đổi giờ làm việc' }).click();
    const hours = page.getByRole('form', { name: 'Đổi giờ làm việc' });
    await hours.getByRole('checkbox', { name: 'Nghỉ hằng tuần: thứ Bảy', exact: false }).uncheck();
    await hours.getByLabel('Ghi chú khi áp dụng').fill('Trực sáng thứ Bảy');
    await sound();
    await hours.getByRole('button', { name: 'Áp dụng giờ làm việc' }).click();
    await page.getByText('Lịch "mot-cua", phiên bản 2').waitFor();
    await page.getByRole('link', { name: 'Phiên bản 1' }).click();
    await page.getByText('Phiên bản cũ, chỉ để xem; phiên bản đang dùng là 2').waitFor();
    await sound();

    await reader.goTo('/directory/agencies');
    await page.getByRole('link', { name: 'Phòng Kinh tế', exact: true }).first().click();
    await page.getByRole('button', { name: 'Lịch làm việc' }).click();
    const giving = page.getByRole('form', { name: 'Lịch làm việc' });
    await giving.getByRole('combobox', { name: 'Lịch làm việc' }).click();
    await page.getByRole('option', { name: 'mot-cua' }).click();
    await giving.getByRole('button', { name: 'Xem trước' }).click();
    await giving.getByText(/rơi vào ngày thay đổi/).waitFor();
    await sound();
    await giving.getByRole('button', { name: 'Lưu' }).click();
    await page.getByRole('link', { name: 'mot-cua' }).click();
    await page.getByText('Hạn của Phòng Kinh tế tính theo lịch này.').waitFor();
    await sound();
  });

  it('adds an agency, is told why one cannot end, and gives a new person an office', async () => {
    const { page } = reader;
    await reader.goTo('/directory/agencies');
    const adding = page.getByRole('form', { name: 'Thêm cơ quan' });
    await adding.getByLabel('Tên cơ quan').fill('Phòng Kinh tế');
    await adding.getByRole('button', { name: 'Thêm cơ quan' }).click();
    await adding
      .getByText(/văn bản sẽ không phân biệt được/)
      .first()
      .waitFor();
    await adding.getByLabel('Tên cơ quan').fill('Phòng Mẫu');
    await adding.getByRole('button', { name: 'Thêm cơ quan' }).click();
    await page.getByRole('heading', { name: 'Phòng Mẫu' }).waitFor();
    await sound();
    await reader.goTo('/directory/people');
    const person = page.getByRole('form', { name: 'Thêm người' });
    await person.getByLabel('Họ và tên').fill('Nguyễn Văn Mẫu');
    await person.getByRole('button', { name: 'Thêm người' }).click();
    await page.getByRole('heading', { name: 'Nguyễn Văn Mẫu' }).waitFor();
    await page.getByRole('button', { name: 'Trao chức vụ' }).click();
    const office = page.getByRole('form', { name: 'Trao chức vụ' });
    await office.getByRole('combobox', { name: 'Chức vụ' }).or(office.getByLabel('Chức vụ')).first().click();
    await page.getByRole('option', { name: 'Chủ tịch', exact: true }).click();
    await office.getByRole('button', { name: 'Trao chức vụ' }).click();
    await office
      .getByText(/đang giữ chức vụ này/)
      .first()
      .waitFor();
    await sound();
  });

  it('makes an account whose secret is shown once, and finds that in the audit trail', async () => {
    const { page } = reader;
    await reader.goTo('/accounts');
    const form = page.getByRole('form', { name: 'Tạo tài khoản' });
    await form.getByLabel('Người').first().click();
    await page.getByRole('option', { name: 'Nguyễn Văn Mẫu' }).click();
    await form.getByLabel('Tên đăng nhập').fill('nguoi-mau');
    await form.getByRole('button', { name: 'Tạo tài khoản' }).click();
    await page.getByText('Mã dùng một lần của nguoi-mau').waitFor();
    await sound();
    await reader.goTo('/audit?words=account.create');
    await page.getByText('Tạo tài khoản').first().waitFor();
    await page.getByRole('button', { name: 'Kiểm tra niêm phong' }).click();
    await page.getByText(/đúng như đã niêm phong/).waitFor();
    await sound();
  });

  it.each([
    '/operations/work',
    '/operations/lifecycles',
    '/operations/lessons',
    '/profile',
    '/directory/in-charge',
  ])('is open to everybody at %s', async (path) => {
    await reader.goTo(path);
    await reader.page.waitForLoadState('networkidle');
    await sound();
  });
});
