import { fingerprint } from '@/lib/domain/live/fingerprint';
import type { HandOverPageView } from './page-view';

/** Another text than before means that the page of a link is worth rendering anew. */
export function handOverRevision(view: HandOverPageView): string {
  return fingerprint(JSON.stringify(view));
}
