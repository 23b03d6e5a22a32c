import type { Sending } from '../api/act';
import { client } from '../api/client';
import type { components } from '../api/schema';
import { answerOf } from '../api/problem';

/** A document on its way in. What tells a file from another is there for the key of its sending. */
export type ArrivingDocument =
  | { readonly name: string; readonly text: string }
  | { readonly name: string; readonly size: number; readonly modified: number; readonly file: File };

type Received = components['schemas']['ReceivedDocumentDto'];

export function sendDocument(document: ArrivingDocument, { key }: Sending): Promise<Received> {
  const params = { header: { 'Idempotency-Key': key } };
  if ('text' in document)
    return answerOf(client.POST('/api/v1/documents', { params, body: document as never }));
  return answerOf(
    client.POST('/api/v1/documents', {
      params,
      body: { file: '' } as never,
      bodySerializer: () => {
        const form = new FormData();
        form.append('file', document.file, document.name);
        return form;
      },
    }),
  );
}
