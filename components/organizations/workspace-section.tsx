import type { ActionResult, FormAction } from '@/components/forms/action-result';
import { Section } from '@/components/layout/page';
import { EmptyState } from '@/components/ui/empty-state';
import type { ApiKeyView } from '@/lib/domain/access/api-key';
import type { WorkspaceView } from '@/lib/domain/access/workspace';
import { CreateKeyDialog, type MadeKey } from './create-key-dialog';
import { KeyTable } from './key-table';

interface WorkspaceSectionProps {
  readonly workspace: WorkspaceView;
  readonly keys: readonly ApiKeyView[];
  readonly now: Date;
  readonly collectorUrl: string | null;
  readonly create: FormAction<MadeKey>;
  readonly revoke: (apiKeyId: string) => Promise<ActionResult>;
}

/** One workspace with its collection keys. */
export function WorkspaceSection({
  workspace,
  keys,
  now,
  collectorUrl,
  create,
  revoke,
}: WorkspaceSectionProps) {
  return (
    <Section
      title={workspace.name}
      actions={<CreateKeyDialog workspace={workspace} collectorUrl={collectorUrl} action={create} />}
    >
      {keys.length === 0 ? (
        <EmptyState sentence="No collection key yet: without one nobody can send events of this workspace." />
      ) : (
        <KeyTable workspaceName={workspace.name} keys={keys} now={now} revoke={revoke} />
      )}
    </Section>
  );
}
