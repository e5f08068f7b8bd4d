'use client';

import { useRouter } from 'next/navigation';
import { type RefObject, useEffect, useState } from 'react';
import type { ActionResult, FormAction } from '@/components/forms/action-result';
import type { RoutingDraftView } from '@/lib/domain/routing/draft';
import { type Autosave, type DraftSaved, useAutosave } from './use-autosave';

export interface DraftActions {
  readonly save: FormAction<DraftSaved>;
  readonly discard: (draftId: string) => Promise<ActionResult>;
}

interface Options {
  readonly formRef: RefObject<HTMLFormElement | null>;
  /** As it is stored now; null where nothing is. */
  readonly stored: RoutingDraftView | null;
  readonly actions: DraftActions;
}

interface RoutingDraft {
  readonly autosave: Autosave;
  /** What the fields began from. */
  readonly base: RoutingDraftView | null;
  /** Changes when the fields begin anew. */
  readonly epoch: number;
  readonly takeTheirs: () => void;
  readonly saveMine: () => void;
  readonly discard: () => Promise<ActionResult>;
}

/** The draft behind the form: saved by itself, told when somebody else saved it, thrown away when asked. */
export function useRoutingDraft({ formRef, stored, actions }: Options): RoutingDraft {
  const router = useRouter();
  const [{ base, epoch }, setBegun] = useState({ base: stored, epoch: 0 });
  const autosave = useAutosave({
    formRef,
    initial: stored === null ? null : savedOf(stored),
    action: actions.save,
    // The address says which draft it is, for a reload and for another browser; nothing is loaded for it.
    onSaved: ({ draft: { id, organization } }) => {
      const params = new URLSearchParams(window.location.search);
      const chosen = params.get('organization');
      // Another organization was chosen while this was on its way: the page has to stay with it.
      const isBehind = chosen !== null && chosen !== organization.id;
      if (params.get('draft') === id && chosen === null) return;
      const rest = isBehind ? `&organization=${chosen}` : '';
      window.history.replaceState(null, '', `/routings/new?draft=${id}${rest}`);
    },
  });
  const isConflict = autosave.refusal?.code === 'CONFLICT';
  useEffect(() => {
    if (isConflict) router.refresh();
  }, [isConflict, router]);
  const begin = (from: RoutingDraftView | null) => {
    setBegun({ base: from, epoch: epoch + 1 });
    autosave.goOn(from === null ? null : savedOf(from), true);
  };
  return {
    autosave,
    base,
    epoch,
    takeTheirs: () => begin(stored),
    saveMine: () => autosave.goOn(stored === null ? null : savedOf(stored)),
    discard: async () => {
      const saved = await autosave.halt();
      const result =
        saved === null
          ? ({ ok: true, value: null, notices: [] } as const)
          : await actions.discard(saved.draft.id);
      if (!result.ok) autosave.goOn(saved);
      else {
        begin(null);
        router.replace('/routings/new');
      }
      return result;
    },
  };
}

function savedOf(draft: RoutingDraftView): DraftSaved {
  return { draft, leftOut: [], placeTaken: null };
}
