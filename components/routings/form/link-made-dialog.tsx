'use client';

import { useEffect, useState } from 'react';
import { Button } from '@/components/ui/button';
import { CopyBlock } from '@/components/ui/copy-block';
import { Dialog } from '@/components/ui/dialog';
import { LINK_LIFE_DAYS } from '@/lib/domain/hand-over/limits';

interface LinkMadeDialogProps {
  readonly address: string;
  readonly onClose: () => void;
}

/** The link of a routing that was just created: in the clipboard where the browser allows it, and to be seen this once. */
export function LinkMadeDialog({ address, onClose }: LinkMadeDialogProps) {
  const [isCopied, setCopied] = useState(false);
  useEffect(() => {
    navigator.clipboard?.writeText(address).then(
      () => setCopied(true),
      () => undefined,
    );
  }, [address]);
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={isCopied ? 'The link is copied' : 'Copy the link now'}
      description={`Send it to the customer’s AWS admin. It works for ${LINK_LIFE_DAYS} days, is kept only as a fingerprint and cannot be shown again.`}
    >
      <div className="grid gap-4">
        <CopyBlock what="link" text={address} />
        <div className="flex justify-end">
          <Button variant="primary" onClick={onClose}>
            I have copied it
          </Button>
        </div>
      </div>
    </Dialog>
  );
}
