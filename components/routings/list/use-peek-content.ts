'use client';

import { useEffect, useState } from 'react';
import type { ActionResult } from '@/components/forms/action-result';
import { unanswered } from '@/components/forms/unanswered';
import type { PeekView } from '@/lib/domain/routing/peek';

export type PeekAction = (routingId: string) => Promise<ActionResult<PeekView>>;

/** What is known of the routing in the panel: nothing yet, its view, or why there is none. */
export type PeekContent =
  | { readonly kind: 'reading' }
  | { readonly kind: 'read'; readonly view: PeekView }
  | { readonly kind: 'refused'; readonly message: string };

interface Answer {
  readonly id: string;
  readonly content: PeekContent;
}

const UNANSWERED = 'Sluice did not answer. Close the panel and open it again.';
/** A reader who walks through rows passes most of them by: only where they rest is read. */
const REST_MS = 120;

/**
 * Reads the routing in the panel, unless the page came with it. The page's own copy is renewed with the page, so of two
 * the newer one counts; while another routing is read the panel shows nothing of the last one.
 */
export function usePeekContent(
  openId: string | null,
  rendered: PeekView | null,
  read: PeekAction,
): PeekContent {
  const [answer, setAnswer] = useState<Answer | null>(null);
  const isRendered = openId !== null && rendered?.routing.id === openId;

  useEffect(() => {
    if (openId === null || isRendered) return;
    let isWanted = true;
    const timer = setTimeout(async () => {
      const result = await read(openId).catch(unanswered(UNANSWERED));
      if (!isWanted) return;
      const content: PeekContent = result.ok
        ? { kind: 'read', view: result.value }
        : { kind: 'refused', message: result.message };
      setAnswer({ id: openId, content });
    }, REST_MS);
    return () => {
      isWanted = false;
      clearTimeout(timer);
    };
  }, [openId, isRendered, read]);

  const own = answer !== null && answer.id === openId ? answer.content : null;
  if (!isRendered || rendered === null) return own ?? { kind: 'reading' };
  return own?.kind === 'read' && own.view.asOf > rendered.asOf ? own : { kind: 'read', view: rendered };
}
