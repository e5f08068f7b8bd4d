'use client';

import { ArrowUpRight, X } from 'lucide-react';
import Link from 'next/link';
import { Dialog } from 'radix-ui';
import { useRef } from 'react';
import { StatusBadge } from '@/components/routings/status-badge';
import { Button } from '@/components/ui/button';
import { Skeleton } from '@/components/ui/skeleton';
import type { RoutingLabel } from '@/lib/domain/routing/label';
import { PeekBody, type PeekReader } from './peek-body';
import { rowLinkId } from './peek-context';
import type { PeekContent } from './use-peek-content';

/** What is known of a row before anything is read. */
export interface PeekRowFacts {
  readonly id: string;
  readonly name: string;
  readonly organization: string;
  readonly label: RoutingLabel;
}

interface PeekPanelProps extends PeekReader {
  readonly openId: string;
  readonly row: PeekRowFacts | undefined;
  readonly content: PeekContent;
  readonly onClose: () => void;
}

/** One routing beside the list, which stays in use: not modal. Esc closes it, and the focus returns to the row. */
export function PeekPanel({ openId, row, content, onClose, ...reader }: PeekPanelProps) {
  const panel = useRef<HTMLDivElement>(null);
  const facts = content.kind === 'read' ? toRowFacts(content.view.routing) : row;
  return (
    <Dialog.Root open modal={false} onOpenChange={(isOpen) => (isOpen ? undefined : onClose())}>
      <Dialog.Portal>
        <Dialog.Content
          ref={panel}
          aria-describedby={undefined}
          className="fixed inset-x-0 top-14 bottom-0 z-30 flex flex-col border-border border-l bg-surface shadow-overlay outline-none sm:left-auto sm:w-120"
          onInteractOutside={(event) => event.preventDefault()}
          onOpenAutoFocus={(event) => {
            event.preventDefault();
            panel.current?.focus();
          }}
          onCloseAutoFocus={(event) => {
            event.preventDefault();
            focusRow(openId);
          }}
        >
          <div className="flex items-start gap-2 border-border border-b p-4">
            <Dialog.Title className="min-w-0 flex-1 text-base" aria-live="polite">
              {facts === undefined ? (
                'Routing'
              ) : (
                <>
                  <StatusBadge label={facts.label} />
                  <span className="mt-2 block truncate text-muted text-sm">{facts.organization}</span>
                  <span className="block break-words font-semibold text-md">{facts.name}</span>
                </>
              )}
            </Dialog.Title>
            <Button size="sm" asChild>
              <Link href={`/routings/${openId}`}>
                Open
                <ArrowUpRight aria-hidden />
              </Link>
            </Button>
            <Dialog.Close asChild>
              <Button variant="quiet" size="sm" aria-label="Close">
                <X aria-hidden />
              </Button>
            </Dialog.Close>
          </div>
          <div className="min-h-0 flex-1 overflow-y-auto p-4">
            <PeekContentBody content={content} {...reader} />
          </div>
          <p className="hidden border-border border-t px-4 py-2 text-muted text-xs sm:block">
            ↑ ↓ walk through the list · Esc closes
          </p>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

function PeekContentBody({ content, ...reader }: { readonly content: PeekContent } & PeekReader) {
  switch (content.kind) {
    case 'reading':
      return (
        <div role="status" className="grid gap-3">
          <span className="sr-only">Loading</span>
          <Skeleton className="h-5 w-3/4" />
          <Skeleton className="h-10" />
          <Skeleton className="h-5 w-1/2" />
          <Skeleton className="h-24" />
        </div>
      );
    case 'refused':
      return <p className="text-muted">{content.message}</p>;
    case 'read':
      return <PeekBody key={content.view.routing.id} view={content.view} {...reader} />;
  }
}

function toRowFacts({ id, name, organization, label }: PeekBodyRouting): PeekRowFacts {
  return { id, name, organization: organization.name, label };
}

type PeekBodyRouting = Extract<PeekContent, { kind: 'read' }>['view']['routing'];

/** The row may have gone to another page meanwhile; then the list itself takes the focus. */
function focusRow(routingId: string): void {
  const target = document.getElementById(rowLinkId(routingId)) ?? document.getElementById('main');
  target?.focus();
}
