import { randomUUID } from 'node:crypto';
import { REQUEST_ID_HEADER } from '@/lib/auth/request-headers';
import { webDeps } from '@/lib/auth/web-deps';
import { toProblem } from './problem';

/** Runs a route with the id of its request; the one place where routes meet errors. */
export async function answerRequest(
  request: Request,
  run: (requestId: string) => Promise<Response>,
): Promise<Response> {
  const requestId = request.headers.get(REQUEST_ID_HEADER) ?? randomUUID();
  try {
    return await run(requestId);
  } catch (error) {
    return toProblem(error, { requestId, logger: webDeps().logger });
  }
}
