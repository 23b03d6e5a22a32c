import { Button, Progress } from '@mantine/core';
import { type DragEvent, useId, useRef, useState } from 'react';
import { ApiProblem, problemOf } from '../api/problem';
import { Icon } from '../look/icon';
import { ProblemNotice } from '../look/problem-notice';
import { useWords } from '../words/words';
import './act-form.css';

interface Props {
  readonly label: string;
  readonly kept: (id: string) => void;
}

interface Upload {
  readonly file: File;
  readonly key: string;
}

/** Sends a file and tells how far it is; the same key for every attempt, so that it is kept once. */
function send({ file, key }: Upload, progress: (percent: number) => void): Promise<string> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('POST', '/api/v1/files');
    request.setRequestHeader('Idempotency-Key', key);
    request.responseType = 'json';
    request.upload.onprogress = ({ loaded, total }) => progress(Math.floor((loaded / total) * 100));
    request.onerror = () => reject(problemOf(null, null));
    request.onload = () => {
      const body = request.response as { id?: string } | null;
      if (request.status < 300 && body?.id !== undefined) resolve(body.id);
      else reject(problemOf(new Response(null, { status: Math.max(request.status, 400) }), body));
    };
    const form = new FormData();
    form.append('file', file);
    request.send(form);
  });
}

export function FileField({ label, kept }: Props) {
  const { say } = useWords();
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const [upload, setUpload] = useState<Upload | null>(null);
  const [percent, setPercent] = useState(0);
  const [isKept, setKept] = useState(false);
  const [error, setError] = useState<Error | null>(null);
  const [isOver, setOver] = useState(false);

  const start = (chosen: Upload) => {
    setUpload(chosen);
    setError(null);
    setPercent(0);
    send(chosen, setPercent).then(
      (file) => {
        setKept(true);
        kept(file);
      },
      (reason: unknown) => setError(reason instanceof ApiProblem ? reason : problemOf(null, null)),
    );
  };
  const choose = (files: FileList | null) => {
    const file = files?.[0];
    if (file) start({ file, key: crypto.randomUUID() });
  };
  const remove = () => {
    setUpload(null);
    setKept(false);
    setError(null);
    kept('');
    if (input.current) input.current.value = '';
  };
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    choose(event.dataTransfer.files);
  };
  return (
    <div className="stack-tight">
      <label
        htmlFor={id}
        className={`dropzone dropzone-small ${isOver ? 'dropzone-over' : ''}`}
        onDragOver={(event) => {
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={drop}
      >
        <Icon name="upload" />
        <span>
          <strong>{label}</strong>
          <span className="small soft">
            {upload && isKept ? say('field.fileKept', { name: upload.file.name }) : say('field.fileDrop')}
          </span>
        </span>
        <input
          id={id}
          ref={input}
          type="file"
          className="unseen"
          onChange={(event) => choose(event.currentTarget.files)}
        />
      </label>
      {upload && !isKept && !error && (
        <div role="status">
          <Progress value={percent} aria-label={say('field.fileSending', { percent })} />
          <span className="small soft">{say('field.fileSending', { percent })}</span>
        </div>
      )}
      <ProblemNotice error={error} {...(upload && { retry: () => start(upload) })} />
      {upload && (isKept || error) && (
        <Button variant="subtle" size="compact-sm" onClick={remove} style={{ alignSelf: 'flex-start' }}>
          {say('field.fileRemove')}
        </Button>
      )}
    </div>
  );
}
