'use client';

import { Plus } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { Button } from '@/components/ui/button';
import { CopyBlock } from '@/components/ui/copy-block';
import { Dialog } from '@/components/ui/dialog';

/** A secret that is shown this once, with a command that tries it. */
interface ShownOnce {
  readonly secret: string;
  /** What the command does, as in "Try it: this sends one event". */
  readonly tryIt: { readonly sentence: string; readonly command: string } | null;
}

interface ShowOnceDialogProps<T> {
  /** As in "New key" and "Copy the key now". */
  readonly noun: string;
  readonly accessibleLabel?: string;
  readonly title: string;
  readonly description: string;
  /** What it says once it is made, where the secret is not the thing itself. */
  readonly madeTexts?: { readonly secret: string; readonly description: string };
  readonly form: (on: { readonly made: (made: T) => void; readonly cancel: () => void }) => ReactNode;
  readonly show: (made: T) => ShownOnce;
}

const FINGERPRINT_ONLY = 'It is kept only as a fingerprint and cannot be shown again.';

/** A button whose dialog makes a secret, shows it once and forgets it when it closes. */
export function ShowOnceDialog<T>(props: ShowOnceDialogProps<T>) {
  const { noun, accessibleLabel, title, description, madeTexts, form, show } = props;
  const what = madeTexts?.secret ?? noun;
  const [isOpen, setOpen] = useState(false);
  const [made, setMade] = useState<T | null>(null);
  const change = (open: boolean) => {
    setOpen(open);
    if (!open) setMade(null);
  };
  const close = () => change(false);
  return (
    <>
      <Button size="sm" onClick={() => change(true)} aria-label={accessibleLabel}>
        <Plus aria-hidden />
        New {noun}
      </Button>
      <Dialog
        open={isOpen}
        onOpenChange={change}
        title={made === null ? title : `Copy the ${what} now`}
        description={made === null ? description : (madeTexts?.description ?? FINGERPRINT_ONLY)}
      >
        {made === null ? (
          form({ made: (value) => setMade(() => value), cancel: close })
        ) : (
          <Secret noun={what} shown={show(made)} onDone={close} />
        )}
      </Dialog>
    </>
  );
}

interface SecretProps {
  readonly noun: string;
  readonly shown: ShownOnce;
  readonly onDone: () => void;
}

function Secret({ noun, shown: { secret, tryIt }, onDone }: SecretProps) {
  return (
    <div className="grid gap-4">
      <CopyBlock what={noun} text={secret} />
      {tryIt === null ? null : (
        <div className="grid gap-1">
          <p className="font-medium text-sm">{tryIt.sentence}</p>
          <CopyBlock what="command" text={tryIt.command} />
        </div>
      )}
      <div className="flex justify-end">
        <Button variant="primary" onClick={onDone}>
          I have copied it
        </Button>
      </div>
    </div>
  );
}
