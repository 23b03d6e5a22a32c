import { Button, Modal } from '@mantine/core';
import type { ReactNode } from 'react';
import { useWords } from '../words/words';
import { Icon } from './icon';

interface Props {
  readonly title: string;
  readonly close: () => void;
  readonly children: ReactNode;
}

/** Something to be done before going on. Without the kit's own head, which would be a second banner of the page. */
export function Dialog({ title, close, children }: Props) {
  const { say } = useWords();
  return (
    <Modal.Root opened onClose={close} size="lg">
      <Modal.Overlay />
      <Modal.Content>
        <Modal.Body pt="md">
          <div className="row spread dialog-head">
            <Modal.Title>{title}</Modal.Title>
            <Button variant="subtle" size="compact-sm" px={6} aria-label={say('word.close')} onClick={close}>
              <Icon name="close" />
            </Button>
          </div>
          {children}
        </Modal.Body>
      </Modal.Content>
    </Modal.Root>
  );
}
