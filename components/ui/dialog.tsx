'use client';

import { X } from 'lucide-react';
import { Dialog as Radix } from 'radix-ui';
import type { ReactNode } from 'react';
import { Button } from './button';
import { dialogSurface, overlayClasses } from './overlay';

interface DialogProps {
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
  readonly title: string;
  readonly description: ReactNode;
  readonly children: ReactNode;
}

/** A modal with a title and one sentence that says what it does. */
export function Dialog({ open, onOpenChange, title, description, children }: DialogProps) {
  return (
    <Radix.Root open={open} onOpenChange={onOpenChange}>
      <Radix.Portal>
        <Radix.Overlay className={overlayClasses} />
        <Radix.Content className={dialogSurface}>
          <div className="flex items-start justify-between gap-4">
            <Radix.Title className="font-semibold text-md">{title}</Radix.Title>
            <Radix.Close asChild>
              <Button variant="quiet" size="sm" aria-label="Close" className="-mt-0.5 -mr-2">
                <X aria-hidden />
              </Button>
            </Radix.Close>
          </div>
          <Radix.Description className="mt-1 text-muted">{description}</Radix.Description>
          <div className="mt-4">{children}</div>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
