import { LABEL_DISPLAY } from '@/lib/domain/routing/label';
import type { ActivityView } from '@/lib/domain/routing/view';

const FIELD_WORDS: Readonly<Record<string, string>> = {
  name: 'the name',
  dataTypes: 'the data types',
  endpoint: 'where the bucket is served',
  bucket: 'the bucket',
  region: 'the region',
  prefix: 'the prefix',
  kmsKeyArn: 'the KMS key',
  promiseSeconds: 'the promise',
  flushIntervalMs: 'how often a file is written',
};

/** One entry of the time line in words: "Paused → Resuming…", "Changed the bucket, the region". */
export function activitySentence({ change }: ActivityView): string {
  if (change.kind === 'audit') return auditSentence(change.action, change.detail);
  const from = LABEL_DISPLAY[change.from].word;
  const to = LABEL_DISPLAY[change.to].word;
  const move = change.from === change.to ? to : `${from} → ${to}`;
  return change.reason === null ? move : `${move}: ${change.reason}`;
}

const TOLD_BY_LABEL = [
  'routing.start',
  'routing.pause',
  'routing.resume',
  'routing.gap',
  'routing.still_held',
];

/** Starting, pausing and resuming change the label too: of the two entries the change says more, gaps included. */
export function isToldByLabel({ change }: ActivityView): boolean {
  return change.kind === 'audit' && TOLD_BY_LABEL.includes(change.action);
}

function auditSentence(action: string, detail: Readonly<Record<string, unknown>>): string {
  if (action === 'routing.create') return 'Created as a draft';
  if (action === 'routing.release_cut') return 'Moved files that were refused to the present destination';
  if (action !== 'routing.update') return action;
  const changed = Array.isArray(detail.changed) ? detail.changed.map(String) : [];
  const fields = changed.map((field) => FIELD_WORDS[field] ?? field);
  const access = detail['accessKeyIdLast4.after'] === undefined ? [] : ['the access keys'];
  return `Changed ${[...fields, ...access].join(', ')}`;
}
