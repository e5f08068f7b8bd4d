'use client';

import { useEffect, useState } from 'react';
import type { ActionResult } from '@/components/forms/action-result';
import { unanswered } from '@/components/forms/unanswered';
import type { ReplayView } from '@/lib/domain/replay/view';

const LOOK_EVERY_MS = 1_000;

/** A look as it goes on, asked for until it has ended; a read that fails is made again. */
export function useLook(
  first: ReplayView | null,
  read: (replay: ReplayView) => Promise<ActionResult<ReplayView>>,
): ReplayView | null {
  const [newest, setNewest] = useState(first);
  const look = newest?.id === first?.id ? newest : first;
  const isOver = look === null || look.state !== 'running';
  useEffect(() => {
    if (look === null || isOver) return;
    let isGone = false;
    const timer = setTimeout(async () => {
      const result = await read(look).catch(unanswered('Asked again.'));
      if (!isGone) setNewest(result.ok ? result.value : { ...look });
    }, LOOK_EVERY_MS);
    return () => {
      isGone = true;
      clearTimeout(timer);
    };
  }, [look, isOver, read]);
  return look;
}
