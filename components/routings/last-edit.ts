import type { ActivityView } from '@/lib/domain/routing/view';

export interface LastEdit {
  readonly actor: string;
  readonly at: string;
}

/** Who changed the settings last, as far as the reader may know; `activity` is newest first. */
export function lastEdit(activity: readonly ActivityView[]): LastEdit | null {
  const edit = activity.find(({ change }) => change.kind === 'audit' && change.action === 'routing.update');
  return edit === undefined ? null : { actor: edit.actor, at: edit.at };
}
