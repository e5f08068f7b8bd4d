'use client';

import { Plus } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { type ComponentProps, useState } from 'react';
import { Button } from '@/components/ui/button';
import { CreateNamedDialog } from './create-named-dialog';

type CreateNamedButtonProps = Omit<
  ComponentProps<typeof CreateNamedDialog>,
  'open' | 'onOpenChange' | 'onCreated'
> & {
  readonly variant?: 'primary' | 'secondary';
  /** Where to go afterwards, with the new id at its end; stays on the page otherwise. */
  readonly goTo?: string;
};

/** A button that opens the dialog for a new thing of this noun. */
export function CreateNamedButton({ variant = 'secondary', goTo, ...dialog }: CreateNamedButtonProps) {
  const [isOpen, setOpen] = useState(false);
  const router = useRouter();
  return (
    <>
      <Button variant={variant} onClick={() => setOpen(true)}>
        <Plus aria-hidden />
        New {dialog.noun}
      </Button>
      <CreateNamedDialog
        {...dialog}
        open={isOpen}
        onOpenChange={setOpen}
        onCreated={(created) => {
          if (goTo !== undefined) router.push(`${goTo}/${created.id}`);
        }}
      />
    </>
  );
}
