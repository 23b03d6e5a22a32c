import { type Bilingual } from '@dondoc/workflow';

const titles: Readonly<Record<number, Bilingual>> = {
  400: { vi: 'Yêu cầu chưa đúng dạng', en: 'Malformed request' },
  401: { vi: 'Cần đăng nhập', en: 'Log-in needed' },
  403: { vi: 'Không được phép', en: 'Not permitted' },
  404: { vi: 'Không tìm thấy', en: 'Not found' },
  405: { vi: 'Phương thức không được hỗ trợ', en: 'Method not supported' },
  409: { vi: 'Chưa thực hiện được ở trạng thái hiện tại', en: 'Not possible in the present state' },
  412: { vi: 'Dữ liệu đã thay đổi', en: 'Changed in the meantime' },
  413: { vi: 'Dữ liệu gửi lên quá lớn', en: 'Too large' },
  415: { vi: 'Kiểu dữ liệu không được hỗ trợ', en: 'Media type not supported' },
  422: { vi: 'Dữ liệu chưa hợp lệ', en: 'Invalid input' },
  428: { vi: 'Thiếu điều kiện của yêu cầu', en: 'Condition missing' },
  429: { vi: 'Quá nhiều yêu cầu', en: 'Too many requests' },
  503: { vi: 'Tạm thời chưa phục vụ được', en: 'Not available for now' },
};

const unexpected: Bilingual = { vi: 'Lỗi ngoài dự kiến', en: 'Unexpected error' };

export function titleOf(status: number): Bilingual {
  return titles[status] ?? unexpected;
}
