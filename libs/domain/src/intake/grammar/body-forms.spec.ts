import { readClause } from './clauses';

/** Bodies as offices of every level name them, each with a verb it is told to do; '|' between the two. */
const told = `
Vụ Pháp chế|chủ trì hoàn thiện hồ sơ
Vụ Kế hoạch, Tài chính|làm việc với Bộ Tài chính
Vụ Tổ chức cán bộ|tham mưu phương án
Tổng cục Thuế|rà soát
Văn phòng Bộ|theo dõi
Cục Quản lý đường bộ|kiểm tra
Ban Thi đua - Khen thưởng|tham mưu
Phòng Kinh tế - Hạ tầng|lập hồ sơ
Phòng LĐ-TB&XH|rà soát
Phòng NN&PTNT|tham mưu
Phòng TC-KH|thẩm định
Phòng Y tế|kiểm tra
Phòng GD&ĐT huyện|tham mưu
Trung tâm Y tế|chuẩn bị vắc xin
Trung tâm VH-TT&TT|tuyên truyền
Trung tâm Văn hóa, Thông tin và Thể thao huyện|treo băng rôn
Trung tâm Giáo dục nghề nghiệp - Giáo dục thường xuyên|tuyển sinh
Trung tâm Phục vụ hành chính công xã|bố trí nhân sự
Trung tâm Cung ứng dịch vụ sự nghiệp công|sửa chữa hệ thống
Trung tâm Dịch vụ tổng hợp|duy tu
Trung tâm Kỹ thuật nông nghiệp|hướng dẫn
Văn phòng Đảng ủy|tham mưu
Văn phòng HĐND&UBND huyện|tham mưu
Văn phòng ĐKĐĐ tỉnh|chỉnh lý
Chi nhánh Văn phòng Đăng ký đất đai khu vực 6|cấp giấy
Chi cục Thuế khu vực Bình Sơn - Trà Bồng|đôn đốc
Thuế cơ sở 3 tỉnh Lâm Đồng|thu nợ
Đội Thuế liên huyện số 2|rà soát
Kho bạc Nhà nước khu vực X|kiểm soát chi
Ngân hàng CSXH huyện|giải ngân
Ngân hàng Chính sách xã hội|cho vay
Bảo hiểm xã hội cơ sở Hòa Vang|cấp thẻ
Hạt Kiểm lâm|tuần tra
Ban CHQS huyện|huấn luyện
Ban Chỉ huy Quân sự xã|tuyển quân
Bộ CHQS tỉnh|bố trí lực lượng
Đồn Biên phòng Cửa Đại|kiểm soát
Công an xã|tuần tra
Công an tỉnh|điều tra
Viện KSND huyện|kiểm sát việc tiếp nhận tố giác
Tòa án nhân dân khu vực 5|đẩy nhanh giải quyết
Chi cục THADS huyện|thi hành dứt điểm các vụ việc
Thi hành án dân sự tỉnh|tập trung thi hành
Ủy ban Mặt trận Tổ quốc Việt Nam xã|giám sát
UBMTTQ Việt Nam huyện|vận động
Ban Thường trực UBMTTQ huyện|chủ trì phản biện
Hội Liên hiệp Phụ nữ xã|vận động
Hội LHPN xã|vận động
Hội Nông dân|phối hợp
Hội Cựu chiến binh huyện|tuyên truyền
Đoàn TNCS Hồ Chí Minh xã|ra quân
Huyện đoàn|tổ chức
Đoàn Thanh niên|ra quân dọn vệ sinh
Liên đoàn Lao động huyện|chăm lo
Ban Xây dựng Đảng|tham mưu
Ban Tuyên giáo và Dân vận Tỉnh ủy|định hướng
Ban Dân vận - Tuyên giáo|theo dõi
Ban Nội chính Tỉnh ủy|tham mưu
Cơ quan Ủy ban Kiểm tra Đảng ủy|chủ trì
UBKT Huyện ủy|kiểm tra
Đảng ủy UBND xã|lãnh đạo
Đảng ủy các cơ quan Đảng tỉnh|quán triệt
Ban Thường vụ Đảng ủy các xã, phường|lãnh đạo
Chi bộ các thôn|họp
các huyện ủy, thị ủy, thành ủy|tập trung lãnh đạo
các thành ủy, huyện ủy và đảng ủy trực thuộc|quán triệt
các chi bộ trực thuộc|tổ chức sinh hoạt
Ban QLDA ĐTXD huyện|hoàn thiện hồ sơ
Ban Quản lý dự án đầu tư xây dựng các công trình giao thông tỉnh|đẩy nhanh
BQL dự án|nghiệm thu
Ban Quản lý các dịch vụ công ích|thu gom rác
Ban quản lý chợ Hà Lam|sắp xếp
Ban Quản lý rừng phòng hộ Sông Tranh|trồng rừng
Công ty Điện lực Quảng Nam|bảo đảm điện
Điện lực Thăng Bình|di dời trụ điện
Công ty TNHH MTV Khai thác thủy lợi|điều tiết nước
Công ty CP Môi trường đô thị|thu gom
Chủ đầu tư|bàn giao hồ sơ
Nhà đầu tư|cam kết tiến độ
Đơn vị tư vấn|chỉnh sửa
Liên danh nhà thầu|tăng ca
Thanh tra huyện|tham mưu kết luận
Thanh tra tỉnh|thanh tra việc chấp hành
Thanh tra Sở|kiểm tra
Báo và Đài Phát thanh - Truyền hình tỉnh|đưa tin
Báo và phát thanh, truyền hình Quảng Ngãi|tuyên truyền
Cổng Thông tin điện tử huyện|đăng tải
Trường Chính trị tỉnh|mở lớp
Trường THPT Lê Quý Đôn|rà soát
Bệnh viện Đa khoa khu vực|nâng cấp
Trạm Y tế|tiêm phòng
Trạm Khuyến nông|hướng dẫn
Trạm Trồng trọt và Bảo vệ thực vật|dự báo
Xã đội|huấn luyện
Tổ công tác Đề án 06|rà soát
Tổ giúp việc|tổng hợp
Ban Chỉ đạo chuyển đổi số xã|họp
Ban Chỉ huy PCTT và TKCN huyện|trực ban
Hội đồng bồi thường, hỗ trợ và tái định cư|thẩm định
Hội đồng GPMB thành phố|phê duyệt phương án
Hội đồng thẩm định giá đất cụ thể|họp
UBND các xã: Bình Minh, Bình Đào, Bình Hải|bàn giao
UBND các huyện, thị xã, thành phố|rà soát
Ủy ban nhân dân các quận, huyện và thành phố Thủ Đức|rà soát
UBND xã Bình Chánh và UBND xã Bình Nguyên|phối hợp
Chủ tịch UBND các xã, thị trấn|chịu trách nhiệm
Chủ tịch Ủy ban nhân dân các phường|kiểm tra
Thủ trưởng các phòng, ban, ngành|quán triệt
Trưởng các phòng, ban ngành, đoàn thể huyện|nghiêm túc
Giám đốc các sở, Thủ trưởng các ban, ngành|chỉ đạo
Bí thư chi bộ, trưởng thôn|vận động
Trưởng ấp|thông báo
Trưởng các thôn, bản|tuyên truyền
đồng chí Lê Văn B, Phó Chủ tịch UBND huyện|trực tiếp chỉ đạo
đ/c Nguyễn Thị Hoa - Trưởng phòng Nội vụ|tham mưu
ông Trần Văn C - Phó Chủ tịch UBND xã|phụ trách
bà Nguyễn Thị D, Trưởng phòng Văn hóa - Xã hội|chỉ đạo
các đồng chí Phó Chủ tịch UBND huyện|theo lĩnh vực phụ trách chỉ đạo
các đồng chí Ủy viên Ban Thường vụ|bám sát cơ sở
Chánh Văn phòng HĐND và UBND huyện|tham mưu
Phó Chủ tịch UBND huyện phụ trách khối văn xã|chỉ đạo
Bộ trưởng Bộ Giao thông vận tải|chỉ đạo
Tổng Thanh tra Chính phủ|thanh tra
Thống đốc Ngân hàng Nhà nước Việt Nam|điều hành
Ngân hàng Nhà nước Việt Nam|điều hành chính sách tiền tệ
Bộ Tư lệnh Thủ đô Hà Nội|bàn giao đất
Ủy ban Dân tộc|tổng kết
Ủy ban Quản lý vốn nhà nước tại doanh nghiệp|chỉ đạo
Thông tấn xã Việt Nam|đưa tin
Đài Truyền hình Việt Nam|đưa tin
Viện Hàn lâm Khoa học xã hội Việt Nam|nghiên cứu
Hiệu trưởng các trường THPT|quản lý
Kế toán ngân sách xã|đối chiếu
Công chức Địa chính - Xây dựng|đo đạc
Công chức Văn hóa - Xã hội|rà soát
Bộ phận Một cửa|tiếp nhận
Bộ phận Tiếp nhận và Trả kết quả|niêm yết
Các sở: Xây dựng, Tài chính, Nội vụ; UBND các xã, phường|rà soát
các Sở: Tài chính, Xây dựng và Công Thương|rà soát
Các cơ quan, đơn vị, địa phương|rà soát
Các phòng, ban, đơn vị thuộc huyện|rà soát
Các thành viên UBND xã|nêu cao
Các hội, đoàn thể|vận động
Các tổ chức chính trị - xã hội huyện|vận động
Khoa Công nghệ thông tin|xây dựng đề cương
Phòng Đào tạo|lập thời khóa biểu
Phân hiệu tại Quảng Trị|rà soát
Học viện Chính trị khu vực III|phối hợp
Nhà máy nước Phú Ninh|cấp nước
Hợp tác xã Nông nghiệp Bình Tú|điều tiết
Ngành Công an|chủ trì
ngành Giáo dục|chuẩn bị
ngành Y tế|tăng cường
Lực lượng Công an|bảo đảm
Quân sự huyện|tổ chức diễn tập
Khối Nội chính|nắm tình hình
Mặt trận và các đoàn thể|vận động
MTTQ và các tổ chức chính trị - xã hội xã|giám sát
Bí thư Đảng ủy các xã, phường|chỉ đạo
Giám đốc Trung tâm Phục vụ hành chính công|sắp xếp
Chỉ huy trưởng Ban CHQS xã|huấn luyện
Trưởng Công an xã|tham mưu
Sở Nông nghiệp và Môi trường|xử lý
Sở NN&MT|xử lý
Sở VHTTDL|tham mưu
Sở TTTT|tham mưu
Sở KH&ĐT|tham mưu
Sở Khoa học và Công nghệ|kết nối
Sở Dân tộc và Tôn giáo|theo dõi
Ban Quản lý các Khu công nghiệp và Chế xuất Hà Nội|rà soát
Tổng Công ty Phát triển đô thị Trường Sơn|triển khai dự án
Ban Quản lý Khu kinh tế Vũng Rô và các KCN Phú Hải|cung cấp số liệu
`
  .trim()
  .split('\n')
  .map((line) => line.split('|') as [string, string]);

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
/** Lists are read as several bodies; how they are joined does not matter here. */
const names = (text: string): readonly string[] => text.split(/, | và |; /u);

describe('bodies of every level', () => {
  test.each(told)('giao %s %s', (name, verb) => {
    const clause = readClause(`Giao ${name} ${verb}, báo cáo UBND huyện trước ngày 15/8/2025.`);
    expect(clause.doers.flatMap(({ text }) => names(text))).toEqual(names(name));
  });

  test.each(told)('%s %s', (name, verb) => {
    const clause = readClause(`${capital(name)} ${verb}, báo cáo kết quả trước ngày 15/8/2025.`);
    expect(clause.form).toBe('subject');
    expect(clause.doers.flatMap(({ text }) => names(text))).toEqual(names(capital(name)));
  });

  test.each(told)('%s: %s', (name, verb) => {
    const clause = readClause(`${capital(name)}: ${capital(verb)}, báo cáo kết quả trước ngày 15/8/2025.`);
    expect(clause.doers.flatMap(({ text }) => names(text))).toEqual(names(capital(name)));
  });
});
