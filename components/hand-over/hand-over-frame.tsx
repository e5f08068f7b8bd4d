import type { ReactNode } from 'react';
import { BrandMark } from '@/components/layout/brand';
import { ThemeSwitch } from '@/components/layout/theme-switch';

interface HandOverFrameProps {
  /** The vendor as its customers know it; null where the operator has not said. */
  readonly vendorName: string | null;
  readonly children: ReactNode;
}

/** A page for somebody without an account: whose it is, and nothing that leads anywhere else. */
export function HandOverFrame({ vendorName, children }: HandOverFrameProps) {
  return (
    <>
      <header className="flex h-14 items-center gap-3 border-border border-b bg-surface px-4">
        <BrandMark />
        <p className="min-w-0 flex-1 truncate font-semibold">
          Sluice{vendorName === null ? '' : ` for ${vendorName}`}
        </p>
        <ThemeSwitch />
      </header>
      <main
        id="main"
        tabIndex={-1}
        className="mx-auto grid w-full max-w-3xl grid-cols-1 gap-4 px-4 py-6 outline-none"
      >
        {children}
      </main>
    </>
  );
}
