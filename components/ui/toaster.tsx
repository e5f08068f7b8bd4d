'use client';

import { useTheme } from 'next-themes';
import { Toaster as Sonner } from 'sonner';

export function Toaster() {
  const { resolvedTheme } = useTheme();
  return (
    <Sonner
      theme={resolvedTheme === 'dark' ? 'dark' : 'light'}
      position="bottom-right"
      offset={24}
      style={{ fontFamily: 'inherit' }}
      mobileOffset={{ bottom: 76, left: 16, right: 16 }}
      toastOptions={{
        unstyled: true,
        classNames: {
          toast:
            'flex w-full items-start gap-2 rounded-card border border-border bg-surface p-4 text-text text-base shadow-overlay sm:w-96',
          description: 'text-muted text-sm',
          closeButton: 'order-last ml-auto',
        },
      }}
    />
  );
}
