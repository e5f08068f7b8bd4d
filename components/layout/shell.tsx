import type { ReactNode } from 'react';
import type { NavigationItem } from './navigation';
import { Rail } from './rail';

interface ShellProps {
  readonly items: readonly NavigationItem[];
  readonly children: ReactNode;
}

export function Shell({ items, children }: ShellProps) {
  return (
    <div className="min-h-dvh sm:flex">
      <a
        href="#main"
        className="absolute -top-20 left-4 z-50 rounded-control bg-solid px-4 py-2 font-medium text-on-solid focus:top-4"
      >
        Skip to the content
      </a>
      <Rail items={items} />
      <div className="min-w-0 flex-1 pb-20 sm:pb-8">{children}</div>
    </div>
  );
}
