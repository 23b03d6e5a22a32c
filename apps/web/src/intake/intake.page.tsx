import { Button, Loader, Textarea, TextInput } from '@mantine/core';
import { type DragEvent, type SubmitEvent, useId, useState } from 'react';
import { Link, useNavigate } from 'react-router';
import { useAct } from '../api/act';
import { ApiProblem } from '../api/problem';
import { useDrafts } from '../api/queries';
import { EmptyState } from '../look/empty-state';
import { Icon } from '../look/icon';
import { PageHead } from '../look/page-head';
import { ProblemNotice } from '../look/problem-notice';
import { Reading } from '../look/reading';
import { Badge } from '../look/status-badge';
import { useOfficeTime } from '../time/office-time';
import { useWords } from '../words/words';
import { type ArrivingDocument, sendDocument } from './send-document';
import './intake.css';
import '../acts/act-form.css';

export default function IntakePage() {
  const { say } = useWords();
  return (
    <>
      <PageHead title={say('intake.title')}>
        <Button component={Link} to="/intake/by-hand" variant="default">
          {say('hand.open')}
        </Button>
      </PageHead>
      <div className="stack">
        <Arrival />
        <Drafts />
      </div>
    </>
  );
}

/** A notice comes in by a file or by its text; its draft opens at once. */
function Arrival() {
  const { say } = useWords();
  const id = useId();
  const go = useNavigate();
  const [isOver, setOver] = useState(false);
  const receive = useAct(sendDocument);
  const take = (document: ArrivingDocument) =>
    receive.mutate(document, { onSuccess: ({ draft }) => void go(`/intake/${draft.id}`) });
  const takeFile = (files: FileList | null) => {
    const file = files?.[0];
    if (file) take({ name: file.name, size: file.size, modified: file.lastModified, file });
  };
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    takeFile(event.dataTransfer.files);
  };
  const earlier =
    receive.error instanceof ApiProblem && receive.error.code === 'document-already-received'
      ? (receive.error.body as { existing?: { draft?: string } } | null)?.existing?.draft
      : undefined;
  return (
    <section className="stack">
      <label
        htmlFor={id}
        className={`dropzone arrival ${isOver ? 'dropzone-over' : ''}`}
        onDragOver={(event) => {
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={drop}
      >
        {receive.isPending ? <Loader size={32} /> : <Icon name="upload" size={32} />}
        <span role={receive.isPending ? 'status' : undefined}>
          <strong>{say(receive.isPending ? 'intake.reading' : 'intake.drop')}</strong>
          {!receive.isPending && <span className="soft">{say('intake.dropHint')}</span>}
        </span>
        <input
          id={id}
          type="file"
          className="unseen"
          accept=".docx,.pdf,.txt,.md"
          disabled={receive.isPending}
          onChange={(event) => {
            takeFile(event.currentTarget.files);
            event.currentTarget.value = '';
          }}
        />
      </label>
      <ProblemNotice error={receive.error} />
      {earlier !== undefined && (
        <Button component={Link} to={`/intake/${earlier}`} variant="default" className="self-start">
          {say('intake.already')}
        </Button>
      )}
      <Paste take={take} isBusy={receive.isPending} />
    </section>
  );
}

interface PasteProps {
  readonly take: (document: ArrivingDocument) => void;
  readonly isBusy: boolean;
}

function Paste({ take, isBusy }: PasteProps) {
  const { say } = useWords();
  const [name, setName] = useState('');
  const [text, setText] = useState('');
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    take({ name: name.trim() || say('draft.document'), text });
  };
  return (
    <details className="card card-body">
      <summary className="paste-summary">{say('intake.paste')}</summary>
      <form className="stack paste" onSubmit={submit}>
        <TextInput
          label={`${say('intake.pasteName')} (${say('word.optional')})`}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <Textarea
          label={say('intake.pasteText')}
          autosize
          minRows={6}
          maxRows={18}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
        />
        <Button type="submit" disabled={text.trim() === ''} loading={isBusy} className="self-start">
          {say('intake.pasteSubmit')}
        </Button>
      </form>
    </details>
  );
}

function Drafts() {
  const { say } = useWords();
  const time = useOfficeTime();
  const query = useDrafts();
  return (
    <section>
      <div className="group-head">
        <h2>{say('intake.drafts')}</h2>
      </div>
      <Reading query={query}>
        {(drafts) =>
          drafts.length === 0 ? (
            <EmptyState icon="file" title={say('intake.none')} hint={say('intake.noneHint')} />
          ) : (
            <ul className="card drafts">
              {drafts.map(({ id, status, source, createdAt, count }) => (
                <li key={id}>
                  <Link to={`/intake/${id}`}>
                    <Icon name="file" size={22} />
                    <span className="draft-name">
                      <strong>{source.document?.number ?? source.document?.name ?? source.note ?? ''}</strong>
                      <span className="small soft">
                        {[source.document?.name, time.moment(createdAt), say('intake.count', { count })]
                          .filter(Boolean)
                          .join(' · ')}
                      </span>
                    </span>
                    <Badge
                      tone={status === 'open' ? 'warn' : 'good'}
                      icon={status === 'open' ? 'hourglass' : 'check'}
                    >
                      {say(status === 'open' ? 'intake.open' : 'intake.confirmed')}
                    </Badge>
                  </Link>
                </li>
              ))}
            </ul>
          )
        }
      </Reading>
    </section>
  );
}
