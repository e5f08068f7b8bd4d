'use client';

import { useRouter } from 'next/navigation';
import { useEffect, useState } from 'react';
import { flushSync } from 'react-dom';
import { toast } from 'sonner';
import type { FormAction } from '@/components/forms/action-result';
import { clearSecrets, useActionForm } from '@/components/forms/use-action-form';
import type { RoutingView } from '@/lib/domain/routing/view';

interface Options {
  /** As it is stored now. */
  readonly routing: RoutingView;
  readonly action: FormAction<RoutingView>;
  readonly savedText: string;
  readonly onSaved?: () => void;
}

/**
 * Edits a routing against the version its editor saw (`base`). The fields start from `initial` for good, or a refresh
 * would slip stored values under what is being typed.
 */
export function useVersionedForm({ routing, action, savedText, onSaved }: Options) {
  const router = useRouter();
  const [initial] = useState(routing);
  const [base, setBase] = useState(routing);
  const state = useActionForm({
    action,
    onDone: (saved, notices) => {
      setBase(saved);
      clearSecrets(state.form.ref.current);
      for (const notice of notices) toast(notice, { duration: 15_000 });
      toast(savedText);
      onSaved?.();
    },
  });
  const isConflict = state.refusal?.code === 'CONFLICT';
  useEffect(() => {
    if (isConflict) router.refresh();
  }, [isConflict, router]);
  const saveMine = () => {
    flushSync(() => setBase(routing));
    state.form.ref.current?.requestSubmit();
  };
  return { ...state, initial, base, isConflict, saveMine };
}
