import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { FileLines } from '@/app/(console)/routings/[id]/files/file-lines';
import { found } from '@/app/found';
import { FileDetail } from '@/components/files/file-detail';
import { Page } from '@/components/layout/page';
import { requireCtx } from '@/lib/auth/require-ctx';
import { getFile } from '@/lib/services/file/get';
import { getRouting } from '@/lib/services/routing/get';

export const metadata: Metadata = { title: 'File' };

export default async function FilePage({ params }: { params: Promise<{ id: string; fileId: string }> }) {
  const ctx = await requireCtx();
  const { id: routingId, fileId } = await params;
  const [routing, file] = await found(
    Promise.all([getRouting({ ctx, input: { routingId } }), getFile({ ctx, input: { fileId } })]),
  );
  if (file.routingId !== routing.id) notFound();
  const name = file.key.split('/').at(-1) ?? file.key;
  return (
    <Page
      crumbs={[
        { label: 'Routings', href: '/routings' },
        { label: routing.name, href: `/routings/${routing.id}` },
        { label: 'Files', href: `/routings/${routing.id}/files` },
        { label: name },
      ]}
    >
      <h1 className="mb-4 break-all font-mono font-semibold text-md">{name}</h1>
      <FileDetail
        file={file}
        promiseSeconds={routing.promiseSeconds}
        firstLines={<FileLines file={file} role={ctx.actor.role} />}
      />
    </Page>
  );
}
