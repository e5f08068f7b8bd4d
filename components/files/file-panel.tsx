'use client';

import { X } from 'lucide-react';
import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { Dialog } from 'radix-ui';
import type { ReactNode } from 'react';
import { Button } from '@/components/ui/button';
import { fileLinkId } from './file-link-id';

interface FilePanelProps {
  readonly fileId: string;
  /** The name of the file, without its folders. */
  readonly name: string;
  readonly pageHref: string;
  /** The address of the list without the panel. */
  readonly closeHref: string;
  readonly children: ReactNode;
}

/** A file beside its list. Not modal: another row of the list replaces it. Escape closes it. */
export function FilePanel({ fileId, name, pageHref, closeHref, children }: FilePanelProps) {
  const router = useRouter();
  const close = () => router.push(closeHref, { scroll: false });
  return (
    <Dialog.Root open modal={false} onOpenChange={(isOpen) => (isOpen ? undefined : close())}>
      <Dialog.Portal>
        <Dialog.Content
          aria-describedby={undefined}
          onInteractOutside={(event) => event.preventDefault()}
          onCloseAutoFocus={(event) => {
            event.preventDefault();
            document.getElementById(fileLinkId(fileId))?.focus();
          }}
          className="fixed inset-y-0 right-0 z-40 w-full overflow-y-auto border-border border-l bg-surface p-4 shadow-overlay outline-none sm:w-[36rem] sm:p-6"
        >
          <Dialog.Title className="mb-2 break-all pr-12 font-mono font-semibold text-base">
            {name}
          </Dialog.Title>
          <p className="mb-4">
            <Link href={pageHref} className="text-accent text-sm hover:underline">
              Open as a page
            </Link>
          </p>
          {children}
          {/* Last, so that the focus starts in the content. */}
          <Dialog.Close asChild>
            <Button variant="quiet" size="icon" aria-label="Close" className="absolute top-3 right-3">
              <X aria-hidden />
            </Button>
          </Dialog.Close>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
