'use client';

import { ChevronDown } from 'lucide-react';
import { type ReactNode, useId, useRef, useState } from 'react';
import { Button } from '@/components/ui/button';
import { cn } from '@/components/ui/cn';

interface DisclosedFormProps {
  readonly label: string;
  readonly initiallyOpen?: boolean;
  /** Gets how to close it, which gives the focus back to the button. */
  readonly children: (close: () => void) => ReactNode;
}

/** A form behind the button that asks for it; what was typed is gone when it is closed. */
export function DisclosedForm({ label, initiallyOpen = false, children }: DisclosedFormProps) {
  const id = useId();
  const [isOpen, setOpen] = useState(initiallyOpen);
  const button = useRef<HTMLButtonElement>(null);
  const close = () => {
    setOpen(false);
    button.current?.focus();
  };
  return (
    <div className="border-border border-t">
      <div className="px-4 py-3 sm:px-6">
        <Button
          ref={button}
          size="sm"
          aria-expanded={isOpen}
          aria-controls={isOpen ? id : undefined}
          onClick={() => setOpen(!isOpen)}
        >
          {isOpen ? 'Close' : label}
          <ChevronDown aria-hidden className={cn('transition-transform', isOpen && 'rotate-180')} />
        </Button>
      </div>
      {isOpen ? (
        <div id={id} className="border-border border-t">
          {children(close)}
        </div>
      ) : null}
    </div>
  );
}
