import { Button } from '@/components/ui/button';

/** Says that the page has brought back what was typed before it was loaded anew. */
export function RestoredNotice({ onStartOver }: { readonly onStartOver: () => void }) {
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-2 border-border border-b bg-info-bg px-4 py-2 text-info text-sm sm:px-6">
      <p role="status">What you had typed in this tab is here again, except access keys.</p>
      <Button size="sm" onClick={onStartOver}>
        Start over
      </Button>
    </div>
  );
}
