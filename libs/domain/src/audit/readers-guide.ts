/** Goes with every export, for whoever inspects it: what each file holds, and how to check it without this software. */
export const readersGuide = `# Hướng dẫn đọc hồ sơ kiểm tra / Reader's guide

Mỗi dòng của tệp .jsonl là một đối tượng JSON (UTF-8). / Each line of a .jsonl file is one JSON object (UTF-8).

## Các tệp / Files

- \`history.jsonl\`: mọi chuyển trạng thái của từng nhiệm vụ, báo cáo lãnh đạo… theo thứ tự. \`entry\` là nội dung gốc: ai
  (\`actor\`), việc gì (\`event\`), lúc nào (\`at\`, mili giây UTC), trạng thái sau đó (\`to\`).
  / every transition of each directive, escalation …, in order. \`entry\` is what was written: who, what, when, the state after.
- \`audit.jsonl\`: mọi thao tác qua hệ thống và mọi lần bị từ chối quyền: ai, thay mặt ai (\`onBehalfOf\`), việc gì, kết quả, từ
  địa chỉ nào. / every act and every refused access: who, in whose name, what, the outcome, from where.
- \`audit.csv\`: cùng nội dung, rút gọn để mở bằng bảng tính; ô bắt đầu bằng dấu nháy đơn là văn bản. / the same in short, for a
  spreadsheet; a cell that begins with an apostrophe is text.
- \`people.jsonl\`: mã người và họ tên. / ids of people and their names.
- \`checkpoints.jsonl\`: điểm niêm phong hằng ngày có chữ ký. / the signed daily checkpoints.

## Tự kiểm tra / Checking it yourself

1. Chuỗi lịch sử / the chain of an instance: băm đầu tiên là SHA-256 của "<đơn vị>\\n<mã đối tượng>" (hex); mỗi dòng sau:
   hash = SHA-256(<băm trước> + "\\n" + entry). / the first hash is SHA-256 of "<organization>\\n<instance>"; then each
   hash = SHA-256(<hash before> + "\\n" + entry).
2. Điểm niêm phong / a checkpoint: \`signature\` là Ed25519 trên \`text\`, kiểm bằng khóa công khai mà cơ quan lưu bên ngoài;
   \`previous\` trong \`text\` là SHA-256 của \`text\` trước đó. / \`signature\` is Ed25519 over \`text\`; verify it with the public
   key that is kept outside; \`previous\` is SHA-256 of the \`text\` before.
3. \`heads\` của điểm niêm phong liệt kê băm của từng đối tượng tại lúc đó: dòng lịch sử cùng số phiên bản phải có đúng băm ấy.
   / \`heads\` names the hash of each subject at that moment: the line of that revision must have it.
4. Nguồn truy cập / origin: \`origin\` trong \`entry\` = SHA-256 của JSON [salt, address, userAgent]. Nếu dữ liệu cá nhân đã được
   xóa theo yêu cầu thì các trường này trống; chuỗi vẫn đúng. / where personal data was erased on request these fields are
   empty, and the chain still holds.

5. Thay đổi / changes: \`changes\` trong \`entry\` là từng dòng dữ liệu trước (\`before\`) và sau (\`after\`); giá trị cá nhân chỉ có
   băm \`personal\` = SHA-256 của JSON [salt, giá trị], còn giá trị ở trường \`personal\` của dòng, và trống khi đã xóa.
   / rows before and after; of personal values the entry has only \`personal\` = SHA-256 of JSON [salt, value]; the values stand in
   \`personal\` of the line, empty once erased.

Trên hệ thống, \`./dondoc audit verify --kept checkpoints.jsonl\` làm tất cả các bước trên và phát lại từng đối tượng.
/ On the system, \`./dondoc audit verify --kept checkpoints.jsonl\` does all of it and replays every instance.
`;
