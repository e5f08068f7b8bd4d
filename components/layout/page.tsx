import type { ReactNode } from 'react';
import { TimeZoneMenu } from '@/components/time/time-zone-menu';
import { Breadcrumbs, type Crumb } from './breadcrumbs';
import { ThemeSwitch } from './theme-switch';

interface PageProps {
  readonly crumbs: readonly Crumb[];
  /** What stands in the top bar beside the time zone, for example the live stamp. */
  readonly status?: ReactNode;
  readonly children: ReactNode;
}

/** The top bar and the body of one page. */
export function Page({ crumbs, status, children }: PageProps) {
  return (
    <>
      <header className="sticky top-0 z-20 flex h-14 items-center gap-3 border-border border-b bg-surface px-4 sm:px-6">
        <Breadcrumbs crumbs={crumbs} />
        <div className="flex shrink-0 items-center gap-2 text-muted text-sm">
          {status}
          <TimeZoneMenu />
          <ThemeSwitch />
        </div>
      </header>
      <main id="main" tabIndex={-1} className="mx-auto w-full max-w-[1440px] px-4 py-6 outline-none sm:px-6">
        {children}
      </main>
    </>
  );
}

interface PageTitleProps {
  readonly title: string;
  readonly lead?: ReactNode;
  readonly actions?: ReactNode;
}

export function PageTitle({ title, lead, actions }: PageTitleProps) {
  return (
    <div className="mb-6 flex flex-wrap items-start justify-between gap-4">
      <div className="min-w-0">
        <h1 className="break-words font-semibold text-lg">{title}</h1>
        {lead === undefined ? null : <p className="mt-1 max-w-[72ch] text-muted">{lead}</p>}
      </div>
      {actions === undefined ? null : <div className="flex flex-wrap gap-2">{actions}</div>}
    </div>
  );
}

interface SectionProps {
  /** Where a link from elsewhere leads to. */
  readonly id?: string;
  readonly title: string;
  readonly lead?: ReactNode;
  readonly actions?: ReactNode;
  readonly children: ReactNode;
}

export function Section({ id, title, lead, actions, children }: SectionProps) {
  return (
    <section id={id} className="mt-8 first:mt-0">
      <div className="mb-3 flex flex-wrap items-end justify-between gap-2">
        <div className="min-w-0">
          <h2 className="font-semibold text-md">{title}</h2>
          {lead === undefined ? null : <p className="max-w-[72ch] text-muted text-sm">{lead}</p>}
        </div>
        {actions}
      </div>
      {children}
    </section>
  );
}
