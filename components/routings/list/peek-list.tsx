'use client';

import { type ReactNode, useMemo } from 'react';
import type { PeekView } from '@/lib/domain/routing/peek';
import { LabelsAnnouncer } from './labels-announcer';
import type { PeekReader } from './peek-body';
import { PeekContext } from './peek-context';
import { PeekPanel, type PeekRowFacts } from './peek-panel';
import { usePeekAddress } from './use-peek-address';
import { type PeekAction, usePeekContent } from './use-peek-content';
import { useWalkKeys } from './use-walk-keys';

interface PeekListProps extends PeekReader {
  /** The rows of the page, in their order. */
  readonly rows: readonly PeekRowFacts[];
  /** The open routing, where the page was asked for with one. */
  readonly rendered: PeekView | null;
  readonly read: PeekAction;
  readonly children: ReactNode;
}

/** The list with its side panel: what is open, what the panel shows, and the keys that walk. */
export function PeekList({ rows, rendered, read, children, ...reader }: PeekListProps) {
  const { openId, open, close } = usePeekAddress();
  const content = usePeekContent(openId, rendered, read);
  const ids = useMemo(() => rows.map(({ id }) => id), [rows]);
  useWalkKeys(ids, openId, open);
  const control = useMemo(() => ({ openId, open }), [openId, open]);
  return (
    <PeekContext value={control}>
      {children}
      <LabelsAnnouncer rows={rows} />
      {openId === null ? null : (
        <PeekPanel
          openId={openId}
          row={rows.find(({ id }) => id === openId)}
          content={content}
          onClose={close}
          {...reader}
        />
      )}
    </PeekContext>
  );
}
