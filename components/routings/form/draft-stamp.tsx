import { ClockTime } from '@/components/time/clock-time';
import type { Autosave } from './use-autosave';

/** In the top bar: when the draft was saved, and that it is ours to go on. Where it is narrow, the time alone. */
export function DraftStamp({ autosave: { saved, isSaving } }: { readonly autosave: Autosave }) {
  if (isSaving) return <span className="whitespace-nowrap">Saving…</span>;
  if (saved === null) return null;
  return (
    <span data-testid="draft-stamp" className="whitespace-nowrap tabular-nums">
      <span className="hidden sm:inline">Draft saved </span>
      <span className="sm:hidden">Saved </span>
      <ClockTime at={new Date(saved.draft.savedAt)} />
      <span className="hidden md:inline"> · your move</span>
    </span>
  );
}
