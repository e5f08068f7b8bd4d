'use client';

import { type RefObject, useEffect, useState, useSyncExternalStore } from 'react';

/** Field names and the values they held. */
export type Draft = Readonly<Record<string, readonly string[]>>;

interface TabDraft {
  /** What was typed in this tab before the page was loaded anew; null where there is nothing. */
  readonly restored: Draft | null;
  /** Forgets what is kept; what is typed from now on is kept again. */
  readonly forget: () => void;
}

interface Options {
  readonly key: string;
  /** The fields that are kept; secrets are none of them. */
  readonly fields: readonly string[];
  readonly formRef: RefObject<HTMLFormElement | null>;
}

/** Keeps what is typed in a form over a reload, within the tab and nowhere else. */
export function useTabDraft({ key, fields, formRef }: Options): TabDraft {
  // Read once: what the page was loaded with, whatever is kept afterwards.
  const [readOnce] = useState(() => readerOf(key));
  const text = useSyncExternalStore(subscribeToNothing, readOnce, () => null);

  useEffect(() => {
    const keep = () => {
      if (formRef.current === null) return;
      const data = new FormData(formRef.current);
      const draft = Object.fromEntries(fields.map((field) => [field, data.getAll(field).map(String)]));
      write(key, JSON.stringify(draft));
    };
    window.addEventListener('pagehide', keep);
    return () => window.removeEventListener('pagehide', keep);
  }, [key, fields, formRef]);

  return { restored: text === null ? null : parse(text), forget: () => write(key, null) };
}

function subscribeToNothing() {
  return () => undefined;
}

function readerOf(key: string): () => string | null {
  let known: string | null | undefined;
  return () => {
    known ??= read(key);
    return known;
  };
}

// A browser may refuse storage altogether; then nothing is kept.
function read(key: string): string | null {
  try {
    return window.sessionStorage.getItem(key);
  } catch {
    return null;
  }
}

function write(key: string, text: string | null): void {
  try {
    if (text === null) window.sessionStorage.removeItem(key);
    else window.sessionStorage.setItem(key, text);
  } catch {
    // Nothing depends on it.
  }
}

function parse(text: string): Draft | null {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value !== 'object' || value === null) return null;
    return Object.fromEntries(
      Object.entries(value).map(([field, values]) => [
        field,
        Array.isArray(values) ? values.map(String) : [],
      ]),
    );
  } catch {
    return null;
  }
}
