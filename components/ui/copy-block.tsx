'use client';

import { Check, Copy } from 'lucide-react';
import { useState } from 'react';
import { Button } from './button';
import { cn } from './cn';

interface CopyBlockProps {
  /** Names what is copied, for the button: "Copy key". */
  readonly what: string;
  readonly text: string;
  /** How it reads better, where that differs from what is copied. */
  readonly shown?: string;
  readonly onCopied?: () => void;
  readonly className?: string;
}

/** Text to take elsewhere, in mono, with one button that says when it has been copied. */
export function CopyBlock({ what, text, shown = text, onCopied, className }: CopyBlockProps) {
  const [outcome, setOutcome] = useState<'idle' | 'copied' | 'refused'>('idle');
  const copy = () => {
    navigator.clipboard.writeText(text).then(
      () => {
        setOutcome('copied');
        onCopied?.();
      },
      () => setOutcome('refused'),
    );
  };
  return (
    <div className={cn('overflow-hidden rounded-control border border-border bg-raised', className)}>
      <pre onCopy={onCopied} className="wrap-anywhere whitespace-pre-wrap p-3 font-mono text-text text-xs">
        {shown}
      </pre>
      <div className="flex flex-wrap items-center gap-x-3 border-border border-t px-2 py-1.5">
        <Button size="sm" variant="quiet" onClick={copy}>
          {outcome === 'copied' ? <Check aria-hidden className="text-good" /> : <Copy aria-hidden />}
          Copy {what}
        </Button>
        <span role="status" className="text-muted text-sm">
          {outcome === 'copied' ? 'Copied' : null}
          {outcome === 'refused' ? 'The browser refused. Select the text and copy it by hand.' : null}
        </span>
      </div>
    </div>
  );
}
