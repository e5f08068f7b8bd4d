import { FirstLines } from '@/components/files/first-lines';
import type { Role } from '@/lib/domain/access/actor';
import { mayDo } from '@/lib/domain/access/permissions';
import type { FileDetailView } from '@/lib/domain/routing/view';
import { lookAction } from './look-action';

interface FileLinesProps {
  readonly file: FileDetailView;
  readonly role: Role;
}

/** What a file holds: for the customer's people its lines, for the vendor's a word on why not. */
export function FileLines({ file, role }: FileLinesProps) {
  if (!mayDo(role, 'event-lines.read')) {
    return (
      <p className="max-w-[72ch] text-muted text-sm">
        What a file holds is shown to the customer’s own people only. Counts, sizes and checksums are above.
      </p>
    );
  }
  const looksHref = `/routings/${file.routingId}/files/${file.id}/lines`;
  return <FirstLines key={file.id} fileId={file.id} looksHref={looksHref} look={lookAction} />;
}
