import { createHash, timingSafeEqual } from 'node:crypto';
import { type IncomingMessage } from 'node:http';
import { type Bilingual } from '@dondoc/workflow';

/** Why somebody may not read the metrics, with the status of the answer. */
export interface MetricsRefusal extends Bilingual {
  readonly status: 401 | 403;
  readonly code: string;
}

const loopback = /^(::ffff:)?127\.|^::1$/;
/** What proxies add: behind one on this machine everybody seems to be on this machine. */
const forwarded = ['forwarded', 'x-forwarded-for', 'x-real-ip', 'via'];

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

/**
 * With a token, whoever shows it (`Authorization: Bearer …`); without one, whoever asks from this machine itself.
 * @returns `null` when the metrics may be read
 */
export function metricsRefusal(
  token: string | null,
  { headers, socket }: Pick<IncomingMessage, 'headers' | 'socket'>,
): MetricsRefusal | null {
  if (token === null) {
    const isHere = loopback.test(socket.remoteAddress ?? '') && !forwarded.some((name) => name in headers);
    if (isHere) return null;
    return {
      status: 403,
      code: 'metrics-on-this-machine-only',
      vi: 'Số liệu vận hành chỉ được đọc từ chính máy này; muốn đọc từ nơi khác phải đặt METRICS_TOKEN.',
      en: 'The metrics are read on this machine only; set METRICS_TOKEN to read them from elsewhere.',
    };
  }
  const shown = /^Bearer (\S+)$/i.exec(headers.authorization ?? '')?.[1];
  if (shown !== undefined && timingSafeEqual(digest(shown), digest(token))) return null;
  return {
    status: 401,
    code: 'metrics-token-needed',
    vi: 'Cần mã truy cập số liệu vận hành.',
    en: 'The token for the metrics is needed.',
  };
}
