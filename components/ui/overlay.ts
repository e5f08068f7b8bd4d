export const overlayClasses = 'fixed inset-0 z-40 bg-black/40 dark:bg-black/60';

export const dialogSurface =
  'fixed top-1/2 left-1/2 z-50 max-h-[calc(100dvh-2rem)] w-[calc(100vw-2rem)] max-w-lg -translate-x-1/2 -translate-y-1/2 overflow-y-auto rounded-dialog border border-border bg-surface p-6 text-text shadow-overlay';
