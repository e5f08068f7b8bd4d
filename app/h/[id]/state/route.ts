import { answerRequest } from '@/app/api/answer-request';
import { handOverPage } from '@/lib/auth/hand-over-page';
import { webDeps } from '@/lib/auth/web-deps';
import { handOverRevision } from '@/lib/domain/hand-over/revision';
import { readHandOverPage } from '@/lib/services/hand-over/read-page';

export const dynamic = 'force-dynamic';

/** Whether the page may still be read, and whether it has changed. */
export const GET = (request: Request, segment: { params: Promise<{ id: string }> }): Promise<Response> =>
  answerRequest(request, async () => {
    const { id } = await segment.params;
    const view = await readHandOverPage({ ctx: webDeps(), page: await handOverPage(id) });
    return Response.json({ revision: handOverRevision(view) }, { headers: { 'cache-control': 'no-store' } });
  });
