import { LABEL_DISPLAY } from '@/lib/domain/routing/label';
import type { ActivityView } from '@/lib/domain/routing/view';

/** One entry of the time line in words: "Paused → Resuming…", or what a person did. */
export function activitySentence({ change }: ActivityView): string {
  if (change.kind === 'audit')
    return sentenceCase(change.action.replace(/^[^.]*\./, '').replaceAll('-', ' '));
  const from = LABEL_DISPLAY[change.from].word;
  const to = LABEL_DISPLAY[change.to].word;
  const move = change.from === change.to ? to : `${from} → ${to}`;
  return change.reason === null ? move : `${move}: ${change.reason}`;
}

function sentenceCase(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}
