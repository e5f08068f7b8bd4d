import type { ReactNode } from 'react';
import { Refusal } from '@/components/forms/refusal';
import type { LastEdit } from '@/components/routings/last-edit';
import { Button } from '@/components/ui/button';
import type { RoutingView } from '@/lib/domain/routing/view';
import { settingsDifferences } from './settings-differences';
import type { useVersionedForm } from './use-versioned-form';
import { VersionConflict } from './version-conflict';

interface VersionedFieldsProps {
  readonly editor: ReturnType<typeof useVersionedForm>;
  /** As it is stored now. */
  readonly routing: RoutingView;
  readonly lastEdit: LastEdit | null;
  readonly onTakeTheirs: () => void;
  readonly saveLabel: string;
  readonly children: ReactNode;
}

/** The fields of an edit with the version they were made on, and what to do when somebody else was quicker. */
export function VersionedFields(props: VersionedFieldsProps) {
  const { editor, routing, lastEdit, onTakeTheirs, saveLabel, children } = props;
  return (
    <>
      <input type="hidden" name="routingId" value={routing.id} />
      <input type="hidden" name="version" value={editor.base.version} />
      {children}
      <div className="grid gap-4 border-border border-t p-4 sm:p-6">
        {editor.isConflict ? (
          <VersionConflict
            lastEdit={lastEdit}
            differences={settingsDifferences(editor.base, routing)}
            onTakeTheirs={onTakeTheirs}
            onSaveMine={editor.saveMine}
          />
        ) : (
          <Refusal refusal={editor.refusal} />
        )}
        <Button type="submit" variant="primary" className="w-fit">
          {editor.isPending ? 'Saving…' : saveLabel}
        </Button>
      </div>
    </>
  );
}
