import type { RoutingDraftView } from '@/lib/domain/routing/draft';
import { draftDifferences } from './draft-differences';
import type { Autosave } from './use-autosave';
import { VersionConflict } from './version-conflict';

const WORDS: Readonly<Record<string, string>> = {
  bucket: 'the bucket',
  region: 'the region',
  prefix: 'the prefix',
  kmsKeyArn: 'the KMS key',
  eventNames: 'the names of events',
  promiseSeconds: 'the promise',
  flushIntervalMs: 'how often a file is written',
  awsAdmin: 'the AWS admin',
  live: 'whom to tell',
  ownerAccountId: 'the AWS account',
};

interface DraftNoticeProps {
  readonly autosave: Autosave;
  /** As it is stored now. */
  readonly stored: RoutingDraftView | null;
  readonly onTakeTheirs: () => void;
  readonly onSaveMine: () => void;
}

/** What of the page is not saved, and why; nothing where all of it is. */
export function DraftNotice({ autosave, stored, onTakeTheirs, onSaveMine }: DraftNoticeProps) {
  const { saved, refusal } = autosave;
  if (refusal?.code === 'CONFLICT') {
    return (
      <div className="p-4 sm:p-6">
        <VersionConflict
          lastEdit={stored === null ? null : { actor: stored.savedBy.name, at: stored.savedAt }}
          differences={saved === null || stored === null ? [] : draftDifferences(saved.draft, stored)}
          onTakeTheirs={onTakeTheirs}
          onSaveMine={onSaveMine}
        />
      </div>
    );
  }
  const sentence =
    refusal === null
      ? leftOutSentence(saved?.leftOut ?? [])
      : (Object.values(refusal.fieldErrors)[0] ?? refusal.message);
  return (
    <p role="status" className="bg-warn-bg px-4 py-2 text-sm text-warn empty:hidden sm:px-6">
      {sentence}
    </p>
  );
}

function leftOutSentence(leftOut: readonly string[]): string | null {
  if (leftOut.length === 0) return null;
  const words = leftOut.map((field) => WORDS[field] ?? field);
  const list = words.length === 1 ? words[0] : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;
  return `The draft is saved without ${list}: not valid yet, and kept on this page only.`;
}
