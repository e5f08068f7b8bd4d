import type { ActivityView } from '@/lib/domain/routing/view';

export interface LastEdit {
  readonly actor: string;
  readonly at: string;
}

const EDITS = ['routing.update', 'routing.enter_access'];

/** Who changed the settings last, as far as the reader may know; `activity` is newest first. */
export function lastEdit(activity: readonly ActivityView[]): LastEdit | null {
  const edit = activity.find(({ change }) => change.kind === 'audit' && EDITS.includes(change.action));
  return edit === undefined ? null : { actor: edit.actor, at: edit.at };
}
