import type { ActionResult, FormAction } from '@/components/forms/action-result';
import { Section } from '@/components/layout/page';
import { EmptyState } from '@/components/ui/empty-state';
import type { ApiKeyView } from '@/lib/domain/access/api-key';
import type { WorkspaceTraffic } from '@/lib/domain/access/traffic';
import type { WorkspaceView } from '@/lib/domain/access/workspace';
import { CreateKeyDialog, type MadeKey } from './create-key-dialog';
import { KeyTable } from './key-table';
import { RejectedTable } from './rejected-table';
import { TrafficLine } from './traffic-line';

interface WorkspaceSectionProps {
  readonly workspace: WorkspaceView;
  readonly keys: readonly ApiKeyView[];
  /** Absent for a workspace that was made while the page was read. */
  readonly traffic: WorkspaceTraffic | undefined;
  readonly now: Date;
  readonly collectorUrl: string | null;
  readonly create: FormAction<MadeKey>;
  readonly revoke: (apiKeyId: string) => Promise<ActionResult>;
}

/** One workspace: what it sent, what was refused, and the keys it sends with. */
export function WorkspaceSection(props: WorkspaceSectionProps) {
  const { workspace, keys, traffic, now, collectorUrl, create, revoke } = props;
  return (
    <Section
      title={workspace.name}
      actions={<CreateKeyDialog workspace={workspace} collectorUrl={collectorUrl} action={create} />}
    >
      {traffic === undefined ? null : <TrafficLine traffic={traffic} />}
      {keys.length === 0 ? (
        <EmptyState sentence="No collection key yet: without one nobody can send events of this workspace." />
      ) : (
        <KeyTable workspaceName={workspace.name} keys={keys} now={now} revoke={revoke} />
      )}
      {traffic === undefined || traffic.rejected.length === 0 ? null : (
        <RejectedTable workspaceName={workspace.name} rejected={traffic.rejected} now={now} />
      )}
    </Section>
  );
}
