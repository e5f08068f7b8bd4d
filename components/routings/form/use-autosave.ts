'use client';

import { type RefObject, useEffect, useRef, useState } from 'react';
import type { ActionRefusal, FormAction } from '@/components/forms/action-result';
import { unanswered } from '@/components/forms/unanswered';
import type { RoutingDraftView } from '@/lib/domain/routing/draft';

/** What the server keeps of the form. */
export interface DraftSaved {
  readonly draft: RoutingDraftView;
  /** Fields that are not valid yet, and therefore only in the form. */
  readonly leftOut: readonly string[];
  /** Why the place cannot be had; null while nothing is known against it. */
  readonly placeTaken: string | null;
}

interface Options {
  readonly formRef: RefObject<HTMLFormElement | null>;
  readonly initial: DraftSaved | null;
  readonly action: FormAction<DraftSaved>;
  readonly onSaved: (saved: DraftSaved) => void;
}

export interface Autosave {
  readonly saved: DraftSaved | null;
  readonly isSaving: boolean;
  /** Why the last change is not saved; null while nothing stands in the way. */
  readonly refusal: ActionRefusal | null;
  /** Stops saving and waits for what is on its way: what is answered then is what the server has. */
  readonly halt: () => Promise<DraftSaved | null>;
  /** Goes on saving, over this version; `isAsSaved`: what the form holds then is that version, and not saved again. */
  readonly goOn: (from: DraftSaved | null, isAsSaved?: boolean) => void;
}

/** Without these there is no draft to speak of. */
const NEEDED = ['organizationId', 'workspaceId', 'name'];
const LOOK_EVERY_MS = 600;
const RETRY_AFTER_MS = 5_000;
const UNANSWERED = 'Not saved: Sluice did not answer. It is tried again by itself.';

interface Held {
  saved: DraftSaved | null;
  /** The form as it was sent last; null: as it is found at the next look. */
  sent: string | null;
  seen: string;
  notBefore: number;
  isHalted: boolean;
}

/**
 * Saves a form a moment after its last change, one save at a time. The form itself is looked at instead of its events:
 * fields are also filled by a paste, a preset or the browser. What it holds when the page opens is saved already.
 */
export function useAutosave({ formRef, initial, action, onSaved }: Options): Autosave {
  const [saved, setSaved] = useState(initial);
  const [isSaving, setSaving] = useState(false);
  const [refusal, setRefusal] = useState<ActionRefusal | null>(null);
  // Beside the state: timers and what is on its way see each other at once.
  const held = useRef<Held>({ saved: initial, sent: null, seen: '', notBefore: 0, isHalted: false });
  const underway = useRef<Promise<void>>(Promise.resolve());
  const latest = useRef({ action, onSaved });
  useEffect(() => {
    latest.current = { action, onSaved };
  });

  useEffect(() => {
    const send = async (data: FormData, text: string) => {
      setSaving(true);
      const { saved: before } = held.current;
      data.set('draftId', before?.draft.id ?? '');
      data.set('draftVersion', String(before?.draft.version ?? ''));
      const result = await latest.current.action(data).catch(unanswered(UNANSWERED));
      setSaving(false);
      if (result.ok) {
        held.current = { ...held.current, saved: result.value, sent: text };
        setSaved(result.value);
        setRefusal(null);
        latest.current.onSaved(result.value);
        return;
      }
      setRefusal(result);
      if (result.code === 'UNAVAILABLE') held.current.notBefore = Date.now() + RETRY_AFTER_MS;
      else held.current.sent = text;
      // Somebody else's version is not written over unasked.
      if (result.code === 'CONFLICT') held.current.isHalted = true;
      if (result.code === 'NOT_FOUND') held.current.saved = null;
    };
    let isBusy = false;
    const look = () => {
      const form = formRef.current;
      if (form === null || isBusy || held.current.isHalted || Date.now() < held.current.notBefore) return;
      const data = new FormData(form);
      const text = textOf(data);
      const isStill = text === held.current.seen;
      held.current.seen = text;
      held.current.sent ??= text;
      if (!isStill || text === held.current.sent || !isEnough(data)) return;
      isBusy = true;
      underway.current = send(data, text).finally(() => {
        isBusy = false;
      });
    };
    if (formRef.current !== null) held.current.sent = textOf(new FormData(formRef.current));
    const timer = setInterval(look, LOOK_EVERY_MS);
    return () => clearInterval(timer);
  }, [formRef]);

  return {
    saved,
    isSaving,
    refusal,
    halt: async () => {
      held.current.isHalted = true;
      await underway.current;
      return held.current.saved;
    },
    goOn: (from, isAsSaved = false) => {
      held.current = { ...held.current, saved: from, sent: isAsSaved ? null : '', isHalted: false };
      setSaved(from);
      setRefusal(null);
    },
  };
}

function textOf(data: FormData): string {
  return JSON.stringify([...data].map(([field, value]) => [field, String(value)]));
}

function isEnough(data: FormData): boolean {
  return NEEDED.every((field) => String(data.get(field) ?? '').trim() !== '');
}
