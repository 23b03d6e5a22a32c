/** Words for bodies that no single agency answers for, and for the levels and territories that a body is of. */

/** Collectives: they name no agency that could be followed on its own. */
export const collectives =
  /(?:(?:tỉnh|huyện|thành|thị|quận|đảng) (?:ủy|uỷ)(?! viên)|cơ quan|đơn vị|địa phương|sở|bộ|ban|ngành|phòng|chi cục|cấp|đoàn thể|hội|tổ chức|bộ phận|thành viên|xã|phường|thị trấn|huyện|quận|thị xã|thành phố|tỉnh|đặc khu|thôn|bản|ấp|làng|buôn|tổ dân phố|khu phố|khối|trường học|trường|nhà trường|chủ đầu tư|nhà thầu|doanh nghiệp|hợp tác xã|tổ|đội|chi bộ|đảng bộ|chi đoàn|khu dân cư|khóm|trạm|cấp (?:ủy|uỷ)|chi hội|hội viên|cá nhân|hộ dân|nhà máy|bệnh viện|trung tâm|ban quản lý|lực lượng|nhóm|chuyên viên|ông|bà|phòng chuyên môn|đại biểu)(?!\p{L})/iu;

/** "huyện", "các xã, thị trấn": the level or the territory a body is of. */
export const levelWords =
  '(?:các |\\d{1,3} )?(?:tỉnh|huyện|xã|phường|thị trấn|thị xã|thành phố|quận|đặc khu|thôn|buôn|làng|tổ dân phố|khu phố|khu dân cư|khóm|ấp|bản)';
