/**
 * Words and strings that guessers try first, in Vietnamese and English, without case, marks and spaces. A small list:
 * it cannot replace a corpus of leaked passwords, which an offline installation does not have.
 */
export const commonPasswords: ReadonlySet<string> = new Set(
  `password passw0rd p@ssw0rd p@ssword passpass letmein welcome welcome1 iloveyou monkey dragon sunshine princess football baseball
  superman batman trustno1 master shadow michael jordan jennifer hunter killer charlie andrew soccer hockey ranger
  starwars computer internet samsung google facebook zalo youtube whatever freedom qwerty qwertyuiop qwerty123 qazwsx
  qazwsxedc 1qaz2wsx zaq12wsx 1q2w3e4r 1q2w3e4r5t q1w2e3r4 asdfgh asdfghjkl zxcvbn zxcvbnm abcdef abcd1234 abc123 abc12345
  a123456 a12345678 a123456789 aa123456 admin admin123 administrator root toor guest user test tester demo changeme default
  secret login pass access manager system server oracle postgres mysql azerty asd123 asdasd qweqwe qweasd qweasdzxc
  111111 11111111 123123 123123123 123321 123456 1234567 12345678 123456789 1234567890 0123456789 0987654321 987654321
  654321 666666 696969 777777 888888 88888888 999999 000000 112233 121212 159753 147258369 789456123 159357 131313
  matkhau matkhau1 matkhau123 mk123456 matkhaumoi matkhaucu khongco khongbiet khongcomatkhau quenmatkhau doimatkhau
  anhyeuem emyeuanh yeuanh yeuem iuem iuanh anhnhoem emnhoanh maiyeu mayyeuem tinhyeu yeunhieu hanhphuc giadinh conyeu
  bome chame mevacon connguoi vietnam vietnamese vietnamvodich hanoi saigon hochiminh tphcm danang haiphong cantho hue
  nguyen nguyenvan nguyenthi tranvan tranthi levan lethi phamvan phamthi hoang hoanganh thanhcong thanhtung tuananh minhanh
  ngocanh phuonganh lananh maianh quynhanh duchieu minhduc minhtuan anhtuan tuankiet hoangnam baongoc thuylinh khanhlinh
  phuongthao thanhthao ngoclinh xinchao chaoban chaomung congchuc canbo uyban uybannhandan ubnd hdnd vanphong vanthu
  chutich phochutich bithu danguy hoidong chinhphu nhandan donduc nhiemvu congvan quanly quantri quantrivien hethong
  doclaptudohanhphuc conghoaxahoichunghia songvalamviec hocsinh sinhvien giaovien congan quandoi bodoi
  mothaiba mothaibabon khongmothai tudo hoabinh doanket thangloi quyetthang tuonglai tuoitre batdau ketthuc macdinh`
    .toLowerCase()
    .split(/\s+/),
);
